"""Places of a whole activity that somebody does not use one time, and who in line is asked about that time."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from samtun.operation.activities.enums import OccurrenceState
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations.enums import Answer, OneTimeState
from samtun.operation.registrations.enums import RegistrationState as State
from samtun.operation.registrations.models import Attendance, OneTime, Registration
from samtun.operation.registrations.queries.standing import lines_of
from samtun.operation.registrations.rules import HOLDS_PLACE, is_whole


@dataclass(frozen=True, slots=True)
class Spare:
    """How many places nobody uses that time, and who waits, in line, each with what was asked."""

    free: int
    waiting: tuple[tuple[Registration, OneTime | None], ...]


def can_share(occurrence: Occurrence, *, at: dt.datetime) -> bool:
    """Tell whether a place somebody does not use at a time may go to another for that time."""
    activity = occurrence.activity
    return (
        activity.shares_single and is_whole(activity) and occurrence.state == OccurrenceState.PLANNED
        and occurrence.starts_at > at
    )  # fmt: skip


def free_that_time(occurrence: Occurrence, *, at: dt.datetime) -> int:
    """Return how many places nobody uses that time, without those that are promised or thought about."""
    held = lines_of(occurrence.activity, occurrence).filter(state__in=HOLDS_PLACE).values("id")
    left = Attendance.objects.filter(occurrence=occurrence, answer=Answer.NOT, registration__in=held).count()
    live = Q(state=OneTimeState.YES) | Q(state=OneTimeState.OFFERED, until__gt=at)
    waiting = Q(registration__state=State.WAITING)
    return max(left - OneTime.objects.filter(live & waiting, occurrence=occurrence).count(), 0)


def spare(occurrence: Occurrence, *, at: dt.datetime) -> Spare | None:
    """Return what could be offered for a time; None where the activity does not share, or nothing is to be said."""
    if not can_share(occurrence, at=at):
        return None
    rows = lines_of(occurrence.activity, occurrence).filter(state=State.WAITING, erased_at=None)
    asked = {one.registration_id: one for one in OneTime.objects.filter(occurrence=occurrence)}
    found = Spare(
        free_that_time(occurrence, at=at),
        tuple((row, asked.get(row.id)) for row in rows.order_by("line_since", "group", "number")),
    )  # fmt: skip
    return found if found.waiting and (found.free or asked) else None


def asked_once(rows: list[Registration], *, at: dt.datetime) -> list[OneTime]:
    """Return the single times those who signed up together are asked about, or have said yes to; the next first."""
    live = Q(state=OneTimeState.YES) | Q(state=OneTimeState.OFFERED, until__gt=at)
    found = OneTime.objects.filter(live, registration__in=rows, occurrence__starts_at__gt=at)
    standing = found.filter(registration__state=State.WAITING, occurrence__state=OccurrenceState.PLANNED)
    return list(standing.select_related("registration", "occurrence").order_by("occurrence__starts_at", "id"))
