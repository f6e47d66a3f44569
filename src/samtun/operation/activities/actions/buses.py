"""What the timetable says of each coming time that one comes to by bus is written down, so that lists need not ask."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.operation.activities.models import BusWay, Occurrence
from samtun.operation.activities.rules import STANDS_OPEN, bus_of
from samtun.partners.catalogue.enums import Transport
from samtun.people.timetables.queries import Way, Ways
from samtun.people.timetables.rules import Ride

OF_A_RIDE = (
    "at", "arrives", "mode", "line", "stop", "change_at", "change_off", "change_stop", "change_mode", "change_line",
    "change_walk",
)  # fmt: skip
FIELDS = ("village_id", "walk", "must_ring", *(f"{way}_{name}" for way in ("there", "home") for name in OF_A_RIDE))


def write_buses(
    *, activity: uuid.UUID | None = None, occurrence: uuid.UUID | None = None, place: uuid.UUID | None = None,
    by: Viewer, at: dt.datetime,
) -> int:  # fmt: skip
    """Write which bus there and home for what is to come: all of it, one activity's, one hall's, or one time.

    Return how many said something else before. Where the timetable knows nothing, nothing is said.
    """
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        if activity is None and occurrence is None and place is None:
            BusWay.objects.filter(occurrence__on__lt=wall(at).date()).delete()
        rows = Occurrence.objects.select_for_update(of=("self",)).filter(on__gte=wall(at).date())
        rows = rows.filter(transport=Transport.PUBLIC, state__in=STANDS_OPEN)
        rows = rows.filter(activity=activity) if activity else rows
        rows = rows.filter(id=occurrence) if occurrence else rows
        rows = rows.filter(place=place) if place else rows
        coming = list(rows.select_related("place").order_by("id"))
        before = _before(coming)
        ways, said = Ways(at, on={row.on for row in coming}), 0
        for row in coming:
            found = ways.between(row.place, row.starts_at, row.ends_at)
            facts = [_facts(one) for one in found or ()]
            said += _say(row, bus_of(found), facts, before.get(row.id, []))
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
