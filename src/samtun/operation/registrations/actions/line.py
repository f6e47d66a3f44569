"""The lock on a time and its line: whoever is first and fits is moved up, with time to answer."""

import datetime as dt
import uuid

from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.operation.activities.enums import OccurrenceState
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.registrations.enums import RegistrationState as State
from samtun.operation.registrations.models import Registration
from samtun.operation.registrations.notices import PlaceOffered, PlaceSoon
from samtun.operation.registrations.queries.standing import lines_of
from samtun.operation.registrations.rules import (
    GOES_ON,
    HOLDS_PLACE,
    InLine,
    answer_before,
    answer_soon,
    asks_soon,
    is_late,
    is_off,
    is_whole,
    whom_to_ask,
)


class NotThatStepNow(Refused):
    """It stands otherwise now. Look at what the page says."""


def locked(occurrence: Occurrence) -> Occurrence:
    """Return a time as it stands now, its list kept from others until the act is done.

    Where one signs up for the whole activity, the list is the activity's, and it is what is kept. How one signs up is
    read again once the list is ours: it may have been changed while we waited.
    """
    rows = Occurrence.objects.select_related("host")
    activities = Activity.objects.select_related("owner")
    thought_whole = is_whole(Activity.objects.get(id=occurrence.activity_id))
    if thought_whole:
        activity = activities.select_for_update(of=("self",)).get(id=occurrence.activity_id)
        row = rows.get(id=occurrence.id)
    else:
        row = rows.select_for_update(of=("self",)).get(id=occurrence.id)
        activity = activities.get(id=occurrence.activity_id)
    if is_whole(activity) != thought_whole:
        return locked(occurrence)
    row.activity = activity
    return row


def holding(row: Registration, *, at: dt.datetime) -> Occurrence:
    """Return the time whose list a registration stands on: for a whole activity its next time.

    When none is left it is the last one that was; when there was none, one that was taken out.
    """
    if row.occurrence_id is not None:
        return Occurrence.objects.get(id=row.occurrence_id)
    every = Occurrence.objects.filter(activity=row.activity_id)
    rows = every.exclude(state=OccurrenceState.DROPPED)
    found = rows.filter(starts_at__gte=at).order_by("starts_at").first() or rows.order_by("-starts_at").first()
    return found or every.latest("starts_at")


def free_places(occurrence: Occurrence) -> int | None:
    """Return how many places are free, under the lock; None when there is no limit."""
    most = occurrence.activity.most
    if most is None:
        return None
    return most - lines_of(occurrence.activity, occurrence).filter(state__in=HOLDS_PLACE).count()


def go_to(row: Registration, state: State, *, at: dt.datetime, until: dt.datetime | None = None) -> None:
    """Take a registration on to a state; NotThatStepNow when it does not follow from where it is."""
    if state not in GOES_ON[State(row.state)]:
        raise NotThatStepNow
    row.state, row.offered_until = state, until
    row.settled_at = at if state in {State.CANCELLED, State.LAPSED} else None
    row.save(update_fields=["state", "offered_until", "settled_at"])


def move_up(occurrence: Occurrence, *, by: Viewer, at: dt.datetime) -> int:
    """Offer what is free to the first in line who fit, under the caller's lock; return how many hold a place by it.

    Those who signed up together are moved up together: a group that does not fit waits, and the next is asked. When it
    is late, only those are asked who can come at short notice.
    """
    whole = is_whole(occurrence.activity)
    is_on = occurrence.state == OccurrenceState.PLANNED and not is_off(occurrence, occurrence.activity)
    if not is_on or occurrence.starts_at <= at:
        return 0
    waits = lines_of(occurrence.activity, occurrence).filter(state=State.WAITING)
    groups: dict[uuid.UUID, list[Registration]] = {}
    for row in waits.order_by("line_since", "group", "number"):
        groups.setdefault(row.group, []).append(row)
    line = list(groups.values())
    late = is_late(None if whole else occurrence.starts_at, at)
    usual = answer_before(occurrence.activity, None if whole else occurrence, at)
    until = answer_soon(occurrence.starts_at, at) if late else usual
    if until is None:
        return 0
    in_line = [InLine(len(group), group[0].at_short_notice) for group in line]
    asked = whom_to_ask(in_line, free_places(occurrence), late=late)
    for number in asked:
        _offer(occurrence, line[number], until, late=late, by=by, at=at)
    return sum(in_line[number].size for number in asked)


def _offer(
    occurrence: Occurrence, group: list[Registration], until: dt.datetime, *, late: bool, by: Viewer, at: dt.datetime
) -> None:  # fmt: skip
    for row in group:
        go_to(row, State.OFFERED, at=at, until=until)
    first = group[0]
    record("registrations.move_up", Ref("occurrence", occurrence.id), by=by, at=at, number=len(group))
    if first.contact_id:
        queue(
            notice=PlaceSoon if late else PlaceOffered, ref_kind="registration", ref_id=first.id, to=first.contact_id,
            owner=occurrence.activity.owner_id, by=by, at=at, not_before=asks_soon(at) if late else None,
        )  # fmt: skip
    seconds = max(int((until - at).total_seconds()) + 1, 1)
    defer("registrations.pass_on", registration_id=first.id, schedule_in=seconds)
