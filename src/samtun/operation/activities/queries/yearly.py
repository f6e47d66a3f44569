"""The year of those who publish: what has a day, what is pencilled in, what was held last year and is not there yet."""

import datetime as dt
import uuid
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours
from samtun.operation.activities.enums import ActivityState, OccurrenceState, Repeat
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.activities.rules import YEAR

MOST = 120


class Feast(NamedTuple):
    """Something that is held some time of the year; `stands` is set, pencil, or again: held last year, not yet in."""

    activity: uuid.UUID
    title: str
    on: dt.date
    stands: str


def year_of(viewer: Viewer, *, on: dt.date) -> list[Feast]:
    """Return the feasts and seasons of one's own owners in the year ahead, in their order; never what runs all year."""
    if not viewer.may(Permission.PUBLISH):
        raise NotYours
    own = Q(activity__owner__in=viewer.owners) & (Q(activity__repeat=Repeat.ONCE) | ~Q(activity__until=None))
    ahead = Occurrence.objects.filter(own, on__gte=on, on__lt=on + YEAR, state__in=["planned", "pencil"])
    firsts = ahead.order_by("activity", "on").distinct("activity").values_list("activity", "title", "on", "state")
    there = [
        Feast(key, title, day, "pencil" if state == OccurrenceState.PENCILLED else "set")
        for key, title, day, state in firsts[:MOST]
    ]
    missing = [Feast(row.id, row.title, row.starts_on + YEAR, "again") for row in not_yet(viewer, on=on)]
    return sorted(there + missing, key=lambda one: (one.on, one.title, one.activity))


def not_yet(viewer: Viewer, *, on: dt.date) -> list[Activity]:
    """Return what one's own owners held in the year that has been and have not pencilled in again."""
    if not viewer.may(Permission.PUBLISH):
        raise NotYours
    begun = Activity.objects.filter(year_of=OuterRef("pk")).exclude(state=ActivityState.ENDED)
    rows = Activity.objects.filter(
        Q(repeat=Repeat.ONCE) | ~Q(until=None), owner__in=viewer.owners, starts_on__gte=on - YEAR, starts_on__lt=on,
        state__in=[ActivityState.OPEN, ActivityState.ENDED],
    )  # fmt: skip
    return list(rows.exclude(Exists(begun)).select_related("owner").order_by("starts_on", "title", "id")[:MOST])
