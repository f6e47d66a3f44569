"""What the timetable says of each coming time that one comes to by bus is written down, so that lists need not ask."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db import transaction

from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.operation.activities.models import BusWay, Occurrence
from samtun.operation.activities.rules import STANDS_OPEN, bus_of
from samtun.partners.catalogue.enums import Transport
from samtun.people.timetables.queries import Way, Ways, trusted
from samtun.people.timetables.rules import Ride

OF_A_RIDE = (
    "at", "arrives", "mode", "line", "stop", "change_at", "change_off", "change_stop", "change_mode", "change_line",
    "change_walk",
)  # fmt: skip
FIELDS = ("village_id", "walk", "must_ring", *(f"{way}_{name}" for way in ("there", "home") for name in OF_A_RIDE))


MOST_AT_ONCE = 50
"""So many times are kept from others at once, while what was found is written on them."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the timetable says of one time, and of what it was asked: it is written only where that still stands."""

    occurrence: uuid.UUID
    asked: tuple[object, ...]
    bus: str
    facts: list[dict[str, Any]]


def write_buses(
    *, activity: uuid.UUID | None = None, occurrence: uuid.UUID | None = None, place: uuid.UUID | None = None,
    by: Viewer, at: dt.datetime,
) -> int:  # fmt: skip
    """Write which bus there and home for what is to come: all of it, one activity's, one hall's, or one time.

    Return how many said something else before. Where the timetable knows nothing, nothing is said. It is worked out
    before anything is kept from others, and what was moved meanwhile is left to its own event.
    """
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        coming, ways = _read(activity=activity, occurrence=occurrence, place=place, at=at)
        found = _work_out(coming, ways)
        return sum(_write(some, ways, at=at) for some in batched(found, MOST_AT_ONCE, strict=False))


def write_all(*, tenant: uuid.UUID, place: uuid.UUID | None = None, at: dt.datetime) -> int:
    """Write it for all that is to come, or for one hall, a few times at a time, so that nobody waits meanwhile.

    Opens its scopes itself: one to read, none to work it out, and one for each few that are written.
    """
    with open_scope(tenant):
        coming, ways = _read(activity=None, occurrence=None, place=place, at=at)
    said = 0
    for some in batched(_work_out(coming, ways), MOST_AT_ONCE, strict=False):
        with open_scope(tenant):
            said += _write(some, ways, at=at)
    return said


def _read(
    *, activity: uuid.UUID | None, occurrence: uuid.UUID | None, place: uuid.UUID | None, at: dt.datetime
) -> tuple[list[Occurrence], Ways]:  # fmt: skip
    today = wall(at).date()
    if activity is None and occurrence is None and place is None:
        BusWay.objects.filter(occurrence__on__lt=today).delete()
    rows = Occurrence.objects.filter(on__gte=today, transport=Transport.PUBLIC, state__in=STANDS_OPEN)
    rows = rows.filter(activity=activity) if activity else rows
    rows = rows.filter(id=occurrence) if occurrence else rows
    rows = rows.filter(place=place) if place else rows
    coming = list(rows.select_related("place").order_by("id"))
    return coming, Ways(at, on={row.on for row in coming})


def _work_out(coming: Iterable[Occurrence], ways: Ways) -> list[Found]:
    found = []
    for row in coming:
        those = ways.between(row.place, row.starts_at, row.ends_at)
        found.append(Found(row.id, _asked(row), bus_of(those), [_facts(one) for one in those or ()]))
    return found


def _asked(row: Occurrence) -> tuple[object, ...]:
    place = row.place
    return row.starts_at, row.ends_at, place and (place.id, place.lat, place.lon, place.village_id)


def _write(found: Sequence[Found], ways: Ways, *, at: dt.datetime) -> int:
    """Write what was found on those times that stand as they were asked of, while the same timetable counts."""
    with transaction.atomic():
        counts = trusted(at)
        if (counts and counts.id) != (ways.timetable and ways.timetable.id):
            return 0
        rows = Occurrence.objects.select_for_update(of=("self",)).filter(id__in=[one.occurrence for one in found])
        rows = rows.filter(transport=Transport.PUBLIC, state__in=STANDS_OPEN).select_related("place").order_by("id")
        stands = {row.id: row for row in rows}
        before, said = _before(stands.values()), 0
        for one in found:
            row = stands.get(one.occurrence)
            if row is not None and _asked(row) == one.asked:
                said += _say(row, one.bus, one.facts, before.get(row.id, []))
    return said


def _before(coming: Iterable[Occurrence]) -> dict[uuid.UUID, list[dict[str, Any]]]:
    found: dict[uuid.UUID, list[dict[str, Any]]] = {}
    rows = BusWay.objects.filter(occurrence__in=[row.id for row in coming]).values("occurrence_id", *FIELDS)
    for row in rows:
        found.setdefault(row.pop("occurrence_id"), []).append(row)
    return found


def _say(row: Occurrence, bus: str, facts: list[dict[str, Any]], before: list[dict[str, Any]]) -> bool:
    def key(one: dict[str, Any]) -> str:
        return str(one["village_id"])

    ways_same = sorted(facts, key=key) == sorted(before, key=key)
    if ways_same and row.bus == bus:
        return False
    if not ways_same:
        BusWay.objects.filter(occurrence=row).delete()
        BusWay.objects.bulk_create([BusWay(occurrence=row, **one) for one in facts])
    Occurrence.objects.filter(id=row.id).update(bus=bus)
    return True


def _facts(way: Way) -> dict[str, Any]:
    rides = [ride for ride in (way.there, way.home) if ride]
    return {
        "village_id": way.village.id, "walk": max((ride.walk for ride in rides), default=0),
        "must_ring": any(ride.must_ring for ride in rides),
        **_ride("there", way.there), **_ride("home", way.home),
    }  # fmt: skip


def _ride(name: str, ride: Ride | None) -> dict[str, Any]:
    change = ride.change if ride else None
    return {
        f"{name}_at": ride and ride.leaves_at, f"{name}_arrives": ride and ride.arrives_at,
        f"{name}_mode": ride.mode if ride else "", f"{name}_line": ride.line if ride else "",
        f"{name}_stop": ride.from_stop if ride else "",
        f"{name}_change_at": change and change.at, f"{name}_change_off": change.off_stop if change else "",
        f"{name}_change_stop": change.stop if change else "", f"{name}_change_mode": change.mode if change else "",
        f"{name}_change_line": change.line if change else "", f"{name}_change_walk": change.walk if change else 0,
    }  # fmt: skip
