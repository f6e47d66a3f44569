"""Facts about consents."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from samtun.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn(Event):
    """A yes has been taken back: what rests on it stops."""

    name: ClassVar[str] = "people_consents.withdrawn"
    consent: uuid.UUID
    person: uuid.UUID
