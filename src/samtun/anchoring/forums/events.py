"""Facts about items, for the rooms that proposed them."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from samtun.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMoved(Event):
    """An item has come a step: what it is about (`ref_kind`, `ref_id`, both empty when nothing), `what`, and the day.

    `what` is on_agenda, put_off, decided, turned_down or withdrawn. The words stand on the item:
    `queries.what_came_of(item)` reads them.
    """

    name: ClassVar[str] = "anchoring_forums.item_moved"
    item: uuid.UUID
    ref_kind: str
    ref_id: str
    what: str
    on: str
