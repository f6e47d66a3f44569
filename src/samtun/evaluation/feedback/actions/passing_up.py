"""Feedback passed up to a forum, and what the forum's own steps bring down again (R04)."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.anchoring.forums.actions import propose_item
from samtun.anchoring.forums.enums import ItemState
from samtun.anchoring.forums.models import Forum, Item
from samtun.anchoring.forums.queries import what_came_of
from samtun.evaluation.feedback.actions.answering import note_came_back, note_decided, note_passed_up
from samtun.evaluation.feedback.actions.telling import NotThatStepNow, locked
from samtun.evaluation.feedback.enums import FeedbackState, StepKind
from samtun.evaluation.feedback.models import Feedback, FeedbackStep
from samtun.evaluation.feedback.rules import may_answer
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref

_STANDS = {"on_agenda": ItemState.ON_AGENDA, "put_off": ItemState.PROPOSED}


def pass_up(*, feedback: Feedback, forum: Forum, title: str, words: str, by: Viewer, at: dt.datetime) -> Item:
    """Propose it as an item to a forum, in words that name nobody; the one who said it hears that it is passed up.

    NotThatStepNow when it waits with a forum already, or has been answered.
    """
    with transaction.atomic():
        found = locked(feedback)
        if not may_answer(by, found.owner_id):
            raise NotYours
        if found.state not in (FeedbackState.RECEIVED, FeedbackState.TAKEN):
            raise NotThatStepNow
        ref = Ref("feedback", found.id)
        item = propose_item(forum=forum, ref=ref, title=title, words=words, from_owner=found.owner, by=by, at=at)
        note_passed_up(feedback=found, to=forum.name, ref=Ref("forum_item", item.id), on=None, by=by, at=at)
    return item


def item_moved(*, feedback: Feedback, item_id: uuid.UUID, what: str, by: Viewer, at: dt.datetime) -> None:
    """Bring down what has become of the item: a day, a decision, or that it was taken back.

    Nothing unless it waits with this very item: what is answered, decided or taken up anew is not told of once more.
    A day is told only while it stands, for the steps of an item may come down in another order than they were taken.
    """
    if not by.is_system:
        raise NotYours
    came = what_came_of(item_id)
    with transaction.atomic():
        found = locked(feedback)
        last = FeedbackStep.objects.filter(feedback=found, kind=StepKind.PASSED_UP).order_by("at", "id").last()
        if came is None or last is None or found.state != FeedbackState.PASSED_UP or last.ref_id != item_id:
            return
        if what == "withdrawn":
            note_came_back(feedback=found, by=by, at=at)
        elif what in {"decided", "turned_down"}:
            note_decided(feedback=found, words=came.words, by=by, at=at)
        elif came.state == _STANDS.get(what):
            day = came.meets_on if came.meets_on and came.meets_on >= wall(at).date() else None
            if what == "put_off" or day != last.on:
                ref = Ref("forum_item", item_id)
                note_passed_up(feedback=found, to=came.forum, ref=ref, on=day, by=by, at=at)
