"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.evaluation.feedback.actions import answering, concerning, differing, ladder, settling
from samtun.evaluation.feedback.models import Concern, Feedback, HeadsUp
from samtun.foundation.jobs import job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock


@job("feedback.not_received")
def not_received(*, heads_up_id: str, **_later: Any) -> None:
    """See whether a word has been received."""
    if found := HeadsUp.objects.filter(id=uuid.UUID(heads_up_id)).first():
        ladder.not_received(heads_up=found, by=current_scope().viewer, at=clock.now())


@job("feedback.forget")
def forget(*, heads_up_id: str, **_later: Any) -> None:
    """Forget a word whose time is out."""
    differing.forget(heads_up_id=uuid.UUID(heads_up_id), by=current_scope().viewer, at=clock.now())


@job("feedback.remind")
def remind(*, concern_id: str, **_later: Any) -> None:
    """Remind those who receive, when nobody has looked."""
    concerning.remind(concern=Concern.objects.get(id=uuid.UUID(concern_id)), by=current_scope().viewer, at=clock.now())


@job("feedback.erase")
def erase(*, concern_id: str, **_later: Any) -> None:
    """Erase the words of a concern whose time is out."""
    concerning.erase(concern=Concern.objects.get(id=uuid.UUID(concern_id)), by=current_scope().viewer, at=clock.now())


@job("feedback.not_answered")
def not_answered(*, feedback_id: str, **_later: Any) -> None:
    """See whether feedback has been answered in time."""
    if found := Feedback.objects.filter(id=uuid.UUID(feedback_id)).first():
        answering.not_answered(feedback=found, by=current_scope().viewer, at=clock.now())


@job("feedback.settle")
def settle(*, feedback_id: str, **_later: Any) -> None:
    """Close what was answered and not said more about."""
    if found := Feedback.objects.filter(id=uuid.UUID(feedback_id)).first():
        settling.settle_by_time(feedback=found, by=current_scope().viewer, at=clock.now())


@job("feedback.erase_feedback")
def erase_feedback(*, feedback_id: str, **_later: Any) -> None:
    """Erase who said what when its time is out."""
    if found := Feedback.objects.filter(id=uuid.UUID(feedback_id)).first():
        settling.erase_feedback(feedback=found, by=current_scope().viewer, at=clock.now())
