"""How it stands with places: how many come, how many wait, whether the list is still open."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from samtun.operation.activities.enums import BY_ONESELF, ActivityState, OccurrenceState
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.registrations.enums import RegistrationState as State
from samtun.operation.registrations.models import Registration
from samtun.operation.registrations.rules import HOLDS_PLACE, closes_at, is_whole


@dataclass(frozen=True, slots=True)
class Standing:
    """How many hold a place, how many are in line, how many there is room for, and when the list closes."""

    taken: int
    waiting: int
    most: int | None
    least: int | None
    closes_at: dt.datetime
    is_open: bool

    @property
    def free(self) -> int | None:
        """Return how many places are free; None when there is no limit."""
        return None if self.most is None else max(self.most - self.taken, 0)

    @property
    def is_full(self) -> bool:
        """Tell whether nobody more has room."""
        return self.free == 0

    @property
    def lacks(self) -> int:
        """Return how many more must come for it to be held."""
        return max((self.least or 0) - self.taken, 0)


def lines_of(activity: Activity, occurrence: Occurrence) -> QuerySet[Registration]:
    """Return the registrations that hold for a time: its own, or those for the whole activity."""
    rows = Registration.objects.filter(activity=activity)
    return rows.filter(occurrence=None) if is_whole(activity) else rows.filter(occurrence=occurrence)


def target_of(activity: Activity, occurrence: Occurrence) -> Occurrence | None:
    """Return what a registration stands on: the time, or None for the whole activity."""
    return None if is_whole(activity) else occurrence


def standing(occurrence: Occurrence, *, at: dt.datetime) -> Standing:
    """Return how it stands with places at a time."""
    activity = occurrence.activity
    found = lines_of(activity, occurrence).aggregate(
        taken=Count("id", filter=Q(state__in=HOLDS_PLACE)), waiting=Count("id", filter=Q(state=State.WAITING))
    )
    closes = closes_at(activity, occurrence)
    goes = occurrence.state == OccurrenceState.PLANNED and activity.sign_up in BY_ONESELF
    return Standing(
        taken=found["taken"], waiting=found["waiting"], most=activity.most, least=activity.least, closes_at=closes,
        is_open=goes and at < closes,
    )  # fmt: skip


def time_told(occurrence_id: uuid.UUID) -> Occurrence | None:
    """Return a time as those who come hear of it; None when it is no more."""
    rows = Occurrence.objects.select_related("activity__owner", "host")
    return rows.filter(id=occurrence_id).first()


def has_ended(occurrence: Occurrence) -> bool:
    """Tell whether a time was taken out because all of an activity that one signs up for as a whole has ended."""
    activity = occurrence.activity
    ended = activity.state == ActivityState.ENDED and occurrence.state == OccurrenceState.DROPPED
    return ended and is_whole(activity)


def first_taken_out(activity: Activity) -> Occurrence:
    """Return the first time that is not held any more of an activity that has ended."""
    out = Occurrence.objects.filter(activity=activity, state=OccurrenceState.DROPPED, ends_at__gt=activity.ended_at)
    return out.select_related("activity").earliest("starts_at")
