"""Verbs: sign up and the line, who was there, places that are given out, deaths and what is forgotten."""

from samtun.operation.registrations.actions import (
    allocating,
    attending,
    clips,
    leaving,
    minimum,
    paying,
    signing,
    single,
    telling,
    till,
)

__all__ = ["allocating", "attending", "clips", "leaving", "minimum", "paying", "signing", "single", "telling", "till"]
