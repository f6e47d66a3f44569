"""Questions about persons, always for someone."""

import datetime as dt
import itertools
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
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
from samtun.people.persons.models import AccountLink, Away, Different, KnownTo, Merge, Passing, Person, Stilled
from samtun.people.persons.rules import sees_address

FEW, MOST_PAIRS = 8, 100
ALIKE = (
    "given_name", "family_name", "phone", "other_phone", "email", "birth_year", "village", "address_protected",
)  # fmt: skip
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
    is_dead: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """Two rows that may be one human, and why: `phone`, `birth_year`, `village`, `email` (with the name)."""

    one: Person
    other: Person
    why: tuple[str, ...]


def persons_visible_to(viewer: Viewer) -> QuerySet[Person]:
    """Return the persons whom the owners the viewer acts for know; merged ones are reached through the one kept."""
    return Person.objects.filter(known__owner__in=visible_owners(viewer), merged_into__isnull=True).distinct()


def own_owners(viewer: Viewer) -> list[Owner]:
    """Return the owners the hat acts for, by name: the one that will answer for what is registered."""
    return list(Owner.objects.filter(id__in=viewer.owners, left_on=None).order_by("name"))


def person_for(viewer: Viewer, person_id: uuid.UUID) -> Person:
    """Return one person, or the one kept in their place, opened and logged; NotYours when out of sight."""
    seen = persons_visible_to(viewer).select_related("village")
    person = seen.filter(id=person_id).first()
    if person is None and (same := kept(person_id)) is not None:
        person = seen.filter(id=same.id).first()
    if person is None:
        raise NotYours
    saw(person.id)
    return person


def pair_for(viewer: Viewer, one: uuid.UUID, other: uuid.UUID) -> tuple[Person, Person]:
    """Return two persons to be compared, opened and logged; NotYours unless both are in sight and two."""
    found = {p.id: p for p in persons_visible_to(viewer).filter(id__in=[one, other]).select_related("village")}
    if one == other or set(found) != {one, other}:
        raise NotYours
    saw(one, other)
    return found[one], found[other]


def look_alikes(viewer: Viewer) -> list[Alike]:
    """Return pairs among own persons that may be one human: initials, village and why; the surest first."""
    rows = persons_visible_to(viewer).filter(known__owner__in=viewer.owners).select_related("village")
    people = {p.id: p for p in rows.only(*ALIKE, "village__name", "tenant")}
    by_word: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in people.values():
        for word in _alike_words(person):
            by_word[word].append(person)
    why: dict[tuple[uuid.UUID, uuid.UUID], set[str]] = defaultdict(set)
    for (reason, _word), same in by_word.items():
        for one, other in itertools.combinations(sorted(same[:FEW], key=lambda p: p.id), 2):
            if one.birth_year is None or other.birth_year is None or one.birth_year == other.birth_year:
                why[one.id, other.id].add(reason)
    for pair in Different.objects.filter(one__in=[k[0] for k in why]).values_list("one_id", "other_id"):
        why.pop(pair, None)
    pairs = sorted(why, key=lambda k: (-len(why[k]), people[k[0]].initials, k))[:MOST_PAIRS]
    saw(*(key for pair in pairs for key in pair), how="listed")
    return [Alike(people[a], people[b], tuple(sorted(why[a, b]))) for a, b in pairs]


def _alike_words(person: Person) -> list[tuple[str, str]]:
    """Return by what a person may be met again; one who shares a number is only alike with the same first letter."""
    name = spelt_alike(person.full_name)
    found = [("phone", f"{number} {person.given_name[:1].casefold()}") for number in person.numbers]
    more = {"birth_year": person.birth_year, "village": person.village_id, "email": person.email.casefold()}
    return found + [(reason, f"{name} {word}") for reason, word in more.items() if word]


def spelt_alike(name: str) -> str:
    """Return a name as people mix it up: Aase for Åse, Thor for Tor, family name first."""
    words = (search.one_spelling(word) for word in name.casefold().replace(",", " ").split())
    return " ".join(sorted(words))


def merges_of(person_id: uuid.UUID) -> list[Merge]:
    """Return which rows stand together with a person, latest first."""
    rows = Merge.objects.filter(kept=person_id, split_at=None).select_related("other").order_by("-at", "-id")
    return list(rows)


def merge_for(viewer: Viewer, merge_id: uuid.UUID) -> Merge:
    """Return one merge of a person in sight; NotYours otherwise."""
    found = Merge.objects.filter(id=merge_id, split_at=None).select_related("kept", "other").first()
    if found is None or not persons_visible_to(viewer).filter(id=found.kept_id).exists():
        raise NotYours
    saw(found.kept_id, found.other_id)
    return found


