"""Ideas come in: by anyone, from own pages, by telephone and paper, from organisations. A number is proved first."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from samtun.codesign.ideas.actions.telling import NotThatStepNow, due_now, go_to, locked, note, off_the_desk, said
from samtun.codesign.ideas.enums import AdditionState, From, HelperState, IdeaState, StepKind, Via
from samtun.codesign.ideas.models import Addition, Helper, Idea
from samtun.codesign.ideas.notices import ProofCode
from samtun.codesign.ideas.queries import who_answers
from samtun.codesign.ideas.rules import (
    ANSWERED_WITHIN,
    WRITTEN_DOWN,
    answers,
    hash_of,
    lead_token,
    sent_hash,
    speaks_for,
    writes_down_for,
)
from samtun.foundation import sight
from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.limits import limit
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.partners.organisations.models import Organisation
from samtun.people.persons.models import Person
from samtun.people.persons.queries import everyone_of
from samtun.people.places.models import Village

KINDS = {
    Organisation.Kind.BUSINESS: From.BUSINESS, Organisation.Kind.ASSOCIATION: From.ORGANISATION,
    Organisation.Kind.CONGREGATION: From.ORGANISATION, Organisation.Kind.CENTRE: From.ORGANISATION,
}  # fmt: skip


class LookAround(Refused):
    """Look at what exists nearby first, and write a few words about it and why this is wanted still."""


@dataclass(frozen=True, slots=True)
class Put:
    """An idea as it is put forward. `need` is what it would meet, where somebody has said so."""

    title: str
    words: str
    village: Village | None = None
    is_public: bool = False
    shown_as: str = ""
    from_owner: Owner | None = None
    near_words: str = ""
    need: uuid.UUID | None = None


def put_forward(
    *, owner: Owner, person: Person, put: Put, sent_key: str, via: Via, by: Viewer, at: dt.datetime,
    is_proven: bool = True, is_volunteer: bool = False,
) -> Idea:  # fmt: skip
    """Take an idea in from a person, and put it on the desk of who answers; the same page sent twice is one.

    From the open form it waits until the person has proved the number, by a code or a call.
    """
    title, words = said(put.title, 80), said(put.words, 1500)
    _may(owner, person, put, via, by)
    whose = comes_from(put.from_owner, is_volunteer=is_volunteer)
    with transaction.atomic():
        Owner.objects.select_for_update(of=("self",)).get(id=owner.id)
        if before := Idea.objects.filter(sent_hash=sent_hash(sent_key)).first():
            return before
        key = uuid7()
        made = Idea(
            id=key, owner=owner, title=title, words=words, initiator=person, lead=person, from_owner=put.from_owner,
            comes_from=whose, village=put.village, shown_as=put.shown_as.strip()[:60], is_public=put.is_public,
            near_words=put.near_words.strip()[:600], via=via, made_at=at, sent_hash=sent_hash(sent_key),
            own_hash=hash_of(lead_token(key, 1)), state=IdeaState.RECEIVED if is_proven else IdeaState.UNPROVEN,
            named=who_answers(owner.id, on=wall(at).date()),
        )  # fmt: skip
        made.save(force_insert=True)
        record("ideas.put_forward", Ref("idea", made.id), by=by, at=at, via=via)
        if put.need:
            sight.tie(lower=Ref("idea", made.id), upper=Ref("need", put.need), at=at)
        if is_proven:
            _wait_for_answer(made, by=by, at=at)
        else:
            due_now(made, "waits_for_proof", at=at)
    return made


def comes_from(owner: Owner | None, *, is_volunteer: bool) -> From:
    """Return which sort of party an idea comes from (R18)."""
    if owner is None:
        return From.VOLUNTEER if is_volunteer else From.RESIDENT
    kind = Organisation.objects.values_list("kind", flat=True).get(owner=owner)
    return KINDS.get(Organisation.Kind(kind), From.MUNICIPALITY)


def _may(owner: Owner, person: Person, put: Put, via: Via, by: Viewer) -> None:
    """See that the one who writes may put it forward for the one it is from, and that a centre has looked around."""
    mine = by.person is not None and person.id in everyone_of(by.person)
    if via in WRITTEN_DOWN and not writes_down_for(by, owner.id):
        raise NotYours
    if via not in WRITTEN_DOWN and not mine and not by.is_system:
        raise NotYours
    if put.from_owner and not by.is_system and not speaks_for(by, put.from_owner.id):
        raise NotYours
    if put.from_owner and put.from_owner.kind == Owner.Kind.CENTRE and not put.near_words.strip():
        raise LookAround


def _wait_for_answer(idea: Idea, *, by: Viewer, at: dt.datetime) -> None:
    days = ANSWERED_WITHIN.read(wall(at).date())
    idea.due = due_now(idea, "idea_waits", at=at, days=days)
    idea.save(update_fields=["due"])
    note(idea, StepKind.RECEIVED, by=Viewer.system(by.tenant), at=at, tell=idea.via not in {Via.PHONE, Via.TALK})
    defer("ideas.not_answered", idea_id=idea.id, schedule_in=max(int((idea.due - at).total_seconds()) + 1, 1))


def send_proof(*, ref: Ref, person: uuid.UUID, owner: uuid.UUID, by: Viewer, at: dt.datetime) -> uuid.UUID:
    """Send six digits to the number that was written, and return the code's key: at most five in fifteen minutes."""
    limit("idea_code", str(person), at=at, most=5)
    code_id = uuid7()
    with transaction.atomic():
        queue(notice=ProofCode, ref_kind="idea_code", ref_id=code_id, to=person, owner=owner, by=by, at=at)
        record("ideas.send_code", ref, by=by, at=at)
    return code_id


def prove(*, idea: Idea, how: str, by: Viewer, at: dt.datetime) -> Idea:
    """Note that it was really they who sent it: by the code (`code`), or since somebody rang (`call`)."""
    with transaction.atomic():
        found = locked(idea)
        if not answers(by, found):
            raise NotYours
        go_to(found, IdeaState.RECEIVED)
        off_the_desk(found.id, "waits_for_proof", by=by, at=at)
        record("ideas.prove", Ref("idea", found.id), by=by, at=at, how=how)
        _wait_for_answer(found, by=by, at=at)
    return found


def not_them(*, idea: Idea, by: Viewer, at: dt.datetime) -> Idea:
    """Close an idea that somebody else sent in another's name. Its words go at once."""
    with transaction.atomic():
        found = locked(idea)
        if not answers(by, found):
            raise NotYours
        if found.state != IdeaState.UNPROVEN:
            raise NotThatStepNow
        go_to(found, IdeaState.CLOSED, closed_at=at, erased_at=at, words="", lead=None, initiator=None, shown_as="")
        off_the_desk(found.id, by=by, at=at)
        note(found, StepKind.NOT_THEM, by=by, at=at)
        record("ideas.not_them", Ref("idea", found.id), by=by, at=at)
    return found


def is_unproven(row: Idea | Helper | Addition) -> bool:
    """Tell whether it waits for a code or a call."""
    return row.state in {IdeaState.UNPROVEN, HelperState.UNPROVEN, AdditionState.UNPROVEN}


def not_answered(*, idea: Idea, by: Viewer, at: dt.datetime) -> bool:
    """Let whoever leads see what has not been answered in time; return whether it was late."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        found = locked(idea)
        if found.state != IdeaState.RECEIVED or found.due is None or at < found.due:
            return False
        due_now(found, "idea_late", at=at, audience=Permission.MANAGE_ORGANISATION)
        record("ideas.not_answered", Ref("idea", found.id), by=by, at=at)
    return True
