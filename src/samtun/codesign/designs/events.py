"""Facts about proposed changes, for the rooms above that proposed them."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from samtun.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSettled(Event):
    """A proposed change has come a step: where it came from (`ref_kind`, `ref_id`, empty when nowhere) and `what`.

    `what` is planned, made, not_made, withdrawn, or, from a forum it was taken up with, on_agenda, put_off, decided or
    turned_down. The words stand on the change: `queries.what_came_of(change)` reads them.
    """

    name: ClassVar[str] = "codesign_designs.change_settled"
    change: uuid.UUID
    ref_kind: str
    ref_id: str
    what: str
    on: str
