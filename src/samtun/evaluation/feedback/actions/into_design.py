"""Feedback that becomes a proposed change of a service design, and what its parties bring down again (R04)."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from samtun.anchoring.forums.queries import item_of
from samtun.anchoring.forums.queries import what_came_of as what_came_of_item
from samtun.codesign.designs.actions import propose_change
from samtun.codesign.designs.models import Change, Design
from samtun.codesign.designs.queries import what_came_of
from samtun.evaluation.feedback.actions.answering import note_came_back, note_decided, note_passed_up
from samtun.evaluation.feedback.enums import FeedbackState
from samtun.evaluation.feedback.models import Feedback
from samtun.evaluation.feedback.rules import may_answer
from samtun.foundation.models import Municipality
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref

CHANGE = "design_change"


def put_into_design(*, feedback: Feedback, design: Design, words: str, by: Viewer, at: dt.datetime) -> Change:
    """Propose it as a change of a design, in words that name nobody; the one who said it hears where it has gone."""
    if not may_answer(by, feedback.owner_id):
        raise NotYours
    with transaction.atomic():
        change = propose_change(
            design=design, words=words, from_owner=feedback.owner, ref=Ref("feedback", feedback.id), by=by, at=at
        )
        to = who_make(design.title)
        note_passed_up(feedback=feedback, to=to, ref=Ref(CHANGE, change.id), on=None, by=by, at=at)
    return change


def change_settled(*, feedback: Feedback, change_id: uuid.UUID, what: str, by: Viewer, at: dt.datetime) -> None:
    """Bring down what has become of the change: that it will be made, a forum's day and word, made, or why not.

    Nothing once it is answered, or has been taken up elsewhere since: the sender is not told of one thing twice.
    """
    if not by.is_system:
        raise NotYours
    came = what_came_of(change_id)
    with transaction.atomic():
        found = Feedback.objects.select_for_update(of=("self",)).get(id=feedback.id)
        if came is None or found.state != FeedbackState.PASSED_UP or not _is_here(found, change_id):
            return
        ref, to = Ref(CHANGE, change_id), who_make(came.title)
        if what == "withdrawn":
            note_came_back(feedback=found, by=by, at=at)
        elif what in {"made", "not_made"}:
            note_decided(feedback=found, words=came.words or came.title, by=by, at=at)
        elif what == "planned":
            note_passed_up(feedback=found, to=to, ref=ref, on=None, words=came.words, by=by, at=at)
        else:
            _from_forum(found, ref, by=by, at=at)


def _from_forum(found: Feedback, ref: Ref, *, by: Viewer, at: dt.datetime) -> None:
    """Tell what a forum that the change was taken up with has done: a day, or a word that the parties go by."""
    item = item_of(ref)
    came = what_came_of_item(item.id) if item else None
    if came is None:
        return
    day = came.meets_on if came.meets_on and came.meets_on >= wall(at).date() and came.state == "on_agenda" else None
    words = came.words if came.state in {"decided", "turned_down"} else ""
    note_passed_up(feedback=found, to=came.forum, ref=ref, on=day, words=words, by=by, at=at)


def _is_here(found: Feedback, change_id: uuid.UUID) -> bool:
    """Tell whether the change is where it was last taken up."""
    last = found.steps.exclude(ref_id=None).order_by("at", "id").last()
    return last is not None and last.ref_id == change_id


def who_make(title: str) -> str:
    """Return who a design is taken up with, in the municipality's language: “those who make “…””."""
    language = Municipality.objects.values_list("language", flat=True).get(id=current_tenant())
    with translation.override(language):
        return gettext("those who make “%(title)s”") % {"title": title[:90]}
