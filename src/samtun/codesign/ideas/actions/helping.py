"""Those who say "I'm in": by form with a proved number, from own pages, by telephone; the lead says who helps."""

import datetime as dt

from django.db import transaction

from samtun.codesign.ideas.actions.telling import NotThatStepNow, Word, due_now, lead_only, life_of, locked, note, said
from samtun.codesign.ideas.actions.telling import change as rewrite
from samtun.codesign.ideas.enums import HelperState, LifeState, StepKind, Via
from samtun.codesign.ideas.models import Helper, Idea, Initiative
from samtun.codesign.ideas.notices import Welcome
from samtun.codesign.ideas.rules import JOINS, WRITTEN_DOWN, answers, hash_of, helper_token
from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.people.persons.models import Person
from samtun.people.persons.queries import everyone_of
from samtun.work.todos.actions import close_todos


def join(
    *, initiative: Initiative, person: Person, words: str, via: Via, by: Viewer, at: dt.datetime, is_proven: bool = True
) -> Helper:
    """Say that one is in. Said twice by the same person is once; one who left or was not needed then may come again."""
    text = said(words, 300, may_be_empty=True)
    with transaction.atomic():
        found = locked(initiative.idea)
        row = life_of(found)
        mine = by.person is not None and person.id in everyone_of(by.person)
        if not (mine or by.is_system or (via in WRITTEN_DOWN and answers(by, found))):
            raise NotYours
        if row.state == LifeState.ENDED:
            raise NotThatStepNow
        before = Helper.objects.filter(initiative=row, person__in=everyone_of(person.id)).order_by("id").first()
        if before and (before.state in {HelperState.WITH, HelperState.UNPROVEN} or not is_proven):
            return before
        made = before or _new(row, person, text, via, at=at, is_proven=is_proven)
        record("ideas.join", Ref("idea", found.id), by=by, at=at, via=via)
        if before:
            _go(before, HelperState.WITH, at=at, words=text or before.words)
        if is_proven:
            _is_with(found, made, by=by, at=at)
        else:
            due_now(found, "waits_for_proof", at=at, ref=Ref("idea_helper", made.id))
    return made


def _new(row: Initiative, person: Person, words: str, via: Via, *, at: dt.datetime, is_proven: bool) -> Helper:
    key = uuid7()
    return Helper.objects.create(
        id=key, initiative=row, person=person, words=words, via=via, made_at=at, own_hash=hash_of(helper_token(key)),
        state=HelperState.WITH if is_proven else HelperState.UNPROVEN,
    )  # fmt: skip


def prove_helper(*, helper: Helper, by: Viewer, at: dt.datetime) -> Helper:
    """Note that it was really they who said it, by code or call."""
    with transaction.atomic():
        found, row = _kept(helper)
        if not answers(by, found):
            raise NotYours
        if row.state == HelperState.UNPROVEN:
            _go(row, HelperState.WITH, at=at)
            close_todos(ref=Ref("idea_helper", row.id), by=by, at=at)
            _is_with(found, row, by=by, at=at)
    return row


def _is_with(idea: Idea, helper: Helper, *, by: Viewer, at: dt.datetime) -> None:
    """Tell the lead that somebody is with them, and the helper where their own page is."""
    note(
        idea,
        StepKind.JOINED,
        by=Viewer.system(by.tenant),
        at=at,
        ref_id=helper.id,
        tell=helper.person_id != idea.lead_id,
    )
    if helper.via not in {Via.PHONE, Via.TALK}:
        queue(
            notice=Welcome, ref_kind="idea_helper", ref_id=helper.id, to=helper.person_id, owner=idea.owner_id, by=by,
            at=at,
        )  # fmt: skip


def not_now(*, helper: Helper, by: Viewer, at: dt.datetime, word: Word) -> Helper:
    """Say as the lead that somebody is not needed now."""
    with transaction.atomic():
        found, row = _kept(helper)
        lead_only(by, found, word)
        _go(row, HelperState.NOT_NOW, at=at)
        _withdraw_offer(row, found)
        close_todos(ref=Ref("idea_helper", row.id), by=by, at=at)
        record("ideas.not_now", Ref("idea", found.id), by=by, at=at)
    return row


def welcome_back(*, helper: Helper, by: Viewer, at: dt.datetime, word: Word) -> Helper:
    """Say as the lead that one who was not needed then is needed now."""
    with transaction.atomic():
        found, row = _kept(helper)
        lead_only(by, found, word)
        if row.state != HelperState.NOT_NOW:
            raise NotThatStepNow
        _go(row, HelperState.WITH, at=at)
        record("ideas.welcome_back", Ref("idea", found.id), by=by, at=at)
    return row


def leave(*, helper: Helper, by: Viewer, at: dt.datetime, token: str = "", via: Via | None = None) -> Helper:
    """Leave, as the one who is with it or as their word is written down. Nobody asks why (R02)."""
    with transaction.atomic():
        found, row = _kept(helper)
        mine = (by.person is not None and row.person_id in everyone_of(by.person)) or (
            bool(token) and row.own_hash == hash_of(token)
        )
        if not mine and not (via in WRITTEN_DOWN and answers(by, found)) and not by.is_system:
            raise NotYours
        _go(row, HelperState.LEFT, at=at)
        _withdraw_offer(row, found)
        close_todos(ref=Ref("idea_helper", row.id), by=by, at=at)
        record("ideas.leave_helpers", Ref("idea", found.id), by=by, at=at)
    return row


def _kept(helper: Helper) -> tuple[Idea, Helper]:
    found = locked(helper.initiative.idea)
    return found, Helper.objects.select_for_update(of=("self",)).select_related("initiative").get(id=helper.id)


def _go(helper: Helper, state: HelperState, *, at: dt.datetime, words: str | None = None) -> None:
    if state not in JOINS[HelperState(helper.state)]:
        raise NotThatStepNow
    helper.state, helper.settled_at = state, None if state == HelperState.WITH else at
    helper.words = helper.words if words is None else words
    helper.save(update_fields=["state", "settled_at", "words"])


def _withdraw_offer(helper: Helper, idea: Idea) -> None:
    row = life_of(idea)
    if row.offered_to_id == helper.id:
        rewrite(row, offered_to=None)
