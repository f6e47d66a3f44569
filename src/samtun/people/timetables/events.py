"""What happened to timetables."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from samtun.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableTakenIn(Event):
    """There is another timetable: what was said of buses is to be looked at again."""

    name: ClassVar[str] = "timetables.taken_in"
    timetable: uuid.UUID
