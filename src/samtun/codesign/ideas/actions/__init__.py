"""Verbs: on ideas, on what is added to them, on initiatives and those who are with them, and on promises."""

from samtun.codesign.ideas.actions import adding, answering, entering, helping, leading, leaving, promising, starting

__all__ = ["adding", "answering", "entering", "helping", "leading", "leaving", "promising", "starting"]
