"""Handing messages over to the outside. Slow, so never inside a scope: no transaction waits for a gateway."""

import logging
from collections.abc import Callable

from django.conf import settings

from samtun.foundation.scope import in_scope
from samtun.notifications.channels.adapters import registry
from samtun.notifications.channels.adapters.protocol import Accepted, Fate, Outcome, Parcel

log = logging.getLogger("samtun.channels")

type Sink = Callable[[Parcel], None]
_sinks: list[Sink] = []


class InsideScope(RuntimeError):
    """Programming error: the outside was called while a transaction is open."""


def show_in_demo(sink: Sink) -> None:
    """Let the demo's telephone see what goes out. Does nothing outside the demo."""
    if settings.DEMO:
        _sinks.append(sink)


def hand_over(*, parcel: Parcel) -> Outcome:
    """Send once through the channel's gateway and return what it said."""
    _outside()
    outcome = registry.gateway_for(parcel.channel).send(parcel)
    if settings.DEMO and isinstance(outcome, Accepted):
        for sink in _sinks:
            sink(parcel)
    return outcome


def ask_fate(*, channel: str, reference: str) -> Fate:
    """Ask the channel's gateway whether it has taken a message with our reference."""
    _outside()
    gateway = registry.gateway_for(channel)
    return gateway.look_up(reference) if gateway.looks_up else Fate.CANNOT_TELL


def _outside() -> None:
    if in_scope():
        raise InsideScope("Close the scope before calling a gateway.")
