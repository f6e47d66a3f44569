"""After the answer: it is settled, or it is not. Nothing closes without one, and nobody closes another's matter."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.evaluation.feedback.actions.telling import change, go_to, locked, note, off_the_desk, said, wait_for_answer
from samtun.evaluation.feedback.enums import FeedbackState, Settled, StepKind, Via
from samtun.evaluation.feedback.models import Feedback, FeedbackStep
from samtun.evaluation.feedback.queries.answering import is_raiser
from samtun.evaluation.feedback.rules import SETTLES_AFTER, WRITTEN_DOWN, follow_hash, may_answer
from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for
from samtun.partners.organisations.queries import receiving_owner

KEPT = dt.timedelta(days=365)


class TheirsToClose(Refused):
    """An organisation has raised this as its own matter. Only the organisation says that it is settled."""


class AnswerBeforeClosing(Refused):
    """Nothing is closed without an answer. Write one first."""


class AnsweredTwice(Refused):
    """This has been opened again once already. Ring us, or say it anew if there is something more."""


class NotAnsweredYet(Refused):
    """There is no answer yet. You hear when there is."""


def close(*, feedback: Feedback, by: Viewer, at: dt.datetime) -> Feedback:
    """Close what is answered, as the one who answered. An organisation's own matter is never closed by another."""
    with transaction.atomic():
        found = locked(feedback)
        if not may_answer(by, found.owner_id):
            raise NotYours
        if found.from_owner_id:
            raise TheirsToClose
        if found.state != FeedbackState.ANSWERED:
            raise AnswerBeforeClosing
        _close(found, Settled.ANSWER, by=by, at=at)
    return found


def settle(*, feedback: Feedback, by: Viewer, at: dt.datetime, token: str = "") -> Feedback:
    """Say that it is settled, as the one who said it or the organisation whose matter it is."""
    with transaction.atomic():
        found = _raised(feedback, by, token)
        if found.state != FeedbackState.ANSWERED:
            raise NotAnsweredYet
        _close(found, Settled.SETTLED, by=by, at=at)
    return found


def leave_it(*, feedback: Feedback, by: Viewer, at: dt.datetime) -> Feedback:
    """Leave a matter, as the organisation that raised it: answered or not, nobody owes it anything more."""
    with transaction.atomic():
        found = locked(feedback)
        if found.from_owner_id is None or not is_raiser(by, found):
            raise NotYours
        if found.state == FeedbackState.CLOSED:
            return found
        _close(found, Settled.LEFT, by=by, at=at)
    return found


def not_settled(
    *, feedback: Feedback, words: str, by: Viewer, at: dt.datetime, token: str = "", via: Via = Via.LINK
) -> Feedback:  # fmt: skip
    """Say that it is not settled: it is answered anew. A person can once; an organisation as often as it means it.

    A coordinator writes it down for one who rings or hands in paper.
    """
    text = said(words)
    with transaction.atomic():
        found = locked(feedback)
        for_others = via in WRITTEN_DOWN and may_answer(by, found.owner_id)
        if not for_others:
            found = _raised(found, by, token)
        if found.erased_at or found.state not in {FeedbackState.ANSWERED, FeedbackState.CLOSED}:
            raise NotAnsweredYet
        if found.reopened and found.from_owner_id is None:
            raise AnsweredTwice
        go_to(found, FeedbackState.RECEIVED, reopened=True, closed_at=None, settled="")
        shown = {"public_words": text} if found.is_public else {}
        note(found, StepKind.NOT_SETTLED, by=by, at=at, words=text, **shown)
        wait_for_answer(found, "feedback_waits", at=at)
        record("feedback.not_settled", Ref("feedback", found.id), by=by, at=at)
    return found


def settle_by_time(*, feedback: Feedback, by: Viewer, at: dt.datetime) -> bool:
    """Close what was answered and not said more about; return whether it was time. Never an organisation's matter."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        found = locked(feedback)
        if found.state != FeedbackState.ANSWERED or found.from_owner_id or found.answered_at is None:
            return False
        if at < found.answered_at + dt.timedelta(days=SETTLES_AFTER.read(wall(found.answered_at).date())):
            return False
        _close(found, Settled.ANSWER, by=by, at=at)
    return True


def erase_feedback(*, feedback: Feedback, by: Viewer, at: dt.datetime) -> bool:
    """Erase who said what when its time is out; an open matter keeps its open words. Return whether it was time."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        found = locked(feedback)
        if found.closed_at is None or found.erased_at or at < found.closed_at + KEPT:
            return False
        gone = follow_hash(found.id.hex)
        change(
            found, sender=None, sender_name="", phone="", email="", hears="page", sent_hash=gone, follow_hash=gone,
            words=found.words if found.is_public else "", erased_at=at,
            **({} if found.is_public else {"ref_id": None}),
        )  # fmt: skip
        FeedbackStep.objects.filter(feedback=found).update(words="", by_words="")
        record("feedback.erase", Ref("feedback", found.id), by=by, at=at)
    return True


def owner_left_feedback(*, owner: Owner, by: Viewer, at: dt.datetime) -> int:
    """Let another answer what an organisation that has left was to answer, and leave what it had raised itself."""
    there, moved = receiving_owner(), 0
    with transaction.atomic():
        for found in _open(from_owner=owner):
            _close(found, Settled.LEFT, by=by, at=at)
            moved += 1
        for found in _open(owner=owner):
            if there is None or there.id == owner.id:
                continue
            off_the_desk(found.id, by=by, at=at)
            change(found, owner=there)
            note(found, StepKind.MOVED, by=by, at=at, to=there.name[:120])
            record("feedback.move", Ref("feedback", found.id), by=by, at=at)
            if found.state not in {FeedbackState.ANSWERED, FeedbackState.PASSED_UP}:
                decided = found.state == FeedbackState.DECIDED
                wait_for_answer(found, "feedback_decided" if decided else "feedback_waits", at=at)
            moved += 1
    return moved


def _open(**whose: Owner) -> list[Feedback]:
    keys: list[uuid.UUID] = list(
        Feedback.objects.filter(**whose).exclude(state=FeedbackState.CLOSED).values_list("id", flat=True).order_by("id")
    )
    rows = Feedback.objects.select_for_update(of=("self",)).select_related("owner", "from_owner", "sender")
    return list(rows.filter(id__in=keys).order_by("id"))


def _close(found: Feedback, how: Settled, *, by: Viewer, at: dt.datetime) -> None:
    change(found, state=FeedbackState.CLOSED, settled=how, closed_at=at, due=None)
    off_the_desk(found.id, by=by, at=at)
    note(found, StepKind.CLOSED, by=by, at=at)
    record("feedback.close", Ref("feedback", found.id), by=by, at=at)
    if how == Settled.LEFT:
        for step in found.steps.all():
            cancel_for(ref_kind="feedback_step", ref_id=step.id, by=by, at=at)
    defer("feedback.erase_feedback", feedback_id=found.id, schedule_in=int(KEPT.total_seconds()) + 1)


def _raised(feedback: Feedback, by: Viewer, token: str) -> Feedback:
    """Return it locked, for the organisation that raised it, or for the sender: logged in, or by their own address.

    Where an organisation's matter was written down for it, the one who said it has that address, and speaks for it.
    """
    found = locked(feedback)
    theirs = found.from_owner_id is None or found.via in WRITTEN_DOWN
    by_address = bool(token) and theirs and found.follow_hash == follow_hash(token)
    if not by_address and not is_raiser(by, found):
        raise NotYours
    return found
