"""Many persons at once from a list that an owner has, and out again while nothing has used them."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q

from samtun.foundation import search
from samtun.foundation.audit import record_many
from samtun.foundation.models import Owner
from samtun.foundation.models.runtime import SearchWord
from samtun.foundation.scope import current_scope
from samtun.foundation.uses import delete_unused
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.people.persons.actions.registering import CHANGEABLE
from samtun.people.persons.models import KnownTo, Person
from samtun.people.persons.queries import folded_name
from samtun.people.persons.rules import may_register

BATCH = 500
WHERE = frozenset({"address", "village", "lat", "lon"})
SOURCE = "import"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A person as a row tells of them; `known_as` is whom an earlier import made of the same row."""

    facts: Mapping[str, Any]
    known_as: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a row. `was_known` to this owner; `is_new` to all; `filled` are fields that were empty."""

    person: Person
    is_new: bool
    was_known: bool
    filled: dict[str, Any] = field(default_factory=dict)


class _People:
    """Those a batch of rows may be about, by what tells them apart."""

    def __init__(self, owner: Owner, rows: Sequence[Incoming]) -> None:
        phones = {p for r in rows for p in _numbers(r)}
        emails = {e for r in rows if not r.facts.get("phone") and (e := r.facts.get("email"))}
        homes = {a for r in rows if not r.facts.get("phone") and (a := r.facts.get("address"))}
        here = Person.objects.filter(merged_into__isnull=True)
        found = {p.id: p for p in here.filter(id__in=_named(rows))}
        found |= {p.id: p for p in here.filter(phone__in=phones)}
        found |= {p.id: p for p in here.filter(other_phone__in=phones)}
        if emails or homes:  # one question a kind: with OR between tables the database reads them all
            mine = here.filter(id__in=KnownTo.objects.filter(owner=owner).values("person"))
            found |= {p.id: p for p in mine.filter(Q(email__in=emails) | Q(address__in=homes))}
        self.by_id: dict[uuid.UUID, Person] = {}
        self.by_words: dict[tuple[str, str], list[Person]] = defaultdict(list)
        for person in found.values():
            self.add(person)
        known = KnownTo.objects.filter(owner=owner, person__in=list(self.by_id))
        self.known = set(known.values_list("person_id", flat=True))

    def add(self, person: Person) -> None:
        """Let later rows find the person too."""
        self.by_id[person.id] = person
        name = folded_name(person.given_name, person.family_name)
        for word in (*person.numbers, person.email, person.address):
            if word:
                self.by_words[name, word].append(person)

    def same(self, row: Incoming) -> Person | None:
        """Return the one the row is about: the same as last time, else the same name with the same number.

        Without a number, the same name with the same e-mail or address among the owner's own. Two years of birth
        that differ are two persons.
        """
        facts = row.facts
        if row.known_as in self.by_id and row.known_as in self.known:
            return self.by_id[row.known_as]
        name = folded_name(facts.get("given_name", ""), facts.get("family_name", ""))
        phones = _numbers(row)
        words = phones or [w for w in (facts.get("email"), facts.get("address")) if w]
        for word in words:
            for person in self.by_words.get((name, word), ()):
                is_reached = bool(phones) or person.id in self.known
                if is_reached and _same_year(person.birth_year, facts.get("birth_year")):
                    return person
        return None


def _numbers(row: Incoming) -> list[str]:
    """The numbers the list has: by either the person is found."""
    return [n for n in (row.facts.get("phone"), row.facts.get("other_phone")) if n]


def _named(rows: Sequence[Incoming]) -> list[uuid.UUID]:
    return [r.known_as for r in rows if r.known_as]


def _same_year(one: int | None, other: int | None) -> bool:
    return one is None or other is None or one == other


def take_in(*, rows: Sequence[Incoming], owner: Owner, by: Viewer, at: dt.datetime) -> list[Taken]:
    """Write down many persons for an owner, or find those who stand already; in the rows' order.

    What stands is left as it is; only empty fields are filled, and never the address of one whose address is
    protected. A few hundred at a time: all of them are held in memory.
    """
    if not may_register(by) or not (by.is_system or owner.id in by.owners):
        raise NotYours
    with transaction.atomic():
        current_scope()
        return _take(rows, owner, by, at)


def _take(rows: Sequence[Incoming], owner: Owner, by: Viewer, at: dt.datetime) -> list[Taken]:
    people = _People(owner, rows)
    taken: list[Taken] = []
    fresh: dict[uuid.UUID, Person] = {}
    for row in rows:
        person = people.same(row)
        if person is None:
            facts = {k: v for k, v in row.facts.items() if k in CHANGEABLE and v not in (None, "")}
            person = Person(**facts)
            fresh[person.id] = person
            people.add(person)
            taken.append(Taken(person, is_new=True, was_known=False))
        else:
            filled = _fill(person, row.facts)
            taken.append(Taken(person, is_new=False, was_known=person.id in people.known, filled=filled))
        people.known.add(person.id)
    _write(taken, fresh, owner, by, at)
    return taken


def _fill(person: Person, facts: Mapping[str, Any]) -> dict[str, Any]:
    closed = WHERE if person.address_protected else frozenset()
    filled = {
        f: facts[f]
        for f in CHANGEABLE
        if f in facts and f not in closed and facts[f] not in (None, "") and getattr(person, f) in (None, "")
    }
    filled.pop("other_phone", None)
    if "phone" in filled:
        filled["phone_kind"] = facts.get("phone_kind", Person.Reached.MOBILE)
    if second := _second_number(person, facts):
        filled["other_phone"] = second
    for name, value in filled.items():
        setattr(person, name, value)
    return filled


def _second_number(person: Person, facts: Mapping[str, Any]) -> str:
    """Return the number that a list has beside the one that stands; a wholly other number is not a second one."""
    given = [n for n in (facts.get("phone"), facts.get("other_phone")) if n]
    first = person.phone or (given[0] if given else "")
    if person.other_phone or first not in given:
        return ""
    return next((n for n in given if n != first), "")


def _write(taken: Sequence[Taken], fresh: dict[uuid.UUID, Person], owner: Owner, by: Viewer, at: dt.datetime) -> None:
    Person.objects.bulk_create(fresh.values(), batch_size=BATCH)
    record_many("persons.register", (Ref("person", key) for key in fresh), by=by, at=at, source=SOURCE)
    changed = {t.person.id: t.person for t in taken if t.filled and not t.is_new and t.person.id not in fresh}
    if changed:
        Person.objects.bulk_update(changed.values(), [f for f in CHANGEABLE if any(f in t.filled for t in taken)])
        record_many("persons.fill", (Ref("person", key) for key in changed), by=by, at=at, source=SOURCE)
    met = {t.person.id: t.person for t in taken if not t.was_known}
    KnownTo.objects.bulk_create(
        (KnownTo(person=p, owner=owner, source=SOURCE, since=wall(at).date()) for p in met.values()),
        batch_size=BATCH, ignore_conflicts=True,
    )  # fmt: skip
    record_many(
        "persons.make_known", (Ref("person", key) for key in met if key not in fresh), by=by, at=at, owner=owner.name,
        source=SOURCE,
    )  # fmt: skip
    found_by = met | changed
    texts = {key: [p.given_name, p.family_name, *(number[-8:] for number in p.numbers)] for key, p in found_by.items()}
    search.index_new("person", texts, owner=owner.id)


def take_out_again(
    *, made: Sequence[uuid.UUID], met: Sequence[uuid.UUID], filled: Mapping[uuid.UUID, Mapping[str, Any]],
    owner: Owner, by: Viewer, at: dt.datetime,
) -> None:  # fmt: skip
    """Undo what `take_in` did: `made` go, `met` are no longer known to the owner, what was `filled` is empty again.

    Whether anything has used them is asked before; the database refuses to let go of what is still pointed at.
    """
    if not may_register(by) or not (by.is_system or owner.id in by.owners):
        raise NotYours
    with transaction.atomic():
        gone = [*made, *met]
        KnownTo.objects.filter(owner=owner, person__in=gone).delete()
        SearchWord.objects.filter(owner=owner, ref_kind="person", ref_id__in=gone).delete()
        delete_unused(Person, made)
        empty = Person()
        for person in Person.objects.select_for_update(of=("self",)).filter(id__in=list(filled)).order_by("id"):
            own = filled[person.id]
            for name in own:
                setattr(person, name, getattr(empty, name))
            person.save(update_fields=list(own))
        record_many("persons.take_out_again", (Ref("person", key) for key in gone), by=by, at=at, source=SOURCE)
