"""Feedback on its way: taken on, passed up to a meeting, decided, answered. Each step is told to the one who said it.

What a forum's own steps bring about is called from `passing_up`.
"""

import datetime as dt
from typing import Any

from django.db import transaction

from samtun.evaluation.feedback.actions.telling import (
    NotThatStepNow,
    due_now,
    go_to,
    locked,
    note,
    off_the_desk,
    said,
    wait_for_answer,
)
from samtun.evaluation.feedback.enums import FeedbackState, StepKind
from samtun.evaluation.feedback.models import Feedback
from samtun.evaluation.feedback.rules import SETTLES_AFTER, WAITING, may_answer
from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.partners.organisations.queries import opening_hours_of


class WhereTo(Refused):
    """Write to whom it is passed up, for example the committee for health and care."""


class MeetingIsPast(Refused):
    """Choose the day of a meeting that is still to come, or none when it is not set."""


def take_on(*, feedback: Feedback, by: Viewer, at: dt.datetime) -> Feedback:
    """Say that somebody has begun. It stays on the desk until it is answered."""
    with transaction.atomic():
        found = _mine(feedback, by)
        if found.state == FeedbackState.PASSED_UP:  # it comes back only when the forum's item is taken back
            raise NotThatStepNow
        go_to(found, FeedbackState.TAKEN)
        note(found, StepKind.TAKEN, by=by, at=at)
        record("feedback.take_on", Ref("feedback", found.id), by=by, at=at)
    return found


def note_passed_up(
    *, feedback: Feedback, to: str, ref: Ref | None, on: dt.date | None, by: Viewer, at: dt.datetime, words: str = ""
) -> Feedback:  # fmt: skip
    """Write down that it stands on the agenda of a forum: which, the matter there, and the day of the meeting if set.

    Called again it is another day, and the sender hears that as well. The owner's desk waits for the decision.
    """
    if not to.strip():
        raise WhereTo
    if on is not None and on < wall(at).date():
        raise MeetingIsPast
    facts: dict[str, Any] = {"to": to.strip()[:120], "on": on, "words": said(words, may_be_empty=True)}
    facts |= {"ref_kind": ref.kind, "ref_id": ref.id} if ref else {}
    with transaction.atomic():
        found = _mine(feedback, by)
        go_to(found, FeedbackState.PASSED_UP, due=None)
        off_the_desk(found.id, by=by, at=at)
        note(found, StepKind.PASSED_UP, by=by, at=at, **facts, **_open_words(found, facts["words"]))
        record("feedback.pass_up", Ref("feedback", found.id), by=by, at=at, to=facts["to"])
    return found


def note_came_back(*, feedback: Feedback, by: Viewer, at: dt.datetime) -> Feedback:
    """Write down that it came back without a decision: it is the owner's turn again, with a new day for the answer."""
    with transaction.atomic():
        found = _mine(feedback, by)
        if found.state != FeedbackState.PASSED_UP:
            raise NotThatStepNow
        go_to(found, FeedbackState.TAKEN)
        note(found, StepKind.BACK, by=by, at=at)
        wait_for_answer(found, "feedback_waits", at=at)
        record("feedback.come_back", Ref("feedback", found.id), by=by, at=at)
    return found


def note_decided(*, feedback: Feedback, words: str, by: Viewer, at: dt.datetime) -> Feedback:
    """Write down what was decided: the sender hears it, and the owner is to answer by it."""
    text = said(words)
    with transaction.atomic():
        found = _mine(feedback, by)
        go_to(found, FeedbackState.DECIDED)
        note(found, StepKind.DECIDED, by=by, at=at, words=text, **_open_words(found, text))
        wait_for_answer(found, "feedback_decided", at=at)
        record("feedback.decide", Ref("feedback", found.id), by=by, at=at)
    return found


def answer(
    *, feedback: Feedback, words: str, by: Viewer, at: dt.datetime, public_words: str | None = None
) -> Feedback:  # fmt: skip
    """Answer the one who said it, on their own channel. Once decided, the decision is answer enough without more words.

    An open matter's answer is open too; `public_words` are other words for everyone. It closes by itself when the
    sender has had time to say that it is not settled; an organisation's own matter never does.
    """
    with transaction.atomic():
        found = _mine(feedback, by)
        text = said(words, may_be_empty=found.state == FeedbackState.DECIDED)
        go_to(found, FeedbackState.ANSWERED, due=None, answered_at=at)
        off_the_desk(found.id, by=by, at=at)
        shown = text if public_words is None else said(public_words, may_be_empty=True)
        note(found, StepKind.ANSWERED, by=by, at=at, words=text, **_open_words(found, shown))
        record("feedback.answer", Ref("feedback", found.id), by=by, at=at)
        if found.from_owner_id is None:
            days = SETTLES_AFTER.read(wall(at).date())
            defer("feedback.settle", feedback_id=found.id, schedule_in=days * 86_400 + 1)
    return found


def not_answered(*, feedback: Feedback, by: Viewer, at: dt.datetime) -> bool:
    """Let whoever leads, or steps in for them, see what has not been answered in time; return whether it was late."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        found = locked(feedback)
        if found.state not in WAITING or found.due is None or at < found.due:
            return False
        due = opening_hours_of(found.owner_id).after_days(wall(at), 0)
        due_now(found, "feedback_late", Permission.MANAGE_ORGANISATION, due, at=at)
        record("feedback.not_answered", Ref("feedback", found.id), by=by, at=at)
    return True


def _open_words(feedback: Feedback, words: str) -> dict[str, str]:
    return {"public_words": words} if feedback.is_public else {}


def _mine(feedback: Feedback, by: Viewer) -> Feedback:
    found = locked(feedback)
    if not may_answer(by, found.owner_id):
        raise NotYours
    return found
