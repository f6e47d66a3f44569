"""The invisible tasks: promised for a day, done, or late with a new day and why. The lead hears each."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.codesign.ideas.actions.telling import NotThatStepNow, life_of, locked, note, said
from samtun.codesign.ideas.enums import LifeState, PromiseKind, PromiseState, StepKind
from samtun.codesign.ideas.models import Idea, Initiative, NewDay, Promise
from samtun.codesign.ideas.rules import supports
from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.work.todos.actions import close_todos, open_todo

BY_NOON = dt.time(12)
DAY_ENDS = dt.time(23, 59)


class DayAhead(Refused):
    """Choose today or a later day: a promise is about what is to come."""


class AnotherDay(Refused):
    """Choose another day than the one it is promised for now."""


class NameContactFirst(Refused):
    """Name a contact first: somebody must owe what is promised."""


def promise(
    *, initiative: Initiative, kind: PromiseKind, words: str, due: dt.date, sent_key: uuid.UUID, by: Viewer,
    at: dt.datetime,
) -> Promise:  # fmt: skip
    """Promise an invisible task for a day. It stands on the page, and on the contact's desk until it is done."""
    text = said(words, 300)
    with transaction.atomic():
        found, row = _supported(initiative, by)
        if before := Promise.objects.filter(initiative=row, sent_key=sent_key).first():
            return before
        if due < wall(at).date():
            raise DayAhead
        if row.contact_id is None:
            raise NameContactFirst
        if row.state == LifeState.ENDED:
            raise NotThatStepNow
        who = by.who
        made = Promise.objects.create(
            initiative=row, kind=kind, words=text, due=due, first_due=due, made_at=at, made_by=who[:160],
            sent_key=sent_key,
        )  # fmt: skip
        note(found, StepKind.PROMISED, by=by, at=at, words=text, ref_id=made.id, on=due)
        record("ideas.promise", Ref("idea", found.id), by=by, at=at)
        _put_on_desk(found, row, made, at=at)
    return made


def _put_on_desk(idea: Idea, row: Initiative, made: Promise, *, at: dt.datetime) -> None:
    """Put it on the contact's desk for its day, and look after it when the day is over."""
    owner = row.contact.organisation.owner_id if row.contact else idea.owner_id
    open_todo(
        ref=Ref("promise", made.id), reason="promise_due", about=made.words[:120], due=at_wall(made.due, BY_NOON),
        owner=owner, audience=Permission.SEE_DESK, at=at,
    )  # fmt: skip
    ends = at_wall(made.due, DAY_ENDS)
    defer("ideas.promise_late", promise_id=made.id, schedule_in=max(int((ends - at).total_seconds()) + 61, 1))


def done(*, kept: Promise, words: str, by: Viewer, at: dt.datetime) -> Promise:
    """Say that a promise is kept, and what came of it."""
    text = said(words, 400, may_be_empty=True)
    with transaction.atomic():
        found, _row, one = _open_promise(kept, by)
        _settle(one, PromiseState.DONE, text, by=by, at=at)
        note(found, StepKind.DONE, by=by, at=at, words=text or one.words, ref_id=one.id)
        record("ideas.keep_promise", Ref("idea", found.id), by=by, at=at)
    return one


def new_day(*, late: Promise, due: dt.date, why: str, by: Viewer, at: dt.datetime) -> Promise:
    """Give a promise another day, and say why; the day first promised stays to be seen."""
    text = said(why, 300)
    with transaction.atomic():
        found, row, one = _open_promise(late, by)
        if due < wall(at).date():
            raise DayAhead
        if due == one.due:
            raise AnotherDay
        NewDay.objects.create(promise=one, was=one.due, due=due, why=text, at=at)
        one.due = due
        one.save(update_fields=["due"])
        close_todos(ref=Ref("promise", one.id), by=by, at=at)
        _put_on_desk(found, row, one, at=at)
        note(found, StepKind.NEW_DAY, by=by, at=at, words=text, ref_id=one.id, on=due)
        record("ideas.new_day", Ref("idea", found.id), by=by, at=at)
    return one


def drop(*, promised: Promise, words: str, by: Viewer, at: dt.datetime) -> Promise:
    """Say that something promised is not to be done after all, and why."""
    text = said(words, 400)
    with transaction.atomic():
        found, _row, one = _open_promise(promised, by)
        _settle(one, PromiseState.DROPPED, text, by=by, at=at)
        note(found, StepKind.DROPPED, by=by, at=at, words=text, ref_id=one.id)
        record("ideas.drop_promise", Ref("idea", found.id), by=by, at=at)
    return one


def late(*, promised: Promise, by: Viewer, at: dt.datetime) -> bool:
    """Tell the lead that what was promised for a day is not done; whoever leads sees it. Return whether it is late."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        found = locked(promised.initiative.idea)
        row, one = life_of(found), _kept(promised)
        if one.state != PromiseState.PROMISED or wall(at).date() <= one.due:
            return False
        owner = row.contact.organisation.owner_id if row.contact else found.owner_id
        open_todo(
            ref=Ref("promise", one.id), reason="promise_late", about=one.words[:120], due=at, owner=owner,
            audience=Permission.MANAGE_ORGANISATION, at=at,
        )  # fmt: skip
        note(found, StepKind.LATE, by=by, at=at, words=one.words, ref_id=one.id, on=one.due)
        record("ideas.promise_late", Ref("idea", found.id), by=by, at=at)
    return True


def drop_all(idea: Idea, row: Initiative, *, by: Viewer, at: dt.datetime) -> None:
    """Let go what is promised for an initiative that ends: nobody owes it any more."""
    for one in Promise.objects.filter(initiative=row, state=PromiseState.PROMISED).order_by("id"):
        _settle(one, PromiseState.DROPPED, "", by=by, at=at)


def _supported(initiative: Initiative, by: Viewer) -> tuple[Idea, Initiative]:
    found = locked(initiative.idea)
    row = life_of(found)
    if not supports(by, found, row):
        raise NotYours
    return found, row


def _open_promise(one: Promise, by: Viewer) -> tuple[Idea, Initiative, Promise]:
    found, row = _supported(one.initiative, by)
    kept = _kept(one)
    if kept.state != PromiseState.PROMISED:
        raise NotThatStepNow
    return found, row, kept


def _kept(one: Promise) -> Promise:
    return Promise.objects.select_for_update(of=("self",)).get(id=one.id)


def _settle(one: Promise, state: PromiseState, words: str, *, by: Viewer, at: dt.datetime) -> None:
    one.state, one.settled_at, one.settled_words = state, at, words
    one.save(update_fields=["state", "settled_at", "settled_words"])
    close_todos(ref=Ref("promise", one.id), by=by, at=at)
