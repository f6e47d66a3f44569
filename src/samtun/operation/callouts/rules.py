"""Who may call out, and which of those who may be asked are asked now: never twice too often."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from samtun.foundation.viewer import Permission, Viewer
from samtun.operation.callouts.models import CallOut

RESTS = dt.timedelta(days=7)
"""How long after an ask, of whatever kind, before the next call-out."""
ASKED_PER_NEEDED = 2
"""A wave asks for twice as many hands as are missing: some cannot, and few should hear that it is full."""
GROWN_UP = 18


@dataclass(frozen=True, slots=True)
class Able:
    """One on the list who fits by the engine's rules."""

    id: uuid.UUID
    counts: int = 1
    last_asked_on: dt.date | None = None


def may_call_out(viewer: Viewer, owner: uuid.UUID) -> bool:
    """Tell whether the viewer calls out for an owner."""
    return viewer.is_system or (owner in viewer.owners and viewer.may(Permission.MANAGE_VOLUNTEERS))


def may_answer(viewer: Viewer, call_out: CallOut, person: uuid.UUID) -> bool:
    """Tell whether the viewer may answer for one who was asked: is that person, or called out."""
    return (viewer.person is not None and viewer.person == person) or may_call_out(viewer, call_out.owner_id)


def has_rested(last_asked_on: dt.date | None, *, today: dt.date) -> bool:
    """Tell whether it is long enough since someone was asked about anything, by anyone."""
    return last_asked_on is None or today - last_asked_on >= RESTS


def is_child(birth_year: int | None, *, today: dt.date) -> bool:
    """Tell whether someone is known to be under age all of this year; an unknown age is not."""
    return birth_year is not None and today.year - birth_year < GROWN_UP


def wave(able: Collection[Able], *, missing: int) -> list[Able]:
    """Return whom to ask now: longest since last asked first, until twice the missing hands are asked for."""
    chosen, hands = [], 0
    for one in sorted(able, key=lambda a: (a.last_asked_on or dt.date.min, a.id)):
        if hands >= missing * ASKED_PER_NEEDED:
            break
        chosen.append(one)
        hands += one.counts
    return chosen
