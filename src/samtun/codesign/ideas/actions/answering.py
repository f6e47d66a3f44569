"""The answer from a named person, in time; and what is taken off the open pages, with a reason that is told."""

import datetime as dt

from django.db import transaction

from samtun.codesign.ideas.actions.telling import NotThatStepNow, change, go_to, locked, note, off_the_desk, said
from samtun.codesign.ideas.enums import Answered, IdeaState, StepKind
from samtun.codesign.ideas.models import Idea
from samtun.codesign.ideas.rules import answers
from samtun.foundation import sight
from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.people.persons.models import Person


def take_it(*, idea: Idea, by: Viewer, at: dt.datetime) -> Idea:
    """Be the named person who answers."""
    with transaction.atomic():
        found = _mine(idea, by)
        if by.person is None:
            raise NotThatStepNow
        change(found, named=Person.objects.get(id=by.person))
        record("ideas.take_it", Ref("idea", found.id), by=by, at=at)
    return found


def answer(*, idea: Idea, words: str, outcome: Answered, by: Viewer, at: dt.datetime) -> Idea:
    """Answer the one who has the idea, with one's name under. It is theirs to go on with whatever the answer is."""
    text = said(words, 1500)
    with transaction.atomic():
        found = _mine(idea, by)
        facts = {"answered": outcome, "answered_at": at, "due": None}
        if found.state == IdeaState.INITIATIVE:
            change(found, **facts)
        else:
            go_to(found, IdeaState.ANSWERED, **facts)
        if by.person and by.person != found.named_id:
            change(found, named=Person.objects.get(id=by.person))
        off_the_desk(found.id, "idea_waits", "idea_late", by=by, at=at)
        note(found, StepKind.ANSWERED, by=by, at=at, words=text)
        record("ideas.answer", Ref("idea", found.id), by=by, at=at)
    return found


def tie_to_need(*, idea: Idea, need: Ref, ties: bool, by: Viewer, at: dt.datetime) -> None:
    """Say that an idea would meet a need, or that it would not."""
    with transaction.atomic():
        found = _mine(idea, by)
        here = Ref("idea", found.id)
        if ties:
            sight.tie(lower=here, upper=need, at=at)
            record("ideas.tie", here, by=by, at=at)
        else:
            sight.untie(lower=here, upper=need, at=at)
            record("ideas.untie", here, by=by, at=at)


def take_down(*, idea: Idea, words: str, by: Viewer, at: dt.datetime) -> Idea:
    """Take an idea off the open pages, with a reason that its lead hears. The words are not changed by anyone else."""
    text = said(words, 400)
    with transaction.atomic():
        found = _mine(idea, by)
        if not found.is_public:
            raise NotThatStepNow
        change(found, is_public=False, taken_down_at=at)
        note(found, StepKind.TAKEN_DOWN, by=by, at=at, words=text)
        record("ideas.take_down", Ref("idea", found.id), by=by, at=at)
    return found


def _mine(idea: Idea, by: Viewer) -> Idea:
    found = locked(idea)
    if not answers(by, found):
        raise NotYours
    return found
