"""The registry of hats: each room that gives people a standing says which (decisions 25)."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from samtun.foundation.viewer import Hat, Role


@dataclass(frozen=True, slots=True)
class HatProvider:
    """One source of hats. Keys are `prefix:<id>`; `all_of` lists a person's, `one` checks that one still stands.

    Hats given to a row that was merged into another are worn by the one kept, unless `follows_merges` is False.
    """

    prefix: str
    all_of: Callable[[uuid.UUID], list[Hat]]
    one: Callable[[uuid.UUID, uuid.UUID], Hat | None]
    follows_merges: bool = True


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an account is in this municipality; `merged` are rows that turned out to be the same person."""

    account: uuid.UUID
    person: uuid.UUID | None
    name: str
    language: str
    merged: tuple[uuid.UUID, ...] = ()


STRONG = frozenset({
    Role.UNIT_EMPLOYEE, Role.ASSESSOR, Role.COORDINATOR, Role.LEADER, Role.MUNICIPAL_ADMINISTRATOR,
    Role.PRIVACY_OFFICER, Role.SUPPLIER_SUPPORT,
})  # fmt: skip
"""Roles that ask for a password and a second factor."""

WORN_FIRST = (
    Role.COORDINATOR, Role.LEADER, Role.ASSESSOR, Role.UNIT_EMPLOYEE, Role.ORGANISATION_REPRESENTATIVE,
    Role.MUNICIPAL_ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.SUPPLIER_SUPPORT, Role.SEAT_HOLDER, Role.CASHIER,
    Role.VOLUNTEER, Role.NEXT_OF_KIN, Role.RESIDENT,
)  # fmt: skip
"""Which hat is worn when none has been chosen: the one with most to do, the resident's last."""

_providers: dict[str, HatProvider] = {}
_identify: list[Callable[[uuid.UUID], Identity | None]] = []
_merged: list[Callable[[uuid.UUID], list[uuid.UUID]]] = []


def register(provider: HatProvider) -> None:
    """Make a source of hats known."""
    _providers[provider.prefix] = provider


def register_identity(
    find: Callable[[uuid.UUID], Identity | None], merged: Callable[[uuid.UUID], list[uuid.UUID]] | None = None
) -> None:
    """Set how an account becomes a person here (None for a disabled or unknown one), and which rows are the same."""
    _identify[:] = [find]
    _merged[:] = [merged] if merged else []


def identify(account: uuid.UUID) -> Identity | None:
    """Return who the account is here, in the open scope."""
    return _identify[0](account) if _identify else None


def hats_of(person: uuid.UUID, merged: Sequence[uuid.UUID] | None = None) -> list[Hat]:
    """Return all hats of a person, in the order the rooms were registered; `merged` when it is known already."""
    others = merged if merged is not None else _merged[0](person) if _merged else []
    return [
        hat
        for provider in _providers.values()
        for each in [person, *(others if provider.follows_merges else [])]
        for hat in provider.all_of(each)
    ]


def hat_of(person: uuid.UUID, key: str) -> Hat | None:
    """Return one hat if the person still wears it."""
    prefix, _, text = key.partition(":")
    provider = _providers.get(prefix)
    try:
        which = uuid.UUID(text)
    except ValueError:
        return None
    if provider is None:
        return None
    found = provider.one(person, which)
    if found is None and provider.follows_merges and _merged:
        return next((hat for other in _merged[0](person) if (hat := provider.one(other, which))), None)
    return found


def worn_first(hats: list[Hat], *, second_factor: bool) -> Hat | None:
    """Return the hat to wear when none is chosen: one that this login is strong enough for, if there is any."""
    ranked = sorted(hats, key=lambda h: WORN_FIRST.index(h.role) if h.role in WORN_FIRST else len(WORN_FIRST))
    fit = [h for h in ranked if second_factor or h.role not in STRONG]
    return next(iter(fit or ranked), None)
