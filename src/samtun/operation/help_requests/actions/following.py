"""Follow-up at both ends: a talk with the person and one with the volunteer, at set intervals (R58, R66)."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.help_requests.enums import Side
from samtun.operation.help_requests.models import FollowUp, Match
from samtun.operation.help_requests.queries import rhythm_of, still_meet
from samtun.operation.help_requests.rules import may_follow_up
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.persons.queries import any_dead
from samtun.work.todos.actions import close_todos, open_todo

MORNING = dt.time(7)


class HeldAlready(Refused):
    """This talk has been noted already. Look at what stands."""


class NextHasBeen(Refused):
    """The next talk must be today or later. Choose another day, or say that the arrangement has ended."""


def begin(*, match: Match, by: Viewer, at: dt.datetime) -> list[FollowUp]:
    """Plan the first talks for two who meet one to one, or again and again; none when they are planned already.

    What was agreed may be heard of late: with one who has died since nothing is planned.
    """
    if not by.is_system:
        raise NotYours
    request, volunteer = match.request, match.volunteer
    if any_dead([request.recipient_id, volunteer.person_id]):
        return []
    days = rhythm_of(request, volunteer.id, on=wall(at).date())
    if days is None:
        return []
    with transaction.atomic():
        return [
            made
            for side in Side
            if (made := _plan(request.owner_id, request.recipient_id, volunteer.id, side, days=days, at=at))
        ]


def _plan(
    owner: uuid.UUID, recipient: uuid.UUID, volunteer: uuid.UUID, side: str, *, days: int, at: dt.datetime,
    on: dt.date | None = None,
) -> FollowUp | None:  # fmt: skip
    """Plan one talk, `days` opening days from now unless a day is given; None when one is planned already."""
    due = on or opening_hours_of(owner).after_days(wall(at), days).date()
    row, fresh = FollowUp.objects.get_or_create(
        owner_id=owner, recipient_id=recipient, volunteer_id=volunteer, side=side, held_at=None, ended_at=None,
        defaults={"due_on": due, "days": days, "made_at": at},
    )  # fmt: skip
    if not fresh:
        return None
    wait = at_wall(due, MORNING) - at
    defer("help_requests.follow_up_due", follow_up_id=row.id, schedule_in=max(int(wait.total_seconds()), 1))
    return row


def follow_up_due(*, follow_up: FollowUp, by: Viewer, at: dt.datetime) -> bool:
    """Put a planned talk on the desk when its day has come; end it when the two no longer meet. False when ended."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        row = FollowUp.objects.select_for_update(of=("self",)).get(id=follow_up.id)
        today = wall(at).date()
        if row.held_at or row.ended_at or row.due_on > today:
            return False
        if not still_meet(row, on=today):
            row.ended_at = at
            row.save(update_fields=["ended_at"])
            return False
        about = row.recipient if row.side == Side.PERSON else row.volunteer.person
        open_todo(
            ref=Ref("follow_up", row.id), reason=f"talk_{row.side}", about=about.initials, owner=row.owner_id, at=at,
            audience=Permission.HANDLE_REQUESTS, due=opening_hours_of(row.owner_id).after_days(wall(at), 1),
        )  # fmt: skip
    return True


def note_talk(
    *, follow_up: FollowUp, note: str, next_on: dt.date | None, has_ended: bool, by: Viewer, at: dt.datetime
) -> FollowUp | None:
    """Note that a talk has been held, with a few neutral words about the arrangement; return the next one, if any.

    Without a day the next follows the rhythm. An arrangement that has ended has no more talks at either end.
    """
    if not may_follow_up(by, follow_up):
        raise NotYours
    if next_on and next_on < wall(at).date():
        raise NextHasBeen
    with transaction.atomic():
        row = FollowUp.objects.select_for_update(of=("self",)).get(id=follow_up.id)
        if row.held_at or row.ended_at:
            raise HeldAlready
        row.held_at, row.held_by, row.note = at, by.name[:160], note.strip()[:300]
        row.save(update_fields=["held_at", "held_by", "note"])
        ref = Ref("follow_up", row.id)
        close_todos(ref=ref, by=by, at=at)
        record("help_requests.talk_held", ref, by=by, at=at, side=row.side)
        if has_ended:
            _end_both(row, by=by, at=at)
            return None
        return _plan(
            row.owner_id, row.recipient_id, row.volunteer_id, row.side, days=row.days, on=next_on, at=at
        )  # fmt: skip


def _end_both(row: FollowUp, *, by: Viewer, at: dt.datetime) -> None:
    planned = FollowUp.objects.filter(
        owner=row.owner_id, recipient=row.recipient_id, volunteer=row.volunteer_id, held_at=None, ended_at=None
    )
    for other in planned.order_by("id"):
        other.ended_at = at
        other.save(update_fields=["ended_at"])
        close_todos(ref=Ref("follow_up", other.id), by=by, at=at)
