"""Verbs on needs: written down, put right, joined and parted again, closed with words and opened again."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from samtun.codesign.needs.enums import Group, NeedState, Source
from samtun.codesign.needs.models import Need
from samtun.codesign.needs.rules import MOST_WORDS, writes_for
from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.partners.organisations.queries import receiving_owner
from samtun.people.places.models import Village

KEPT = dt.timedelta(days=730)


class SayWhat(Refused):
    """Write what is needed, in one or two sentences: there is room for 400 characters."""


class NotYet(Refused):
    """The day it was heard or seen must be today or earlier."""


class SayWhy(Refused):
    """Write a few words about why it is closed: those who come after will ask."""


class NotStanding(Refused):
    """This need does not stand any more. Open it again first."""


class NotThatOne(Refused):
    """Choose another need that stands by itself: one that is joined speaks through the other."""


class HasOthers(Refused):
    """Others are joined with this one. Join the other way: let it speak for both."""


class ChangedMeanwhile(Refused):
    """Somebody has changed it while you wrote. Look at what stands now, and write again."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is written down about a need."""

    words: str
    group: Group
    source: Source
    known_on: dt.date
    village: Village | None = None
    number: int | None = None


def write_need(*, owner: Owner, told: Told, sent_key: uuid.UUID, by: Viewer, at: dt.datetime) -> Need:
    """Write a need down for an owner; the same page sent twice is one."""
    if not writes_for(by, owner.id):
        raise NotYours
    facts = _facts(told, at=at)
    with transaction.atomic():
        Owner.objects.select_for_update(of=("self",)).get(id=owner.id)
        if before := Need.objects.filter(owner=owner, sent_key=sent_key).first():
            return before
        made = Need.objects.create(
            owner=owner, sent_key=sent_key, written_by=by.who, made_at=at, **facts
        )  # fmt: skip
        record("needs.write", Ref("need", made.id), by=by, at=at)
    return made


def change_need(*, need: Need, told: Told, version: int, by: Viewer, at: dt.datetime) -> Need:
    """Put right what stands of a need, for the owner that wrote it down."""
    facts = _facts(told, at=at)
    with transaction.atomic():
        found = _own(need, by)
        if found.version != version:
            raise ChangedMeanwhile
        _save(found, **facts)
        record("needs.change", Ref("need", found.id), by=by, at=at)
    return found


def join(*, need: Need, into: Need, by: Viewer, at: dt.datetime) -> Need:
    """Let another need that says the same speak for this one too. It can be undone."""
    with transaction.atomic():
        keys = sorted([need.id, into.id])
        rows = {n.id: n for n in Need.objects.select_for_update(of=("self",)).filter(id__in=keys).order_by("id")}
        found, other = rows[need.id], rows[into.id]
        if not writes_for(by, found.owner_id):
            raise NotYours
        if found.state != NeedState.OPEN:
            raise NotStanding
        if other.id == found.id or other.state != NeedState.OPEN:
            raise NotThatOne
        if Need.objects.filter(joined_into=found).exists():
            raise HasOthers
        _save(found, state=NeedState.JOINED, joined_into=other)
        record("needs.join", Ref("need", found.id), by=by, at=at)
        record("needs.joined", Ref("need", other.id), by=by, at=at)
    return found


def part(*, need: Need, by: Viewer, at: dt.datetime) -> Need:
    """Undo a joining, for the one who joined or the one it was joined with."""
    with transaction.atomic():
        found = _locked(need)
        other = found.joined_into
        if other is None or not (writes_for(by, found.owner_id) or writes_for(by, other.owner_id)):
            raise NotYours
        _save(found, state=NeedState.OPEN, joined_into=None)
        record("needs.part", Ref("need", found.id), by=by, at=at)
        record("needs.parted", Ref("need", other.id), by=by, at=at)
    return found


def close(*, need: Need, state: NeedState, words: str, by: Viewer, at: dt.datetime) -> Need:
    """Close a need as met or no longer so, with words. Those joined with it are told of through it."""
    if state not in {NeedState.MET, NeedState.GONE}:
        raise ValueError("A need is closed as met or gone.")
    text = words.strip()
    if not text or len(text) > MOST_WORDS:
        raise SayWhy
    with transaction.atomic():
        found = _own(need, by)
        if found.state != NeedState.OPEN:
            raise NotStanding
        _save(found, state=state, closed_at=at, closed_words=text)
        record("needs.close", Ref("need", found.id), by=by, at=at)
        defer("needs.forget", need_id=found.id, schedule_in=int(KEPT.total_seconds()) + 1)
    return found


def open_again(*, need: Need, by: Viewer, at: dt.datetime) -> Need:
    """Let a closed need stand again. Nothing happens to one that stands."""
    with transaction.atomic():
        found = _own(need, by)
        if found.state in {NeedState.MET, NeedState.GONE}:
            _save(found, state=NeedState.OPEN, closed_at=None, closed_words="")
            record("needs.open_again", Ref("need", found.id), by=by, at=at)
    return found


def owner_left(*, owner: Owner, by: Viewer, at: dt.datetime) -> int:
    """Let the one who answers in public keep the needs of an owner that has left; return how many."""
    there = receiving_owner()
    if not by.is_system:
        raise NotYours
    if there is None or there.id == owner.id:
        return 0
    with transaction.atomic():
        rows = list(Need.objects.select_for_update(of=("self",)).filter(owner=owner).order_by("id"))
        for found in rows:
            _save(found, owner=there)
            record("needs.move", Ref("need", found.id), by=by, at=at)
    return len(rows)


def forget_writer(*, need: Need, by: Viewer, at: dt.datetime) -> bool:
    """Forget who wrote down a need that has been closed for two years; return whether it was time."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        found = _locked(need)
        if found.closed_at is None or at < found.closed_at + KEPT or not found.written_by:
            return False
        _save(found, written_by="")
        Need.objects.filter(joined_into=found).update(written_by="")
        record("needs.forget", Ref("need", found.id), by=by, at=at)
    return True


def _facts(told: Told, *, at: dt.datetime) -> dict[str, Any]:
    text = " ".join(told.words.split())
    if not text or len(text) > MOST_WORDS:
        raise SayWhat
    if told.known_on > wall(at).date():
        raise NotYet
    return {
        "words": text, "group": told.group, "source": told.source, "known_on": told.known_on, "village": told.village,
        "number": told.number,
    }  # fmt: skip


def _locked(need: Need) -> Need:
    return Need.objects.select_for_update(of=("self",)).select_related("owner", "joined_into").get(id=need.id)


def _own(need: Need, by: Viewer) -> Need:
    found = _locked(need)
    if not writes_for(by, found.owner_id):
        raise NotYours
    return found


def _save(found: Need, **facts: Any) -> None:
    found.version += 1
    for name, value in facts.items():
        setattr(found, name, value)
    found.save(update_fields=[*facts, "version"])
