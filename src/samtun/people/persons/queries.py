"""Questions about persons, always for someone."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from samtun.foundation import exports, hats, refs, search
from samtun.foundation.audit import saw
from samtun.foundation.hats import Identity
from samtun.foundation.limits import limit
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.foundation.walls import visible_owners
from samtun.kernel.errors import NotYours
from samtun.kernel.phones import spoken, tidy
from samtun.people.persons.models import AccountLink, KnownTo, Person
from samtun.people.persons.rules import sees_address

FEWEST_LETTERS = 3
MOST_HITS = 10
MERGES = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """One person found while typing: enough to choose the right one, and no more."""

    id: uuid.UUID
    name: str
    village: str
    phone_end: str
    birth_year: int | None


def persons_visible_to(viewer: Viewer) -> QuerySet[Person]:
    """Return the persons whom the owners the viewer acts for know; merged ones are reached through the one kept."""
    return Person.objects.filter(known__owner__in=visible_owners(viewer), merged_into__isnull=True).distinct()


def own_owners(viewer: Viewer) -> list[Owner]:
    """Return the owners the hat acts for, by name: the one that will answer for what is registered."""
    return list(Owner.objects.filter(id__in=viewer.owners, left_on=None).order_by("name"))


def person_for(viewer: Viewer, person_id: uuid.UUID) -> Person:
    """Return one person, opened and logged; NotYours when out of sight."""
    person = persons_visible_to(viewer).filter(id=person_id).select_related("village").first()
    if person is None:
        raise NotYours
    saw(person.id)
    return person


def find_as_you_type(viewer: Viewer, text: str, *, at: dt.datetime) -> list[Hit]:
    """Return at most ten persons for at least three letters, or an exact number, within own owners (decisions 26).

    Persons with a protected address are found only by their exact name and birth year, with the right for it.
    """
    text = " ".join(text.split())
    if len(text) < FEWEST_LETTERS:
        return []
    limit("find", str(viewer.account or viewer.person), at=at, most=300)
    seen = persons_visible_to(viewer).select_related("village")
    if number := tidy(text):
        rows = seen.filter(phone=number, address_protected=False)
    else:
        rows = seen.filter(id__in=search.find("person", text, owners=visible_owners(viewer), limit=MOST_HITS))
        rows = rows.filter(address_protected=False)
    found = list(rows[:MOST_HITS])
    if viewer.may(Permission.SEE_PROTECTED):
        found += _protected(seen, text)
    saw(*(p.id for p in found), how="listed")
    return [_hit(p) for p in sorted(found, key=lambda p: p.full_name)]


def _hit(person: Person) -> Hit:
    village = person.village.name if person.village and not person.address_protected else ""
    return Hit(person.id, person.full_name, village, spoken(person.phone)[-5:], person.birth_year)


def _protected(seen: QuerySet[Person], text: str) -> list[Person]:
    *names, year = text.split()
    if not year.isdigit() or len(names) < 2:
        return []
    rows = seen.filter(address_protected=True, birth_year=int(year), given_name__iexact=" ".join(names[:-1]))
    return [p for p in rows if p.family_name.lower() == names[-1].lower()]


def same_person(*, given_name: str, family_name: str, phone: str) -> Person | None:
    """Return the person who has both this number and this name, whoever knows them; None otherwise."""
    if not phone:
        return None
    for person in Person.objects.filter(phone=phone, merged_into__isnull=True):
        if (person.given_name.lower(), person.family_name.lower()) == (given_name.lower(), family_name.lower()):
            return person
    return None


def known_same(viewer: Viewer, *, given_name: str, family_name: str, phone: str) -> bool:
    """Tell whether the viewer's own owners know the person of this name and number already."""
    same = same_person(given_name=given_name, family_name=family_name, phone=phone)
    return same is not None and persons_visible_to(viewer).filter(id=same.id).exists()


def shown_address(viewer: Viewer, person: Person) -> str:
    """Return where the person lives as this viewer may see it."""
    if not sees_address(viewer, person):
        return ""
    return ", ".join(part for part in (person.address, person.village.name if person.village else "") if part)


def initials_of(person_ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return initials for lists that show no names until opened."""
    return {p.id: p.initials for p in Person.objects.filter(id__in=person_ids)}


def kept(person_id: uuid.UUID) -> Person | None:
    """Return the person, or the one they were merged into (decisions 17); None when there is none."""
    found = None
    for _ in range(MERGES):
        found = Person.objects.filter(id=person_id).select_related("village", "tenant").first()
        if found is None or found.merged_into_id is None:
            return found
        person_id = found.merged_into_id
    return found


def merged_into(person_id: uuid.UUID) -> list[uuid.UUID]:
    """Return the rows that were merged into a person, through one another too."""
    found: list[uuid.UUID] = []
    newest = [person_id]
    for _ in range(MERGES):
        newest = list(Person.objects.filter(merged_into__in=newest).exclude(id__in=found).values_list("id", flat=True))
        if not newest:
            break
        found += newest
    return found


def identify(account: uuid.UUID) -> Identity | None:
    """Return who an account is in the open scope; None when disabled."""
    links = AccountLink.objects.filter(account=account, account__is_active=True).select_related("person")
    link = links.annotate(has_merged=Exists(Person.objects.filter(merged_into=OuterRef("person")))).first()
    if link is None:
        return None
    person = link.person if link.person.merged_into_id is None else kept(link.person_id) or link.person
    others = tuple(merged_into(person.id)) if link.has_merged or person.id != link.person_id else ()
    return Identity(account=account, person=person.id, name=person.full_name, language=person.language, merged=others)


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    """The people the owner knows; a protected address stays here, as it does on every list."""
    rows = list(
        KnownTo.objects.filter(owner=owner, person__merged_into__isnull=True)
        .select_related("person", "person__village")
        .order_by("id")
    )
    values = [
        (k.person_id, k.person.given_name, k.person.family_name, k.person.phone, k.person.email, k.person.birth_year,
         "" if k.person.address_protected else k.person.address,
         k.person.village.name if k.person.village and not k.person.address_protected else "",
         k.person.language, k.source, k.since)
        for k in rows
    ]  # fmt: skip
    columns = (
        "person_id", "given_name", "family_name", "phone", "email", "birth_year", "address", "village", "language",
        "source", "since",
    )  # fmt: skip
    return [exports.Table("people", columns, values, frozenset(k.person_id for k in rows))]


def _find(viewer: Viewer, person_id: uuid.UUID) -> tuple[str, str] | None:
    person = persons_visible_to(viewer).filter(id=person_id).first()
    return (person.full_name, reverse("person", args=[person.id])) if person else None


exports.register("persons", _tables)
hats.register_identity(identify, merged_into)
refs.register(refs.RefKind("person", _find))
