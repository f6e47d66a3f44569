"""Two rows that are one human become one; what was put together can be split again, and nothing is lost (decisions 17).

The other row stays as it is and points at the one kept, so that links to it still lead there. What every room holds
about it follows to the one kept, with a journal (ADR 16). What protects a person, protects the one kept.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction

from samtun.foundation import joining
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.people.persons.actions.registering import CHANGEABLE, write_words
from samtun.people.persons.models import AccountLink, Different, Merge, Person
from samtun.people.persons.queries import who_log_in
from samtun.people.persons.rules import may_change, sees_address

WHERE = frozenset({"address", "village", "lat", "lon"})
PROTECTS = ("do_not_contact", "address_protected")


class NotTwo(Refused):
    """These two stand together already, or one of them does with somebody else. Look at the person's page."""


class OneIsDead(Refused):
    """One of the two is noted as dead. If that is a mistake, take it back first."""


class BothLogIn(Refused):
    """Both have a login of their own. Say that you have seen it: both lead to the same person afterwards."""


class SplitOthersFirst(Refused):
    """Somebody was put together with this one later. Split those first."""


def merge_persons(
    *, kept: Person, other: Person, take: Collection[str], owner: Owner, by: Viewer, at: dt.datetime,
    knows_both_log_in: bool = False,
) -> Merge:  # fmt: skip
    """Let `other` be the same human as `kept`. `take` names the fields to take from the other row.

    No contact and a protected address hold when either has them. Two logins lead to the same person, and that must
    have been said.
    """
    if not (may_change(by, kept) and may_change(by, other)) or not (by.is_system or owner.id in by.owners):
        raise NotYours
    with transaction.atomic():
        rows = Person.objects.select_for_update(of=("self",)).filter(id__in=[kept.id, other.id]).order_by("id")
        found = {p.id: p for p in rows}
        first, second = found[kept.id], found[other.id]
        if first.id == second.id or first.merged_into_id or second.merged_into_id:
            raise NotTwo
        if (first.death_known_at is None) != (second.death_known_at is None):
            raise OneIsDead
        if len(who_log_in([first.id, second.id])) > 1 and not knows_both_log_in:
            raise BothLogIn
        changes = _changes(first, second, set(take), by)
        before = {name: joining.plain(_stored(first, name)) for name in changes}
        journal = joining.follow(
            Person, kind="person", kept=first.id, other=second.id, but=(Person, Merge, Different, AccountLink)
        )
        second.merged_into = first
        second.save(update_fields=["merged_into"])
        for name, value in changes.items():
            setattr(first, name, value)
        first.version += 1
        first.save(update_fields=[*changes, "version"])
        made = Merge.objects.create(
            kept=first, other=second, owner=owner, at=at, by=by.name, before=before, journal=journal,
            chosen={name: joining.plain(_stored(first, name)) for name in changes},
        )  # fmt: skip
        write_words(second)
        write_words(first)
        record("persons.merge", Ref("person", first.id), by=by, at=at, other=str(second.id), fields=sorted(changes))
        record("persons.merged", Ref("person", second.id), by=by, at=at, kept=str(first.id))
    return made


def _changes(kept: Person, other: Person, take: set[str], by: Viewer) -> dict[str, Any]:
    """Return what changes on the one kept: fields chosen, empty ones filled, and what protects either."""
    if take - set(CHANGEABLE):
        raise NotTwo
    sees = sees_address(by, kept) and sees_address(by, other)
    if take & WHERE:
        take = take | WHERE if sees else take - WHERE
    changes: dict[str, Any] = {}
    for name in CHANGEABLE:
        mine, theirs = getattr(kept, name), getattr(other, name)
        fills = mine in (None, "") and theirs not in (None, "") and (sees or name not in WHERE)
        if (name in take or fills) and mine != theirs:
            changes[name] = theirs
    if "phone" in changes:
        changes["phone_kind"] = other.phone_kind
    second = _second_number(kept, other, changes)
    if second != kept.other_phone:
        changes["other_phone"] = second
    return changes | {name: True for name in PROTECTS if getattr(other, name) and not getattr(kept, name)}


def _second_number(kept: Person, other: Person, changes: dict[str, Any]) -> str:
    """Return what stands beside the first number afterwards: what was chosen, else one that would be lost."""
    first = changes.get("phone", kept.phone)
    second: str = changes.get("other_phone", kept.other_phone)
    if second and second != first:
        return second
    return next((number for number in (*kept.numbers, *other.numbers) if number != first), "")


def _stored(person: Person, name: str) -> Any:
    return person.village_id if name == "village" else getattr(person, name)


def split_persons(*, merge: Merge, by: Viewer, at: dt.datetime) -> Person:
    """Let two rows be two again: everything goes back where it stood, unless it was changed since."""
    if not may_change(by, merge.kept):
        raise NotYours
    with transaction.atomic():
        now = Merge.objects.select_for_update(of=("self",)).get(id=merge.id)
        if now.split_at is not None:
            raise NotTwo
        if Merge.objects.filter(kept=now.kept_id, split_at=None, at__gt=now.at).exists():
            raise SplitOthersFirst
        people = Person.objects.select_for_update(of=("self",)).filter(id__in=[now.kept_id, now.other_id])
        found = {p.id: p for p in people.order_by("id")}
        kept, other = found[now.kept_id], found[now.other_id]
        if kept.merged_into_id is not None:
            raise SplitOthersFirst
        joining.take_back(now.journal, kept=kept.id, other=other.id)
        other.merged_into = None
        other.save(update_fields=["merged_into"])
        back = {n: v for n, v in now.before.items() if joining.plain(_stored(kept, n)) == now.chosen.get(n)}
        for name, value in back.items():
            setattr(kept, "village_id" if name == "village" else name, value)
        kept.version += 1
        kept.save(update_fields=[*back, "version"])
        now.split_at = at
        now.save(update_fields=["split_at"])
        write_words(kept)
        write_words(other)
        _note_different(kept, other)
        record("persons.split", Ref("person", kept.id), by=by, at=at, other=str(other.id))
        record("persons.split", Ref("person", other.id), by=by, at=at, other=str(kept.id))
    return other


def say_different(*, one: Person, other: Person, by: Viewer, at: dt.datetime) -> None:
    """Note that two who look alike are two; they are not asked about again."""
    if not (may_change(by, one) and may_change(by, other)):
        raise NotYours
    with transaction.atomic():
        _note_different(one, other)
        record("persons.say_different", Ref("person", one.id), by=by, at=at, other=str(other.id))


def _note_different(one: Person, other: Person) -> None:
    first, second = sorted((one.id, other.id))
    Different.objects.get_or_create(one_id=first, other_id=second)