def who_log_in(person_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of the persons who have a login, merged rows counted with the one kept."""
    ids = list(person_ids)
    same = {merged: key for key in ids for merged in (key, *merged_into(key))}
    links = AccountLink.objects.filter(person__in=list(same)).values_list("person_id", flat=True)
    return {same[person] for person in links}


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
        rows = seen.filter(has_number(number), address_protected=False)
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
    return Hit(person.id, person.full_name, village, spoken(person.phone)[-5:], person.birth_year, person.is_dead)


def _protected(seen: QuerySet[Person], text: str) -> list[Person]:
    *names, year = text.split()
    if not year.isdigit() or len(names) < 2:
        return []
    rows = seen.filter(address_protected=True, birth_year=int(year), given_name__iexact=" ".join(names[:-1]))
    return [p for p in rows if p.family_name.lower() == names[-1].lower()]


def has_number(number: str) -> Q:
    """Return the condition of a person having this number, as the first or the other."""
    return Q(phone=number) | Q(other_phone=number)


def same_person(*, given_name: str, family_name: str, phone: str) -> Person | None:
    """Return the person who has both this number and this name, whoever knows them; None otherwise."""
    if not phone:
        return None
    for person in Person.objects.filter(has_number(phone), merged_into__isnull=True):
        if (person.given_name.lower(), person.family_name.lower()) == (given_name.lower(), family_name.lower()):
            return person
    return None


def persons_at(phone: str) -> list[uuid.UUID]:
    """Return who have this number, whoever knows them. For acts and messages, not for pages."""
    if not phone:
        return []
    return list(
        Person.objects.filter(has_number(phone), merged_into__isnull=True).order_by("id").values_list("id", flat=True)
    )


def same_name_wants_peace(viewer: Viewer, *, name: str, phone: str, but: uuid.UUID | None = None) -> bool:
    """Tell whether another of this name, known to own owners, has asked for no contact under another number or none."""
    wanted = folded_name(name, "")
    rows = persons_visible_to(viewer).filter(do_not_contact=True)
    if but:
        rows = rows.exclude(id=but)
    if phone:
        rows = rows.exclude(has_number(phone))
    return any(folded_name(p.given_name, p.family_name) == wanted for p in rows.only("given_name", "family_name"))


def any_dead(persons: Collection[uuid.UUID]) -> bool:
    """Tell whether it is known of any of these that they have died."""
    return Person.objects.filter(id__in=persons, death_known_at__isnull=False).exists()


def folded_name(given_name: str, family_name: str) -> str:
    """Return a name as it is compared: small letters, single spaces, given and family name in whichever field."""
    return " ".join(f"{given_name} {family_name}".casefold().split())


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


def kept_of(person_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return for each the one kept in their place: themselves, or whom they were merged into."""
    found = {key: key for key in person_ids}
    for _ in range(MERGES):
        merged = Person.objects.filter(id__in=set(found.values()), merged_into__isnull=False)
        into = {key: to for key, to in merged.values_list("id", "merged_into") if to}
        if not into:
            break
        found = {key: into.get(now, now) for key, now in found.items()}
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


def everyone_of(person_id: uuid.UUID) -> list[uuid.UUID]:
    """Return a person's row, and those that turned out to be the same person."""
    return [person_id, *merged_into(person_id)]


def passing_of(person_id: uuid.UUID) -> Passing | None:
    """Return the death that stands about a person."""
    return Passing.objects.filter(person=person_id, undone_at=None).select_related("person").first()


def away_of(person_id: uuid.UUID) -> Away | None:
    """Return the absence that stands about a person."""
    return Away.objects.filter(person=person_id, ended_at=None).select_related("person").first()


def stilled_by(passing_id: uuid.UUID, *kinds: str) -> list[Stilled]:
    """Return what a death has stopped, of some kinds, in the order it was stopped."""
    return list(Stilled.objects.filter(passing=passing_id, ref_kind__in=kinds).order_by("id"))


def number_stilled(passing_id: uuid.UUID) -> dict[str, int]:
    """Return how many things of each kind a death has stopped."""
    rows = Stilled.objects.filter(passing=passing_id).values_list("ref_kind")
    return dict(rows.annotate(number=Count("id")).order_by("ref_kind"))


def number_not_back(passing_id: uuid.UUID) -> int:
    """Return how many waiting messages were not sent after all, since their time had passed."""
    rows = Stilled.objects.filter(passing=passing_id, ref_kind="message", came_back=False)
    return rows.filter(before__state="pending").count()


def identify(account: uuid.UUID) -> Identity | None:
    """Return who an account is in the open scope; None when disabled, or when the person has died."""
    links = AccountLink.objects.filter(account=account, account__is_active=True).select_related("person")
    link = links.annotate(has_merged=Exists(Person.objects.filter(merged_into=OuterRef("person")))).first()
    if link is None:
        return None
    person = link.person if link.person.merged_into_id is None else kept(link.person_id) or link.person
    if person.is_dead:
        return None
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
        (k.person_id, k.person.given_name, k.person.family_name, k.person.phone, k.person.other_phone,
         k.person.email, k.person.birth_year,
         "" if k.person.address_protected else k.person.address,
         k.person.village.name if k.person.village and not k.person.address_protected else "",
         k.person.language, k.source, k.since)
        for k in rows
    ]  # fmt: skip
    columns = (
        "person_id", "given_name", "family_name", "phone", "other_phone", "email", "birth_year", "address", "village",
        "language", "source", "since",
    )  # fmt: skip
    return [exports.Table("people", columns, values, frozenset(k.person_id for k in rows))]


def _find(viewer: Viewer, person_id: uuid.UUID) -> tuple[str, str] | None:
    person = persons_visible_to(viewer).filter(id=person_id).first()
    return (person.full_name, reverse("person", args=[person.id])) if person else None


exports.register("persons", _tables)
hats.register_identity(identify, merged_into)
refs.register(refs.RefKind("person", _find))
