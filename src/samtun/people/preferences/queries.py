"""How a person is reached, and in which language: asked whenever something is to be sent."""

import uuid
from datetime import datetime

from samtun.foundation import exports, joining, recipients
from samtun.foundation.recipients import Recipient
from samtun.people.persons.models import Person
from samtun.people.persons.queries import kept
from samtun.people.preferences.models import Preference


def preference_of(person: uuid.UUID) -> Preference | None:
    """Return what a person has chosen, if anything."""
    return Preference.objects.filter(person=person).first()


def chooses_for_me(person: uuid.UUID) -> bool:
    """Tell whether the person has said once for all: choose for me."""
    return Preference.objects.filter(person=person, chooses_for_me=True).exists()


def recipient(person: uuid.UUID) -> Recipient | None:
    """Return how to reach a person now, following merges; None when there is no such person.

    A protected address is never given, so it cannot be printed; such a person is rung instead of written to.
    """
    found = kept(person)
    if found is None:
        return None
    chosen = preference_of(found.id)
    address = "" if found.address_protected else _address(found)
    return Recipient(
        person=found.id, name=found.full_name, channel=_channel(found, chosen, address),
        language=found.language or found.tenant.language, phone=found.phone, other_phone=found.other_phone,
        email=found.email, address=address,
        large_print=chosen.large_print if chosen else True,
        asks_stopped=bool(chosen and chosen.asks_stopped_at), silent=found.do_not_contact,
        gone=found.is_dead,
    )  # fmt: skip


def reached(person: Person) -> tuple[str, Preference | None]:
    """Return by which channel a person is reached now, and what the person has chosen, if anything."""
    chosen = preference_of(person.id)
    return _channel(person, chosen, "" if person.address_protected else _address(person)), chosen


def _address(person: Person) -> str:
    return ", ".join(part for part in (person.address, person.village.name if person.village else "") if part)


def _channel(person: Person, chosen: Preference | None, address: str) -> str:
    """Return the chosen channel if there is a way along it, else the nearest: text, call, e-mail, letter."""
    channel = Preference.Channel
    texts = bool(person.phone) and person.phone_kind == Person.Reached.MOBILE
    ways = {
        channel.SMS: texts, channel.CALL: bool(person.phone), channel.EMAIL: bool(person.email),
        channel.LETTER: bool(person.address and address),
    }  # fmt: skip
    if chosen and ways[channel(chosen.channel)]:
        return str(chosen.channel)
    return str(next((way for way, there in ways.items() if there), channel.CALL))


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    """How the people the owner knows want to be reached."""
    columns = ("person_id", "channel", "large_print", "chooses_for_me", "asks_stopped_at")
    known = Preference.objects.filter(person__known__owner=owner, person__merged_into__isnull=True).order_by("id")
    rows = list(known.values_list(*columns))
    return [exports.Table("reached", columns, rows, frozenset(row[0] for row in rows))]


def _stop_holds(kept: Preference, other: Preference) -> dict[str, datetime | None]:
    """Whoever has said stop once has said it, on whichever of two rows that were found to be one."""
    said = [at for at in (kept.asks_stopped_at, other.asks_stopped_at) if at]
    return {"asks_stopped_at": min(said, default=None)}


joining.register_carry(Preference, _stop_holds)
exports.register("preferences", _tables)
recipients.register(recipient)
