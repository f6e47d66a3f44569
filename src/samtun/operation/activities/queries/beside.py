"""What else is on then, for the same people: told to whoever plans something, never a hindrance (R43)."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours
from samtun.operation.activities.enums import OccurrenceState, Repeat
from samtun.operation.activities.models import Occurrence
from samtun.operation.activities.rules import times_of

STANDING = (OccurrenceState.PLANNED, OccurrenceState.PENCILLED)
EVERYONE = "everyone"
AROUND = 16
MOST_DAYS = 3


class Clash(StrEnum):
    """How near something else is."""

    SAME_TIME = "same_time"
    SAME_DAY = "same_day"
    NEXT_DAY = "next_day"


@dataclass(frozen=True, slots=True)
class Planned:
    """What somebody plans: when, for whom and where. `activity` is the one being changed."""

    on: dt.date
    at: dt.time
    to: dt.time
    groups: frozenset[str] = frozenset()
    village: uuid.UUID | None = None
    category: str = ""
    activity: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """Something else that is on: when, what and whose. A pencilled date says so."""

    on: dt.date
    at: dt.time
    to: dt.time
    title: str
    host_name: str
    village_name: str
    is_pencilled: bool
    clash: Clash


@dataclass(frozen=True, slots=True)
class _Row:
    on: dt.date
    at: dt.time
    to: dt.time
    title: str
    host_name: str
    village_name: str
    state: str
    groups: list[str]
    village_id: uuid.UUID | None
    category: str
    repeat: str


def beside(viewer: Viewer, planned: Planned) -> list[Beside]:
    """Return what is on at the same time, the same day, and, of feasts and the like of it, on the days beside."""
    rows = _rows(viewer, planned, days=1)
    found = [(row, clash) for row in rows if (clash := _clash(row, planned, planned.on))]
    order = list(Clash)
    found.sort(key=lambda pair: (order.index(pair[1]), pair[0].on, pair[0].at))
    return [
        Beside(
            row.on, row.at, row.to, row.title, row.host_name, row.village_name,
            row.state == OccurrenceState.PENCILLED, clash,
        )
        for row, clash in found
    ]  # fmt: skip


def better_days(viewer: Viewer, planned: Planned, *, today: dt.date) -> list[dt.date]:
    """Return up to three days near the wanted one on which nothing else is on for the same people, nearest first.

    They are the same sort of day: a Friday evening is moved to another weekday's evening, a Sunday to a Saturday.
    """
    rows = _rows(viewer, planned, days=AROUND + 1)
    sort = _sort_of(planned.on, planned.at)
    days = (planned.on + dt.timedelta(days=n) for step in range(1, AROUND) for n in (-step, step))
    free = [
        day
        for day in days
        if day > today and _sort_of(day, planned.at) == sort and not any(_clash(row, planned, day) for row in rows)
    ]
    free.sort(key=lambda day: (abs((day - planned.on).days) + (0 if day.weekday() == planned.on.weekday() else 2), day))
    return sorted(free[:MOST_DAYS])


def _sort_of(day: dt.date, at: dt.time) -> tuple[bool, bool]:
    times = times_of(day, at)
    return "evening" in times, bool(times & {"saturday", "sunday", "holiday"})


def _rows(viewer: Viewer, planned: Planned, *, days: int) -> list[_Row]:
    if not viewer.may(Permission.PUBLISH):
        raise NotYours
    near = dt.timedelta(days=days)
    rows = Occurrence.objects.filter(
        state__in=STANDING, on__gte=planned.on - near, on__lte=planned.on + near, activity__is_listed=True
    )
    if planned.activity:
        rows = rows.exclude(activity=planned.activity)
    fields = (
        "on", "at", "to", "title", "host_name", "village_name", "state", "groups", "village_id", "category",
        "activity__repeat",
    )  # fmt: skip
    return [_Row(*row) for row in rows.order_by("on", "at", "id").values_list(*fields)[:3000]]


def _clash(row: _Row, planned: Planned, day: dt.date) -> Clash | None:
    """Tell how near something is to what is planned, were it on `day`; None when it is for others or far away."""
    apart = abs((row.on - day).days)
    if apart > 1 or not _same_people(row, planned):
        return None
    if apart == 1:
        feast = row.repeat == Repeat.ONCE or row.category == planned.category
        return Clash.NEXT_DAY if feast else None
    return Clash.SAME_TIME if _overlap(row.at, row.to, planned.at, planned.to) else Clash.SAME_DAY


def _overlap(at: dt.time, to: dt.time, other_at: dt.time, other_to: dt.time) -> bool:
    """Tell whether two times of a day overlap; one that ends after midnight lasts the day out."""
    end, other_end = (to if to > at else dt.time.max), (other_to if other_to > other_at else dt.time.max)
    return at < other_end and other_at < end


def _same_people(row: _Row, planned: Planned) -> bool:
    same_place = row.village_id is not None and row.village_id == planned.village
    return same_place or _shared(row.groups, planned.groups)


def _shared(one: Collection[str], other: Collection[str]) -> bool:
    return not one or not other or EVERYONE in one or EVERYONE in other or bool(set(one) & set(other))
