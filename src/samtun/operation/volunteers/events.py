"""What happened to a volunteer."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from samtun.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerLeft(Event):
    """A volunteer left a host: what was agreed must be looked at."""

    name: ClassVar[str] = "volunteers.left"
    volunteer_id: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerPaused(Event):
    """A volunteer paused with a host."""

    name: ClassVar[str] = "volunteers.paused"
    volunteer_id: uuid.UUID
