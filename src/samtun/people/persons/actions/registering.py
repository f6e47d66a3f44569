"""Verbs on persons."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction

from samtun.foundation import search
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_scope
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.people.persons.models import AccountLink, KnownTo, Person
from samtun.people.persons.queries import merged_into, same_person
from samtun.people.persons.rules import may_change, may_register, sees_address

CHANGEABLE = (
    "given_name", "family_name", "phone", "phone_kind", "other_phone", "email", "birth_year", "address", "village",
    "lat", "lon", "language",
)  # fmt: skip


class NameMissing(Refused):
    """Write at least a first name."""


class StrangeBirthYear(Refused):
    """Write the year of birth with four digits, for example 1938."""


class ChangedMeanwhile(Refused):
    """Someone else changed this while you had it open. Look at what stands now, and save again."""


def register_person(*, owner: Owner, source: str, by: Viewer, at: dt.datetime, **facts: Any) -> Person:
    """Register a person for an owner, or let the owner know the one who has this name and number already.

    Someone known to another owner is the same human: what stands is left as it is, and only empty fields are filled.
    `facts` are fields of Person; unknown ones are a programming error.
    """
    if not may_register(by) or not (by.is_system or owner.id in by.owners):
        raise NotYours
    if strange := set(facts) - set(CHANGEABLE):
        raise TypeError(f"Not fields of a person: {strange}")
    given, family = facts.get("given_name", "").strip(), facts.get("family_name", "").strip()
    if not given:
        raise NameMissing
    _check_year(facts)
    with transaction.atomic():
        current_scope()
        person = same_person(given_name=given, family_name=family, phone=facts.get("phone", ""))
        if person is None:
            person = Person.objects.create(**facts)
            record("persons.register", Ref("person", person.id), by=by, at=at, source=source)
        else:
            empty = [f for f in facts if facts[f] and not getattr(person, f)]
            for field in empty:
                setattr(person, field, facts[field])
            if empty:
                person.save(update_fields=empty)
        make_known(person=person, owner=owner, source=source, by=by, at=at)
    return person


def make_known(*, person: Person, owner: Owner, source: str, by: Viewer, at: dt.datetime) -> None:
    """Let an owner know a person; the words that find the person are written for each owner who does."""
    with transaction.atomic():
        _, fresh = KnownTo.objects.get_or_create(
            person=person, owner=owner, defaults={"source": source, "since": wall(at).date()}
        )
        if fresh:
            record("persons.make_known", Ref("person", person.id), by=by, at=at, owner=owner.name, source=source)
        write_words(person)


def change_person(*, person: Person, version: int, by: Viewer, at: dt.datetime, **facts: Any) -> Person:
    """Change facts about a person; `version` is the one that was read. An address out of sight cannot be changed."""
    if not may_change(by, person):
        raise NotYours
    _check_year(facts)
    with transaction.atomic():
        current = Person.objects.select_for_update(of=("self",)).get(id=person.id)
        if current.version != version:
            raise ChangedMeanwhile
        if not sees_address(by, current) and set(facts) & {"address", "village", "lat", "lon"}:
            raise NotYours
        changed = [f for f in CHANGEABLE if f in facts and getattr(current, f) != facts[f]]
        for field in changed:
            setattr(current, field, facts[field])
        if not current.given_name.strip():
            raise NameMissing
        current.version += 1
        current.save(update_fields=[*changed, "version"])
        record("persons.change", Ref("person", person.id), by=by, at=at, fields=changed)
        write_words(current)
    return current


def set_protection(*, person: Person, protected: bool, by: Viewer, at: dt.datetime) -> None:
    """Hide a person's address everywhere, or show it again, which takes the right to see it (R81)."""
    if not may_change(by, person) or not (protected or sees_address(by, person)):
        raise NotYours
    with transaction.atomic():
        person.address_protected = protected
        person.save(update_fields=["address_protected"])
        record("persons.set_protection", Ref("person", person.id), by=by, at=at, protected=protected)


def set_do_not_contact(*, person: Person, do_not_contact: bool, by: Viewer, at: dt.datetime) -> None:
    """Respect that a person does not want contact, or hear that they do again (R32)."""
    if not may_change(by, person):
        raise NotYours
    with transaction.atomic():
        person.do_not_contact = do_not_contact
        person.save(update_fields=["do_not_contact"])
        record("persons.do_not_contact", Ref("person", person.id), by=by, at=at, do_not_contact=do_not_contact)


def link_account(*, person: Person, account_id: uuid.UUID, by: Viewer, at: dt.datetime) -> AccountLink:
    """Let an account be this person here."""
    with transaction.atomic():
        link, _ = AccountLink.objects.get_or_create(account_id=account_id, defaults={"person": person})
        record("persons.link_account", Ref("person", person.id), by=by, at=at)
    return link


def _check_year(facts: dict[str, Any]) -> None:
    year = facts.get("birth_year")
    if year is not None and not 1900 <= year <= 2100:
        raise StrangeBirthYear


def write_words(person: Person) -> None:
    """Write the words that find a person, those of rows merged into it too; a merged row itself is not found."""
    if person.merged_into_id is not None:
        search.index(Ref("person", person.id), owners=[], texts=[])
        return
    owners = KnownTo.objects.filter(person=person).values_list("owner_id", flat=True)
    same = [person, *Person.objects.filter(id__in=merged_into(person.id))]
    texts = [text for p in same for text in (p.given_name, p.family_name, *(number[-8:] for number in p.numbers))]
    search.index(Ref("person", person.id), owners=owners, texts=texts)
