"""What rooms above may want to know about messages."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from samtun.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonNeeded(Event):
    """A person must do something: `why` is a value of enums.Why, `due` an ISO moment.

    `message_id` is a Message, or an Inbound when `why` is `inbound`. `owner` is empty when nobody is known to answer.
    """

    name: ClassVar[str] = "messages.person_needed"
    message_id: uuid.UUID
    why: str
    owner: uuid.UUID | str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonNoLongerNeeded(Event):
    """What a PersonNeeded with the same key and `why` asked for has been done, or no longer applies."""

    name: ClassVar[str] = "messages.person_no_longer_needed"
    message_id: uuid.UUID
    why: str
