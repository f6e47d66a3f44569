"""How a person is reached, and in which language: asked whenever something is to be sent."""

import uuid

from samtun.foundation import recipients
from samtun.foundation.recipients import Recipient
from samtun.people.persons.models import Person
from samtun.people.preferences.models import Preference

MERGES = 5


def preference_of(person: uuid.UUID) -> Preference | None:
    """Return what a person has chosen, if anything."""
    return Preference.objects.filter(person=person).first()


def chooses_for_me(person: uuid.UUID) -> bool:
    """Tell whether the person has said once for all: choose for me."""
    return Preference.objects.filter(person=person, chooses_for_me=True).exists()


def kept_person(person: uuid.UUID) -> Person | None:
    """Return the person, or the one they were merged into (decisions 17)."""
    found = None
    for _ in range(MERGES):
        found = Person.objects.filter(id=person).select_related("village", "tenant").first()
        if found is None or found.merged_into_id is None:
            return found
        person = found.merged_into_id
    return found


def recipient(person: uuid.UUID) -> Recipient | None:
    """Return how to reach a person now, following merges; None when there is no such person.

    A protected address is never given, so it cannot be printed; such a person is rung instead of written to.
    """
    found = kept_person(person)
    if found is None:
        return None
    chosen = preference_of(found.id)
    address = "" if found.address_protected else _address(found)
    return Recipient(
        person=found.id, name=found.full_name, channel=_channel(found, chosen, address),
        language=found.language or found.tenant.language, phone=found.phone, email=found.email, address=address,
        large_print=chosen.large_print if chosen else True,
        asks_stopped=bool(chosen and chosen.asks_stopped_at), silent=found.do_not_contact,
    )  # fmt: skip


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


recipients.register(recipient)
