"""What happened to activities and their occurrences."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from samtun.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurrenceChanged(Event):
    """A time is another one, or in another place: those who come must hear."""

    name: ClassVar[str] = "activities.occurrence_changed"
    occurrence: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class BusTimesNeeded(Event):
    """An activity that one comes to by bus has new times."""

    name: ClassVar[str] = "activities.bus_times_needed"
    activity: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurrenceOff(Event):
    """A time is not held: called off, or no longer in the rule."""

    name: ClassVar[str] = "activities.occurrence_off"
    occurrence: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityOff(Event):
    """All that was to come of an activity is off the open pages: it was taken down, or its publisher was refused."""

    name: ClassVar[str] = "activities.activity_off"
    activity: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurrenceOn(Event):
    """What was called off is on again."""

    name: ClassVar[str] = "activities.occurrence_on"
    occurrence: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurrenceHeld(Event):
    """A time has been held."""

    name: ClassVar[str] = "activities.occurrence_held"
    occurrence: uuid.UUID
