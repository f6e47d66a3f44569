"""All who come hear of a change, each contact once, on their own channel."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction

from samtun.foundation import recipients
from samtun.foundation.audit import record
from samtun.foundation.notices import Notice, notice_of
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.notifications.messages.models import Message
from samtun.notifications.messages.queries import way_to
from samtun.operation.activities.enums import OccurrenceState
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.registrations.actions.line import go_to, locked
from samtun.operation.registrations.enums import RegistrationState as State
from samtun.operation.registrations.models import Minimum, Registration
from samtun.operation.registrations.notices import NotOn, SomethingNew, TimeChanged, TimeOff, TimeOn
from samtun.operation.registrations.queries.missed import NOT_ON, contacts_missing, missed
from samtun.operation.registrations.queries.own import contacts_of
from samtun.operation.registrations.queries.standing import has_ended, time_told
from samtun.people.persons.models import Person
from samtun.work.todos.actions import close_todos

NOTICES: dict[str, type[Notice]] = {"off": TimeOff, "changed": TimeChanged, "on": TimeOn}


def tell_all(time: Occurrence, notice: type[Notice], *, by: Viewer, at: dt.datetime) -> int:
    """Send a notice to every contact of a time, once each; return how many. Whoever has no texts is to be rung."""
    return _tell(time, notice, contacts_of(time), by=by, at=at)


def _tell(
    time: Occurrence, notice: type[Notice], persons: Collection[uuid.UUID], *, by: Viewer, at: dt.datetime
) -> int:
    for person in persons:
        queue(
            notice=notice, ref_kind="occurrence", ref_id=time.id, to=person, owner=time.activity.owner_id, by=by, at=at
        )
    return len(persons)


def tell_of(*, occurrence: uuid.UUID, what: str, by: Viewer, at: dt.datetime) -> int:
    """Let all who come hear what happened to a time; return how many contacts there are."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        time = time_told(occurrence)
        if time is None:
            return 0
        close_todos(ref=Ref("registrations", time.id), by=by, at=at, reasons=("too_few",))
        if what == "changed":
            Minimum.objects.filter(occurrence=time, is_reached=False, runs_anyway=False).delete()
        if what == "off" and has_ended(time):
            return _tell_that_it_has_ended(locked(time), by=by, at=at)
        return tell_all(time, NOTICES[what], by=by, at=at)


def _tell_that_it_has_ended(time: Occurrence, *, by: Viewer, at: dt.datetime) -> int:
    """Tell each contact of a whole activity once, however many times were taken out, and end the line to it.

    Under the caller's lock, since each time that was taken out is told of by a job of its own.
    """
    times = Occurrence.objects.filter(activity=time.activity_id).values("id")
    sent = Message.objects.filter(notice=TimeOff.key, ref_id__in=times, made_at__gte=time.activity.ended_at)
    told = set(sent.values_list("to_person", flat=True))
    number = _tell(time, TimeOff, [one for one in contacts_of(time) if one not in told], by=by, at=at)
    _end_the_line(time.activity, by=by, at=at)
    return number


def _end_the_line(activity: Activity, *, by: Viewer, at: dt.datetime) -> None:
    """End what can come to nothing: those in line; and those on the list too, when it was never held."""
    happens = [OccurrenceState.PLANNED, OccurrenceState.HELD]
    been = Occurrence.objects.filter(activity=activity, starts_at__lte=at, state__in=happens).exists()
    over = [State.WAITING, State.OFFERED, State.LAPSED, *([] if been else [State.COMING])]
    rows = Registration.objects.filter(activity=activity, occurrence=None, state__in=over, erased_at=None)
    ended = list(rows.order_by("id"))
    for row in ended:
        go_to(row, State.CANCELLED, at=at)
    if ended:
        record("registrations.end", Ref("programme", activity.id), by=by, at=at, number=len(ended))


def tell_not_on(*, activity: uuid.UUID, by: Viewer, at: dt.datetime) -> int:
    """Let all who come to what was taken down hear it once, however many times they come; return how many contacts."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        found = Activity.objects.get(id=activity)
        if found.state not in NOT_ON:
            return 0
        few = Minimum.objects.filter(occurrence__in=missed(found, at=at).values("id"))
        for time in few.values_list("occurrence", flat=True):
            close_todos(ref=Ref("registrations", time), by=by, at=at, reasons=("too_few",))
        persons = contacts_missing(found, at=at)
        for person in persons:
            queue(notice=NotOn, ref_kind="programme", ref_id=found.id, to=person, owner=found.owner_id, by=by, at=at)
    return len(persons)


def tell_of_own_page(row: Registration, *, by: Viewer, at: dt.datetime) -> bool:
    """Send somebody to their own page the morning after, where something new about paying stands; return whether.

    The text says nothing that others could read out of it. Only where a text or a mail gets there by itself: nobody is
    asked to ring about it, since they would learn of it. An empty card and what has come in are told alike.
    """
    holder = row.contact or row.person
    to = recipients.resolve(holder.id) if holder else None
    if holder is None or to is None or way_to(to, notice_of(SomethingNew.key)) != to.channel:
        return False
    if to.channel == "sms" and holder.phone_kind == Person.Reached.LANDLINE:
        return False
    morning = (wall(at) + dt.timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    queue(
        notice=SomethingNew, ref_kind="registration", ref_id=row.id, to=holder.id, owner=row.activity.owner_id, by=by,
        at=at, not_before=morning,
    )  # fmt: skip
    return True
