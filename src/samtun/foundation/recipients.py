"""How a person is reached, resolved at the moment of sending. Persons stand above messages, so they register here."""

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipient:
    """A resolved recipient. `channel` is what the person has chosen: sms, email, letter or call.

    Empty `address` when it is unknown or protected; no message goes to `other_phone`, it is only rung; `silent` when
    the person must not be contacted at all; `gone` when there is nobody to be written to any more, whoever asks for it.
    """

    person: uuid.UUID
    name: str
    channel: str
    language: str
    phone: str = ""
    other_phone: str = ""
    email: str = ""
    address: str = ""
    large_print: bool = True
    asks_stopped: bool = False
    silent: bool = False
    gone: bool = False


type Resolver = Callable[[uuid.UUID], Recipient | None]
type ManyResolver = Callable[[Collection[uuid.UUID]], dict[uuid.UUID, Recipient]]

type AddressResolver = Callable[[uuid.UUID], Recipient | None]
type AboutGone = Callable[[uuid.UUID], bool]

_resolve: list[Resolver] = []
_resolve_many: list[ManyResolver] = []
_resolve_address: dict[str, AddressResolver] = {}
_about_gone: dict[str, AboutGone] = {}


def register(resolver: Resolver, many: ManyResolver | None = None) -> None:
    """Set how a person's key becomes a recipient, in the open scope; `many` does it for a list in a few queries."""
    _resolve[:] = [resolver]
    _resolve_many[:] = [many] if many else []


def resolve(person: uuid.UUID) -> Recipient | None:
    """Return how to reach the person now; None when there is no such person."""
    return _resolve[0](person) if _resolve else None


def resolve_many(persons: Collection[uuid.UUID]) -> dict[uuid.UUID, Recipient]:
    """Return how to reach each of these persons now, by the key asked for; those there are not are left out."""
    if _resolve_many:
        return _resolve_many[0](persons)
    found = {person: resolve(person) for person in persons}
    return {person: recipient for person, recipient in found.items() if recipient}


def register_address(ref_kind: str, resolver: AddressResolver) -> None:
    """Set how something that is no person becomes a recipient: an address being proved, or one just left."""
    _resolve_address[ref_kind] = resolver


def resolve_address(ref_kind: str, ref_id: uuid.UUID) -> Recipient | None:
    """Return the recipient behind something that is no person; None when it is gone, or of a kind nobody knows."""
    resolver = _resolve_address.get(ref_kind)
    return resolver(ref_id) if resolver else None


def register_about(ref_kind: str, is_about_gone: AboutGone) -> None:
    """Set how to tell that a thing is about somebody who is gone: nothing more is said of it to anyone."""
    _about_gone[ref_kind] = is_about_gone


def about_gone(ref_kind: str, ref_id: uuid.UUID) -> bool:
    """Tell whether a thing is about somebody who is gone; False for a kind nobody has spoken for."""
    tell = _about_gone.get(ref_kind)
    return tell is not None and tell(ref_id)
