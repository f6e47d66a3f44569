"""What rooms above may want to know."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from samtun.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherChecked(Event):
    """An organisation is who it says it is: what waited for that is open from now on."""

    name: ClassVar[str] = "catalogue.publisher_checked"
    owner: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherRefused(Event):
    """An organisation is not who it says it is, as far as its centre can see: nothing of it is open."""

    name: ClassVar[str] = "catalogue.publisher_refused"
    owner: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SomebodyNeeded(Event):
    """Somebody who answers for `owner` must see to a thing of this room: `why` is a value of enums.Why.

    `due` is an ISO moment. To-dos stand on the storey above, and listen.
    """

    name: ClassVar[str] = "catalogue.somebody_needed"
    ref_kind: str
    ref_id: uuid.UUID
    why: str
    owner: uuid.UUID
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenTo(Event):
    """What a SomebodyNeeded about the same thing with the same `why` asked for is done, or no longer applies."""

    name: ClassVar[str] = "catalogue.seen_to"
    ref_kind: str
    ref_id: uuid.UUID
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StillRightAnswered(Event):
    """Who answers for a thing on offer has said that it is still right (`yes`), or no longer on offer (`ended`)."""

    name: ClassVar[str] = "catalogue.still_right_answered"
    ref_kind: str
    ref_id: uuid.UUID
    answer: str
