"""What each step of a feedback has in common: the lock, the step written down, the sender told, the desk."""

import datetime as dt
import uuid
from typing import Any

from samtun.evaluation.feedback.enums import FeedbackState, Hears, StepKind, Via
from samtun.evaluation.feedback.models import Feedback, FeedbackStep
from samtun.evaluation.feedback.notices import SaidOfShared, StepTold
from samtun.evaluation.feedback.queries.together import TOGETHER, hear_of
from samtun.evaluation.feedback.rules import FEEDBACK_ANSWERED_WITHIN, GOES_ON, MOST_FEEDBACK
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue, queue_to_address
from samtun.partners.organisations.queries import opening_hours_of
from samtun.work.todos.actions import close_todos, open_todo

TOLD = frozenset(
    {StepKind.RECEIVED, StepKind.PASSED_UP, StepKind.BACK, StepKind.DECIDED, StepKind.ANSWERED, StepKind.MOVED}
)
"""The steps that the sender hears."""


class NotThatStepNow(Refused):
    """That cannot be done now. Look at what stands, and take the step that comes next."""


class WriteIt(Refused):
    """Write a few words: they are what the other reads."""


class TooLong(Refused):
    """Make it a little shorter: there is room for 1,000 characters."""


def locked(feedback: Feedback) -> Feedback:
    """Return it as it stands now, kept from others until the act is done."""
    rows = Feedback.objects.select_for_update(of=("self",)).select_related("owner", "from_owner", "sender")
    return rows.get(id=feedback.id)


def said(words: str, *, may_be_empty: bool = False) -> str:
    """Return words without space around; WriteIt when there are none, TooLong when there are too many."""
    text = words.strip()
    if not text and not may_be_empty:
        raise WriteIt
    if len(text) > MOST_FEEDBACK:
        raise TooLong
    return text


def go_to(feedback: Feedback, state: FeedbackState, **facts: Any) -> None:
    """Take it on to a state; NotThatStepNow when it does not follow from where it is."""
    if state not in GOES_ON[FeedbackState(feedback.state)]:
        raise NotThatStepNow
    change(feedback, state=state, **facts)


def change(feedback: Feedback, **facts: Any) -> None:
    """Write facts about it, as a new version."""
    feedback.version += 1
    for field, value in facts.items():
        setattr(feedback, field, value)
    feedback.save(update_fields=[*facts, "version"])


def note(feedback: Feedback, kind: StepKind, *, by: Viewer, at: dt.datetime, **facts: Any) -> FeedbackStep:
    """Write down a step, and tell the one who said it where they are to hear."""
    who = "" if by.is_system else by.who
    step = FeedbackStep.objects.create(feedback=feedback, kind=kind, at=at, by_words=who[:160], **facts)
    if kind in TOLD and (step.words or kind != StepKind.ANSWERED):
        _tell(feedback, step, by=by, at=at)
    return step


def _tell(feedback: Feedback, step: FeedbackStep, *, by: Viewer, at: dt.datetime) -> None:
    """Send it on the sender's own channel. A number that nobody has proved gets nothing before a person has answered.

    One who has just said it on the telephone has heard that it is received.
    """
    unproved = feedback.via == Via.FORM and feedback.sender_id is None
    if feedback.hears == Hears.PAGE or (step.kind == StepKind.RECEIVED and (unproved or feedback.via == Via.PHONE)):
        return
    about: dict[str, Any] = {"notice": StepTold, "ref_kind": "feedback_step", "ref_id": step.id, "at": at}
    if feedback.sender_id:
        queue(to=feedback.sender_id, owner=feedback.owner_id, by=by, **about)
    else:
        queue_to_address(owner=feedback.owner_id, **about)


def tell_parties(feedback: Feedback, *, by: Viewer, at: dt.datetime) -> None:
    """Tell the other parties that something is said about the agreement or design they share: they read it there."""
    if feedback.ref_kind not in TOGETHER or feedback.ref_id is None:
        return
    knows = {feedback.owner_id, *([feedback.from_owner_id] if feedback.from_owner_id else [])}
    for owner, person in hear_of(feedback.ref_kind, feedback.ref_id, but=knows, on=wall(at).date()):
        if person not in {by.person, feedback.sender_id}:
            queue(
                notice=SaidOfShared, ref_kind="feedback", ref_id=feedback.id, to=person, owner=owner.id, by=by, at=at
            )  # fmt: skip


def wait_for_answer(feedback: Feedback, reason: str, *, at: dt.datetime) -> None:
    """Put it on the owner's desk, with the day an answer is promised, counted in their opening days."""
    hours = opening_hours_of(feedback.owner_id)
    due = hours.after_days(wall(at), FEEDBACK_ANSWERED_WITHIN.read(wall(at).date()))
    change(feedback, due=due)
    due_now(feedback, reason, Permission.HANDLE_REQUESTS, due, at=at)
    defer("feedback.not_answered", feedback_id=feedback.id, schedule_in=max(int((due - at).total_seconds()) + 1, 1))


def due_now(feedback: Feedback, reason: str, audience: Permission, due: dt.datetime, *, at: dt.datetime) -> None:
    """Open a to-do about it."""
    open_todo(
        ref=Ref("feedback", feedback.id), reason=reason, about=feedback.title, due=due, owner=feedback.owner_id,
        audience=audience, at=at,
    )  # fmt: skip


def off_the_desk(feedback_id: uuid.UUID, *, by: Viewer, at: dt.datetime) -> None:
    """Take it off every desk."""
    close_todos(ref=Ref("feedback", feedback_id), by=by, at=at)
