"""Ordinary activities, one line each; and a wish that is answered by one of them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.operation.help_requests.actions import met_otherwise
from samtun.operation.help_requests.enums import SEEKING
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.networks.models import Activity, Answered
from samtun.operation.networks.notices import ComeAlong
from samtun.operation.networks.rules import STILL_TRUE, may_keep
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.places.models import Village
from samtun.work.todos.actions import close_todos, open_todo

MORNING = dt.time(7)


class NoLongerThere(Refused):
    """This activity no longer stands among those that are there."""


class NotOpenToAnswer(Refused):
    """This wish is not waiting for anyone now. Look at what stands."""


class AnsweredAlready(Refused):
    """This wish has been answered with an ordinary activity already."""


@dataclass(frozen=True, slots=True)
class Line:
    """One typed line: what, where, when, whom to meet. Weekday 0 is Monday, `at` wall time."""

    what: str
    place: str
    weekday: int
    at: dt.time
    meets_name: str
    meets_phone: str
    run_by: str = ""
    village: Village | None = None
    kinds: Collection[str] = ()


def write_line(*, owner: Owner, line: Line, by: Viewer, at: dt.datetime) -> Activity:
    """Write an ordinary activity down; it is believed for half a year."""
    if not (by.is_system or (owner.id in by.owners and by.may(Permission.HANDLE_REQUESTS))):
        raise NotYours
    with transaction.atomic():
        made = Activity(owner=owner, made_at=at)
        _take(made, line, at=at)
        made.save(force_insert=True)
        record("networks.activity", Ref("activity", made.id), by=by, at=at, what=made.what)
        _ask_again(made, at=at)
    return made


def change_line(*, activity: Activity, line: Line, by: Viewer, at: dt.datetime) -> Activity:
    """Change what stands; then it is believed for another half year."""
    with transaction.atomic():
        current = _lock(activity, by)
        _take(current, line, at=at)
        current.save()
        _believed(current, by=by, at=at)
        record("networks.activity_changed", Ref("activity", current.id), by=by, at=at)
    return current


def still_true(*, activity: Activity, by: Viewer, at: dt.datetime) -> Activity:
    """Note that somebody has asked and it is still so: another half year."""
    with transaction.atomic():
        current = _lock(activity, by)
        current.true_until = wall(at).date() + STILL_TRUE
        current.save(update_fields=["true_until"])
        _believed(current, by=by, at=at)
        record("networks.activity_true", Ref("activity", current.id), by=by, at=at)
    return current


def retire(*, activity: Activity, by: Viewer, at: dt.datetime) -> Activity:
    """Note that it is no longer there: it is not suggested any more. Where it stands around somebody, it stands."""
    with transaction.atomic():
        current = _lock(activity, by)
        current.retired_at = at
        current.save(update_fields=["retired_at"])
        close_todos(ref=Ref("activity", current.id), by=by, at=at)
        record("networks.activity_retired", Ref("activity", current.id), by=by, at=at)
    return current


def line_due(*, activity: Activity, by: Viewer, at: dt.datetime) -> bool:
    """Put on the desk that somebody should ask whether it is still so; False when nobody needs to."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        current = Activity.objects.get(id=activity.id)
        if current.retired_at or current.true_until >= wall(at).date():
            return False
        open_todo(
            ref=Ref("activity", current.id), reason="still_true", about=current.what, owner=current.owner_id, at=at,
            audience=Permission.HANDLE_REQUESTS, due=opening_hours_of(current.owner_id).after_days(wall(at), 5),
        )  # fmt: skip
    return True


def answer_with(
    *, request: HelpRequest, activity: Activity, with_company: bool, by: Viewer, at: dt.datetime
) -> Answered:
    """Answer a wish with an ordinary activity: the person hears who meets them, when and where.

    With company the first time the wish stays open, and somebody is found to come along.
    """
    if not may_keep(by, activity) or request.owner_id != activity.owner_id:
        raise NotYours
    try:
        with transaction.atomic():
            current = _lock(activity, by)
            if request.state not in SEEKING:
                raise NotOpenToAnswer
            made = Answered.objects.create(
                owner_id=activity.owner_id, request=request, activity=current, with_company=with_company, made_at=at,
                made_by=by.name[:160],
            )  # fmt: skip
            record("networks.answered", Ref("help_request", request.id), by=by, at=at, what=current.what)
            if not with_company:
                met_otherwise(request=request, words=current.what, by=by, at=at)
            queue(
                notice=ComeAlong, ref_kind="answered", ref_id=made.id, to=request.recipient_id,
                owner=activity.owner_id, by=by, at=at,
            )  # fmt: skip
    except IntegrityError as fault:
        raise AnsweredAlready from fault
    return made


def _take(row: Activity, line: Line, *, at: dt.datetime) -> None:
    row.what, row.place, row.weekday, row.at = line.what.strip()[:60], line.place.strip()[:60], line.weekday, line.at
    row.meets_name, row.meets_phone = line.meets_name.strip()[:30], line.meets_phone
    row.run_by, row.village, row.kinds = line.run_by.strip()[:80], line.village, sorted(line.kinds)
    row.true_until = wall(at).date() + STILL_TRUE


def _believed(row: Activity, *, by: Viewer, at: dt.datetime) -> None:
    close_todos(ref=Ref("activity", row.id), by=by, at=at)
    _ask_again(row, at=at)


def _ask_again(row: Activity, *, at: dt.datetime) -> None:
    morning = at_wall(row.true_until + dt.timedelta(days=1), MORNING)
    defer("networks.line_due", activity_id=row.id, schedule_in=int((morning - at).total_seconds()))


def _lock(activity: Activity, by: Viewer) -> Activity:
    current = Activity.objects.select_for_update(of=("self",)).get(id=activity.id)
    if not may_keep(by, current):
        raise NotYours
    if current.retired_at:
        raise NoLongerThere
    return current
