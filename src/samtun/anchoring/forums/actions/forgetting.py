"""What time and death do: papers and seats go ten years after a forum ended; the term of one who died is not due."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from samtun.anchoring.forums.actions.making import KEPT, MORNING, term_runs_out
from samtun.anchoring.forums.models import Forum, Item, Meeting, Seat
from samtun.anchoring.forums.rules import TERM_NOTICE, days_before, sits_on
from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.persons.queries import everyone_of
from samtun.work.todos.actions import close_todos


def forget(*, forum: Forum, by: Viewer, at: dt.datetime) -> bool:
    """Erase who sat there, its items and its minutes ten years after it ended; return whether it was time.

    That there was such a forum, and whose, remains; and what an item was called when a public plan stands on it.
    """
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        found = Forum.objects.select_for_update(of=("self",)).get(id=forum.id)
        if found.ended_at is None or at < found.ended_at + KEPT:
            return False
        for item in Item.objects.filter(forum=found).order_by("id"):
            _forget_item(item)
        Meeting.objects.filter(forum=found, items=None).delete()
        Meeting.objects.filter(forum=found).update(approved_by="")
        Seat.objects.filter(forum=found).delete()
        record("forums.forget", Ref("forum", found.id), by=by, at=at)
    return True


def _forget_item(item: Item) -> None:
    try:
        with transaction.atomic():
            item.delete()
    except ProtectedError:
        for rows in (item.hearings, item.beside, item.put_offs, item.stand_downs, item.decisions):
            rows.all().delete()
        blank = {"words": "", "proposed_by": "", "settled_words": "", "unheard_because": "", "minutes": ""}
        Item.objects.filter(id=item.id).update(ref_kind="", ref_id=None, **blank)


def holder_died(*, person: uuid.UUID, by: Viewer, at: dt.datetime) -> int:
    """Take the question of who sits there next off the desk when it was about one who has died; return how many."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        theirs = _termed(person).values("forum")
        gone = 0
        for forum in Forum.objects.filter(id__in=theirs, ended_at=None).select_related("owner").order_by("id"):
            others = Seat.objects.filter(sits_on(wall(at).date()), forum=forum, ends__isnull=False)
            if not any(_is_due(seat, forum, at=at) for seat in others.exclude(person__in=everyone_of(person))):
                close_todos(ref=Ref("forum", forum.id), by=by, at=at, reasons=("term",))
                gone += 1
    return gone


def holder_lives(*, person: uuid.UUID, by: Viewer, at: dt.datetime) -> int:
    """Ask again who sits there next, when a death was a mistake and the term runs out; return how many."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        rows = _termed(person).filter(sits_on(wall(at).date()), forum__ended_at=None).select_related("forum__owner")
        due = [seat for seat in rows.order_by("id") if _is_due(seat, seat.forum, at=at)]
        return sum(term_runs_out(seat=seat, by=by, at=at) for seat in due)


def _termed(person: uuid.UUID) -> QuerySet[Seat]:
    return Seat.objects.filter(person__in=everyone_of(person), ended_at=None, ends__isnull=False)


def _is_due(seat: Seat, forum: Forum, *, at: dt.datetime) -> bool:
    """Tell whether the forum has been reminded that the term of a seat runs out."""
    if seat.ends is None:
        return False
    return at >= at_wall(days_before(opening_hours_of(forum.owner_id), seat.ends, TERM_NOTICE), MORNING)
