"""What happened to places."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from samtun.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePutOnMap(Event):
    """A hall is somewhere else than it was, or somewhere at last: what was said of the way there is to be looked at."""

    name: ClassVar[str] = "places.put_on_map"
    place: uuid.UUID
