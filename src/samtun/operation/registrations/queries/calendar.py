"""What stands in somebody's own calendar: what they are signed up for, and nothing of anybody else."""

import datetime as dt
import uuid
from typing import NamedTuple

from django.db.models import Q

from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.operation.activities.enums import OccurrenceState
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations.enums import RegistrationState as State
from samtun.operation.registrations.models import Attendance, OwnCalendar, Registration
from samtun.operation.registrations.queries.own import own_path
from samtun.operation.registrations.rules import calendar_token, hash_of
from samtun.people.persons.queries import everyone_of

BACK, AHEAD, MOST = dt.timedelta(days=28), dt.timedelta(days=400), 500
NOT_SHOWN = (OccurrenceState.PENCILLED, OccurrenceState.DROPPED)


class OwnTime(NamedTuple):
    """A time somebody is signed up for. Of a closed list the day alone is told (R59); `path` is their own page."""

    row: Occurrence
    is_hidden: bool
    path: str


def own_calendar(viewer: Viewer) -> str:
    """Return what the address of somebody's own calendar ends with; empty when they have none."""
    found = OwnCalendar.objects.filter(person=viewer.person, ended_at=None).first() if viewer.person else None
    return calendar_token(found.id) if found else ""


def calendar_times(token: str, *, on: dt.date) -> list[OwnTime]:
    """Return the times behind an address, in order; NotYours for an address of nobody."""
    found = OwnCalendar.objects.filter(key_hash=hash_of(token), ended_at=None, person__died_on=None).first()
    if found is None:
        raise NotYours
    mine = everyone_of(found.person_id)
    rows = Registration.objects.filter(Q(contact__in=mine) | Q(person__in=mine), state=State.COMING, erased_at=None)
    single: dict[uuid.UUID, Registration] = {}
    whole: dict[uuid.UUID, Registration] = {}
    for row in rows.order_by("made_at").only("occurrence", "activity", "group", "id"):
        if row.occurrence_id:
            single.setdefault(row.occurrence_id, row)
        else:
            whole.setdefault(row.activity_id, row)
    not_then = set(
        Attendance.objects.filter(registration__in=[row.id for row in whole.values()], answer="not")
        .values_list("occurrence", flat=True)
    )  # fmt: skip
    times = Occurrence.objects.filter(
        Q(id__in=single) | Q(activity__in=whole), on__gte=on - BACK, on__lte=on + AHEAD
    ).exclude(state__in=NOT_SHOWN).exclude(id__in=not_then)  # fmt: skip
    told = times.select_related("activity").order_by("starts_at", "id")[:MOST]
    return [_told(time, (single.get(time.id) or whole[time.activity_id]).group) for time in told]


def _told(time: Occurrence, group: uuid.UUID) -> OwnTime:
    return OwnTime(time, time.activity.is_closed, own_path(group))
