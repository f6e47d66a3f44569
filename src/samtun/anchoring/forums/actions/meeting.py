"""Meetings: planned, called, moved, cancelled, held, and their minutes approved."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.anchoring.forums.actions.making import ForumEnded, NeedsWords
from samtun.anchoring.forums.actions.stepping import back_to_waiting, moved, tell_meeting
from samtun.anchoring.forums.enums import AHEAD, ItemState, MeetingState
from samtun.anchoring.forums.models import Beside, Forum, Item, Meeting
from samtun.anchoring.forums.notices import MeetingCalled, MeetingCancelled, MeetingMoved
from samtun.anchoring.forums.queries import reachable, starts_at
from samtun.anchoring.forums.rules import leads, part_of
from samtun.foundation.audit import record
from samtun.foundation.notices import Notice
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for, queue
from samtun.partners.organisations.queries import speaks_for


class HasBeen(Refused):
    """That time has been. Choose a later day or time."""


class NotAhead(Refused):
    """This meeting has been held or is cancelled. Plan another."""


class CalledAlready(Refused):
    """This meeting has been called already."""


class NobodySits(Refused):
    """Nobody has a seat here yet. Give the seats first."""


class NotCalled(Refused):
    """This meeting has not been called. Call it first."""


class NotYet(Refused):
    """The day of the meeting has not come yet."""


class NotHeld(Refused):
    """This meeting has not been held yet."""


class StillOpen(Refused):
    """Something on the agenda is neither decided, turned down nor put off. Settle it first."""


class TwoTexts(Refused):
    """Two texts of the minutes stand side by side. Make them one first."""


class ApprovedAlready(Refused):
    """The minutes are approved. They cannot be changed any more."""


def lock_meeting(meeting_id: uuid.UUID, by: Viewer, *, at: dt.datetime) -> Meeting:
    """Return a meeting locked, for one who leads; NotYours otherwise."""
    found = Meeting.objects.select_for_update(of=("self",)).select_related("forum__owner").get(id=meeting_id)
    if not leads(part_of(by, found.forum, on=wall(at).date())):
        raise NotYours
    return found


def plan_meeting(*, forum: Forum, on: dt.date, clock: dt.time, place: str, by: Viewer, at: dt.datetime) -> Meeting:
    """Plan a meeting: nobody is told before it is called."""
    if not leads(part_of(by, forum, on=wall(at).date())):
        raise NotYours
    if forum.ended_at is not None:
        raise ForumEnded
    if at_wall(on, clock) <= at:
        raise HasBeen
    if not place.strip():
        raise NeedsWords
    with transaction.atomic():
        made = Meeting.objects.create(forum=forum, on=on, at=clock, place=place.strip()[:80])
        record("forums.plan_meeting", Ref("forum_meeting", made.id), by=by, at=at)
    return made


def call_meeting(*, meeting: Meeting, by: Viewer, at: dt.datetime) -> int:
    """Call it: each who sits there is told on their own channel. Return how many."""
    with transaction.atomic():
        found = lock_meeting(meeting.id, by, at=at)
        if found.state == MeetingState.CALLED:
            raise CalledAlready
        if found.state != MeetingState.PLANNED:
            raise NotAhead
        if starts_at(found) <= at:
            raise HasBeen
        if not reachable(found.forum, on=found.on):
            raise NobodySits
        found.state, found.called_at = MeetingState.CALLED, at
        found.save(update_fields=["state", "called_at"])
        tell_meeting(found)
        record("forums.call_meeting", Ref("forum_meeting", found.id), by=by, at=at)
        return _tell(found, MeetingCalled, by=by, at=at)


def move_meeting(*, meeting: Meeting, on: dt.date, clock: dt.time, place: str, by: Viewer, at: dt.datetime) -> Meeting:
    """Give it another day, time or place; those who were called are told."""
    if at_wall(on, clock) <= at:
        raise HasBeen
    if not place.strip():
        raise NeedsWords
    with transaction.atomic():
        found = lock_meeting(meeting.id, by, at=at)
        if found.state not in AHEAD:
            raise NotAhead
        other_day = found.on != on
        found.on, found.at, found.place = on, clock, place.strip()[:80]
        found.save(update_fields=["on", "at", "place"])
        tell_meeting(found)
        record("forums.move_meeting", Ref("forum_meeting", found.id), by=by, at=at, to=on.isoformat())
        if other_day:  # those whose matter stands on the agenda hear the new day
            rows = Item.objects.select_for_update(of=("self",)).select_related("from_owner")
            rows = rows.filter(meeting=found, state=ItemState.ON_AGENDA)
            for item in rows.order_by("id"):
                moved(item, "on_agenda", by=by, at=at)
        if found.state == MeetingState.CALLED:
            _tell(found, MeetingMoved, by=by, at=at)
    return found


def cancel_meeting(*, meeting: Meeting, by: Viewer, at: dt.datetime) -> Meeting:
    """Cancel: a state. Its items wait for the next one, and those who were called are told."""
    with transaction.atomic():
        found = lock_meeting(meeting.id, by, at=at)
        if found.state not in AHEAD:
            raise NotAhead
        was_called = found.state == MeetingState.CALLED
        found.state = MeetingState.CANCELLED
        found.save(update_fields=["state"])
        tell_meeting(found)
        record("forums.cancel_meeting", Ref("forum_meeting", found.id), by=by, at=at)
        rows = Item.objects.select_for_update(of=("self",)).select_related("forum", "from_owner")
        for item in rows.filter(meeting=found, state=ItemState.ON_AGENDA).order_by("id"):
            back_to_waiting(item, found, words="", by=by, at=at)
            record("forums.put_off", Ref("forum_item", item.id), by=by, at=at)
        if was_called:
            _tell(found, MeetingCancelled, by=by, at=at)
    return found


def hold_meeting(*, meeting: Meeting, by: Viewer, at: dt.datetime) -> Meeting:
    """Say that it has begun: from now its items are settled and the minutes written."""
    with transaction.atomic():
        found = lock_meeting(meeting.id, by, at=at)
        if found.state == MeetingState.PLANNED:
            raise NotCalled
        if found.state != MeetingState.CALLED:
            raise NotAhead
        if found.on > wall(at).date():
            raise NotYet
        found.state = MeetingState.HELD
        found.save(update_fields=["state"])
        tell_meeting(found)
        record("forums.hold_meeting", Ref("forum_meeting", found.id), by=by, at=at)
    return found


def approve_minutes(*, meeting: Meeting, by: Viewer, at: dt.datetime) -> Meeting:
    """Approve the minutes: they cannot be changed any more."""
    with transaction.atomic():
        found = lock_meeting(meeting.id, by, at=at)
        if found.state != MeetingState.HELD:
            raise NotHeld
        if found.approved_at is not None:
            raise ApprovedAlready
        if Item.objects.filter(meeting=found, state=ItemState.ON_AGENDA).exists():
            raise StillOpen
        if Beside.objects.filter(item__meeting=found, settled_at=None).exists():
            raise TwoTexts
        found.approved_at, found.approved_by = at, by.called
        found.save(update_fields=["approved_at", "approved_by"])
        tell_meeting(found)
        record("forums.approve_minutes", Ref("forum_meeting", found.id), by=by, at=at)
    return found


def _tell(meeting: Meeting, notice: type[Notice], *, by: Viewer, at: dt.datetime) -> int:
    """Tell each who sits there on the day; a message about the meeting that has not gone out is not sent."""
    cancel_for(ref_kind="forum_meeting", ref_id=meeting.id, by=by, at=at)
    everyone = reachable(meeting.forum, on=meeting.on)
    for person in everyone:
        queue(
            notice=notice, ref_kind="forum_meeting", ref_id=meeting.id, to=person,
            owner=speaks_for(meeting.forum.owner), by=by, at=at,
        )  # fmt: skip
    return len(everyone)
