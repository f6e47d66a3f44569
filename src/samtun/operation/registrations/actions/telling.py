"""All who come hear of a change, each contact once, on their own channel."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation import recipients
from samtun.foundation.notices import Notice, notice_of
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.notifications.messages.queries import way_to
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.registrations.models import Minimum, Registration
from samtun.operation.registrations.notices import NotOn, SomethingNew, TimeChanged, TimeOff, TimeOn
from samtun.operation.registrations.queries.missed import NOT_ON, contacts_missing, missed
from samtun.operation.registrations.queries.own import contacts_of
from samtun.operation.registrations.queries.standing import time_told
from samtun.people.persons.models import Person
from samtun.work.todos.actions import close_todos

NOTICES: dict[str, type[Notice]] = {"off": TimeOff, "changed": TimeChanged, "on": TimeOn}


def tell_all(time: Occurrence, notice: type[Notice], *, by: Viewer, at: dt.datetime) -> int:
    """Send a notice to every contact of a time, once each; return how many. Whoever has no texts is to be rung."""
    persons = contacts_of(time)
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
        return tell_all(time, NOTICES[what], by=by, at=at)


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
