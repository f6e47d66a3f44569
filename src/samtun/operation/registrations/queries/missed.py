"""What those who signed up miss when all of an activity is off the open pages."""

import datetime as dt
import uuid

from django.db.models import QuerySet

from samtun.operation.activities.enums import ActivityState, OccurrenceState
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.registrations.models import Registration
from samtun.operation.registrations.rules import TOLD
from samtun.people.persons.queries import everyone_of

NOT_ON = (ActivityState.TAKEN_DOWN, ActivityState.DRAFT, ActivityState.WAITING, ActivityState.ENDED)
STOOD = [OccurrenceState.PLANNED, OccurrenceState.PENCILLED]


def missed(activity: Activity, *, at: dt.datetime) -> QuerySet[Occurrence]:
    """Return the times of an activity that were to come and that nobody is to come to now, in order."""
    states = [*STOOD, OccurrenceState.DROPPED] if activity.state == ActivityState.ENDED else STOOD
    rows = Occurrence.objects.filter(activity=activity, starts_at__gt=at, state__in=states)
    return rows.select_related("activity").order_by("starts_at")


def contacts_missing(activity: Activity, *, at: dt.datetime) -> list[uuid.UUID]:
    """Return the persons who were to come, or stood in line, each once."""
    times = set(missed(activity, at=at).values_list("id", flat=True))
    rows = Registration.objects.filter(activity=activity, contact__isnull=False, state__in=TOLD, erased_at=None)
    found = rows.values_list("contact", "occurrence")
    return sorted({contact for contact, time in found if contact and (time in times or (time is None and times))})


def first_missed(person: uuid.UUID, activity: Activity, *, at: dt.datetime) -> Occurrence | None:
    """Return the first time somebody was to come to; None when it is on again, or they were to come to none."""
    if activity.state not in NOT_ON:
        return None
    rows = Registration.objects.filter(activity=activity, contact__in=everyone_of(person), state__in=TOLD)
    mine = set(rows.values_list("occurrence", flat=True))
    times = missed(activity, at=at)
    return (times if None in mine else times.filter(id__in=mine)).first()
