"""Making forums and giving seats."""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction

from samtun.anchoring.forums.enums import AHEAD, OPEN, Part
from samtun.anchoring.forums.models import Forum, Item, Meeting, Seat
from samtun.anchoring.forums.rules import TERM_NOTICE, days_before, desk_of, may_make, sits_on
from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.persons.models import Person
from samtun.work.todos.actions import close_todos, open_todo

KEPT = dt.timedelta(days=3653)
MORNING, AFTERNOON = dt.time(8), dt.time(15)


class NeedsWords(Refused):
    """Write what it is about, in a few words."""


class ForumNameTaken(Refused):
    """You have a forum by that name already. Choose another name."""


class ForumEnded(Refused):
    """This forum has ended. Nothing more can be changed."""


class SitsAlready(Refused):
    """This person has a seat here already. End it first, if it is to be another."""


class TermWrong(Refused):
    """The last day of the term must come after the first."""


class LeadsAlready(Refused):
    """Somebody leads already. End that seat first."""


class NotAlive(Refused):
    """This person is noted as dead."""


class MeetingsAhead(Refused):
    """A meeting is planned. Hold it or cancel it first."""


class ItemsWait(Refused):
    """Somebody waits for an answer to an item. Decide it, turn it down or take it back first."""


def standing(forum_id: uuid.UUID) -> Forum:
    """Return a forum locked, so that seats and agendas are changed by one at a time; ForumEnded when it has ended."""
    found = Forum.objects.select_for_update(of=("self",)).select_related("owner").get(id=forum_id)
    if found.ended_at is not None:
        raise ForumEnded
    return found


def make_forum(*, owner: Owner, name: str, purpose: str, by: Viewer, at: dt.datetime) -> Forum:
    """Make a forum that an owner calls."""
    if not may_make(by, owner.id):
        raise NotYours
    if not name.strip() or not purpose.strip():
        raise NeedsWords
    try:
        with transaction.atomic():
            made = Forum.objects.create(
                owner=owner, name=name.strip()[:120], purpose=purpose.strip()[:600], made_at=at
            )  # fmt: skip
            record("forums.make", Ref("forum", made.id), by=by, at=at, name=made.name)
    except IntegrityError as fault:
        raise ForumNameTaken from fault
    return made


def seat(
    *, forum: Forum, person: Person, on_behalf: Owner, by: Viewer, at: dt.datetime, part: Part = Part.MEMBER,
    starts: dt.date | None = None, ends: dt.date | None = None,
) -> Seat:  # fmt: skip
    """Give a person a seat on somebody's behalf, until a day that is outside the term; reminded of before it ends."""
    first = starts or wall(at).date()
    if ends is not None and ends <= first:
        raise TermWrong
    with transaction.atomic():
        found = standing(forum.id)
        if not may_make(by, found.owner_id):
            raise NotYours
        if person.death_known_at is not None:
            raise NotAlive
        sitting = Seat.objects.filter(forum=found, ended_at=None).exclude(ends__lte=first)
        if sitting.filter(person=person).exists():
            raise SitsAlready
        if part == Part.LEADS and sitting.filter(part=Part.LEADS, person__death_known_at=None).exists():
            raise LeadsAlready
        made = Seat.objects.create(
            forum=found, person=person, on_behalf=on_behalf, part=part, starts=first, ends=ends
        )  # fmt: skip
        record("forums.seat", Ref("forum", found.id), by=by, at=at, part=part)
        close_todos(ref=Ref("forum", found.id), by=by, at=at, reasons=("term",))
        if ends is not None:
            when = at_wall(days_before(opening_hours_of(found.owner_id), ends, TERM_NOTICE), MORNING)
            wait = max(int((when - at).total_seconds()), 1)
            defer("forums.term", seat_id=made.id, schedule_in=wait)
    return made


def end_seat(*, seat: Seat, by: Viewer, at: dt.datetime) -> Seat:
    """End a seat: it opens nothing from now on, and stays in the minutes."""
    with transaction.atomic():
        forum = standing(seat.forum_id)
        if not may_make(by, forum.owner_id):
            raise NotYours
        current = Seat.objects.get(id=seat.id)
        if current.ended_at is None:
            current.ended_at = at
            current.save(update_fields=["ended_at"])
            record("forums.end_seat", Ref("forum", forum.id), by=by, at=at, part=current.part)
    return current


def end_forum(*, forum: Forum, by: Viewer, at: dt.datetime) -> Forum:
    """End a forum: a state. What is written stays to be read; meetings ahead are cancelled and items settled first."""
    with transaction.atomic():
        found = standing(forum.id)
        if not may_make(by, found.owner_id):
            raise NotYours
        if Meeting.objects.filter(forum=found, state__in=AHEAD).exists():
            raise MeetingsAhead
        if Item.objects.filter(forum=found, state__in=OPEN).exists():
            raise ItemsWait
        close(found, by=by, at=at)
    return found


def close(forum: Forum, *, by: Viewer, at: dt.datetime) -> None:
    """Write down that a forum has ended."""
    forum.ended_at = at
    forum.save(update_fields=["ended_at"])
    close_todos(ref=Ref("forum", forum.id), by=by, at=at)
    record("forums.end", Ref("forum", forum.id), by=by, at=at)
    defer("forums.forget", forum_id=forum.id, schedule_in=int(KEPT.total_seconds()) + 1)


def term_runs_out(*, seat: Seat, by: Viewer, at: dt.datetime) -> bool:
    """Note on the desk of who calls the forum that a term runs out; False when it no longer does."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        rows = Seat.objects.filter(sits_on(wall(at).date()), id=seat.id, forum__ended_at=None, ends__isnull=False)
        found = rows.select_related("forum__owner").first()
        if found is None or found.ends is None:
            return False
        forum = found.forum
        open_todo(
            ref=Ref("forum", forum.id), reason="term", about=forum.name, due=at_wall(found.ends, AFTERNOON),
            owner=forum.owner_id, audience=desk_of(forum.owner), at=at,
        )  # fmt: skip
    return True
