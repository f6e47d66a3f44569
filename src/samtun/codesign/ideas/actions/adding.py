"""Others add to an idea, never against it: "yes, and …". Doubt goes as a question to the named person."""

import datetime as dt

from django.db import transaction

from samtun.codesign.ideas.actions.telling import NotThatStepNow, due_now, locked, note, said
from samtun.codesign.ideas.enums import AdditionKind, AdditionState, IdeaState, StepKind, Via
from samtun.codesign.ideas.models import Addition, Idea
from samtun.codesign.ideas.notices import QuestionAnswered
from samtun.codesign.ideas.rules import ANSWERED_WITHIN, WRITTEN_DOWN, answers, sent_hash
from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.people.persons.models import Person
from samtun.people.persons.queries import everyone_of
from samtun.work.todos.actions import close_todos

ADDABLE = (IdeaState.RECEIVED, IdeaState.ANSWERED, IdeaState.INITIATIVE)


def add(
    *, idea: Idea, person: Person, kind: AdditionKind, words: str, sent_key: str, via: Via, by: Viewer,
    at: dt.datetime, shown_as: str = "", is_proven: bool = True,
) -> Addition:  # fmt: skip
    """Add to an idea, or ask the named person about it; the same page sent twice is one."""
    text = said(words, 800)
    with transaction.atomic():
        found = locked(idea)
        mine = by.person is not None and person.id in everyone_of(by.person)
        for_others = via in WRITTEN_DOWN and answers(by, found)
        if not (mine or for_others or by.is_system):
            raise NotYours
        if before := Addition.objects.filter(sent_hash=sent_hash(sent_key)).first():
            return before
        if found.state not in ADDABLE:
            raise NotThatStepNow
        made = Addition.objects.create(
            idea=found, kind=kind, words=text, person=person, shown_as=shown_as.strip()[:60], via=via, made_at=at,
            state=AdditionState.STANDS if is_proven else AdditionState.UNPROVEN, sent_hash=sent_hash(sent_key),
        )  # fmt: skip
        if kind == AdditionKind.AND:
            record("ideas.add", Ref("idea", found.id), by=by, at=at)
        else:
            record("ideas.ask", Ref("idea", found.id), by=by, at=at)
        if is_proven:
            _stands(found, made, by=by, at=at)
        else:
            due_now(found, "waits_for_proof", at=at, ref=Ref("idea_addition", made.id))
    return made


def prove_addition(*, addition: Addition, by: Viewer, at: dt.datetime) -> Addition:
    """Note that it was really they who added it, by code or call; it stands from now on."""
    with transaction.atomic():
        found = locked(addition.idea)
        row = Addition.objects.select_for_update(of=("self",)).get(id=addition.id)
        if not answers(by, found):
            raise NotYours
        if row.state == AdditionState.UNPROVEN:
            row.state = AdditionState.STANDS
            row.save(update_fields=["state"])
            close_todos(ref=Ref("idea_addition", row.id), by=by, at=at)
            _stands(found, row, by=by, at=at)
    return row


def _stands(idea: Idea, row: Addition, *, by: Viewer, at: dt.datetime) -> None:
    if row.kind == AdditionKind.AND:
        note(
            idea, StepKind.ADDED, by=Viewer.system(by.tenant), at=at, ref_id=row.id, tell=row.person_id != idea.lead_id
        )
        return
    days = ANSWERED_WITHIN.read(wall(at).date())
    due_now(idea, "question_waits", at=at, days=days, ref=Ref("idea_addition", row.id))


def answer_question(*, addition: Addition, words: str, by: Viewer, at: dt.datetime) -> Addition:
    """Answer one who has asked, on their own channel."""
    text = said(words, 800)
    with transaction.atomic():
        found = locked(addition.idea)
        row = Addition.objects.select_for_update(of=("self",)).get(id=addition.id)
        if not answers(by, found):
            raise NotYours
        if row.kind != AdditionKind.QUESTION or row.state != AdditionState.STANDS or row.answered_at:
            raise NotThatStepNow
        who = by.who
        row.answer, row.answered_at, row.answered_by = text, at, who[:160]
        row.save(update_fields=["answer", "answered_at", "answered_by"])
        close_todos(ref=Ref("idea_addition", row.id), by=by, at=at)
        record("ideas.answer_question", Ref("idea", found.id), by=by, at=at)
        if row.person_id:
            queue(
                notice=QuestionAnswered, ref_kind="idea_addition", ref_id=row.id, to=row.person_id,
                owner=found.owner_id, by=by, at=at,
            )  # fmt: skip
    return row


def take_down_addition(*, addition: Addition, by: Viewer, at: dt.datetime) -> Addition:
    """Take something added off the page, as one who answers: it names somebody, or does not build on the idea."""
    with transaction.atomic():
        found = locked(addition.idea)
        row = Addition.objects.select_for_update(of=("self",)).get(id=addition.id)
        if not answers(by, found):
            raise NotYours
        row.state = AdditionState.TAKEN_DOWN
        row.save(update_fields=["state"])
        close_todos(ref=Ref("idea_addition", row.id), by=by, at=at)
        record("ideas.take_down_addition", Ref("idea", found.id), by=by, at=at)
    return row
