"""Who may, which step follows which, and which days a rule gives."""

import uuid

from samtun.foundation.viewer import Permission, Viewer
from samtun.operation.activities.enums import ActivityState, OccurrenceState
from samtun.operation.activities.rules.dates import (
    LAST,
    Rule,
    in_school_year,
    is_odd_hour,
    moments,
    times_of,
    turn,
)

__all__ = [
    "GOES_ON", "HAPPENS", "LAST", "SHOWN", "Rule", "in_school_year", "is_odd_hour", "moments", "times_of", "turn",
    "who", "writes_for",
]  # fmt: skip

GOES_ON: dict[ActivityState, frozenset[ActivityState]] = {
    ActivityState.DRAFT: frozenset({ActivityState.OPEN, ActivityState.WAITING, ActivityState.ENDED}),
    ActivityState.WAITING: frozenset({ActivityState.OPEN, ActivityState.DRAFT, ActivityState.ENDED}),
    ActivityState.OPEN: frozenset({ActivityState.DRAFT, ActivityState.TAKEN_DOWN, ActivityState.ENDED}),
    ActivityState.TAKEN_DOWN: frozenset({ActivityState.OPEN, ActivityState.ENDED}),
    ActivityState.ENDED: frozenset(),
}
HAPPENS: dict[OccurrenceState, frozenset[OccurrenceState]] = {
    OccurrenceState.PLANNED: frozenset({OccurrenceState.CALLED_OFF, OccurrenceState.HELD, OccurrenceState.DROPPED}),
    OccurrenceState.PENCILLED: frozenset({OccurrenceState.PLANNED, OccurrenceState.DROPPED}),
    OccurrenceState.CALLED_OFF: frozenset({OccurrenceState.PLANNED}),
    OccurrenceState.HELD: frozenset({OccurrenceState.PLANNED}),
    OccurrenceState.DROPPED: frozenset({OccurrenceState.PLANNED, OccurrenceState.PENCILLED}),
}
"""What was called off can be on again, and what was noted as held by mistake."""
SHOWN = (OccurrenceState.PLANNED, OccurrenceState.CALLED_OFF, OccurrenceState.HELD)
"""What the open pages show: what is called off stays where people look for it, and says so."""


def writes_for(viewer: Viewer, owner: uuid.UUID, *, centre: uuid.UUID | None = None) -> bool:
    """Tell whether somebody publishes for an owner: its own, or the centre for those who ring (R104)."""
    if viewer.is_system:
        return True
    return viewer.may(Permission.PUBLISH) and (
        owner in viewer.owners or (centre is not None and centre in viewer.owners)
    )


def who(by: Viewer) -> str:
    """Return who does something, in the words that are kept of it."""
    return ", ".join(part for part in (by.name, by.hat.label) if part)[:160]
