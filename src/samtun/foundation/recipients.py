"""How a person is reached, resolved at the moment of sending. Persons stand above messages, so they register here."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipient:
    """A resolved recipient. `channel` is what the person has chosen: sms, email, letter or call.

    Empty `address` when it is unknown or protected; `silent` when the person must not be contacted at all.
    """

    person: uuid.UUID
    name: str
    channel: str
    language: str
    phone: str = ""
    email: str = ""
    address: str = ""
    large_print: bool = True
    asks_stopped: bool = False
    silent: bool = False


_resolve: list[Callable[[uuid.UUID], Recipient | None]] = []


def register(resolver: Callable[[uuid.UUID], Recipient | None]) -> None:
    """Set how a person's key becomes a recipient, in the open scope."""
    _resolve[:] = [resolver]


def resolve(person: uuid.UUID) -> Recipient | None:
    """Return how to reach the person now; None when there is no such person."""
    return _resolve[0](person) if _resolve else None
