"""Verbs on villages and places."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.ground import Spot, length, simpler_spots
from samtun.kernel.refs import Ref
from samtun.people.places.events import PlacePutOnMap
from samtun.people.places.models import Place, Road, Village, VillageDistance
from samtun.people.places.queries import kept_names, village_spots
from samtun.people.places.rules import level_of, puts_on_map, sets_up, within_reach

AS_EXACT_AS = 4
"""Metres: bends smaller than this are not kept, they cannot be seen on a map of a municipality."""
MOST_ROADS = 20_000


class NoRoads(Refused):
    """There are no roads in it."""


class TooManyRoads(Refused):
    """There are more roads in it than in a municipality. Cut out a smaller piece of the map."""


def _may(by: Viewer) -> None:
    if not sets_up(by):
        raise NotYours


def add_village(
    *, name: str, inhabitants: int, lat: float | None, lon: float | None, by: Viewer, at: dt.datetime
) -> Village:
    """Add a village."""
    _may(by)
    with transaction.atomic():
        village = Village.objects.create(name=name, inhabitants=inhabitants, lat=lat, lon=lon)
        record("places.add_village", Ref("village", village.id), by=by, at=at, name=name)
        transaction.on_commit(partial(kept_names.forget, current_tenant()))
    return village


def add_place(
    *, name: str, kind: str, village: Village, address: str, lat: float | None, lon: float | None, by: Viewer,
    at: dt.datetime,
) -> Place:  # fmt: skip
    """Add a hall or another place."""
    _may(by)
    with transaction.atomic():
        place = Place.objects.create(name=name, kind=kind, village=village, address=address, lat=lat, lon=lon)
        record("places.add_place", Ref("place", place.id), by=by, at=at, name=name)
    return place


def measure(*, origin: Village, target: Village, metres: int, by: Viewer, at: dt.datetime) -> None:
    """Note how far it is by road between two villages, both ways."""
    _may(by)
    with transaction.atomic():
        for a, b in ((origin, target), (target, origin)):
            VillageDistance.objects.update_or_create(origin=a, target=b, defaults={"metres": metres})
        record("places.measure", Ref("village", target.id), by=by, at=at, metres=metres)


def draw_roads(*, ways: Iterable[tuple[str, str, Sequence[Spot]]], by: Viewer, at: dt.datetime) -> int:
    """Draw the municipality's roads, in the place of those that were; return how many.

    `ways` are name, kind as OpenStreetMap says it, and spots. `NoRoads` when there is none one can drive on,
    `TooManyRoads` when it is more than a municipality: then what was stands.
    """
    _may(by)
    rows = [_road(name, level, spots) for name, kind, spots in ways if (level := level_of(kind)) and len(spots) > 1]
    if not rows:
        raise NoRoads
    if len(rows) > MOST_ROADS:
        raise TooManyRoads
    with transaction.atomic():
        Road.objects.all().delete()
        Road.objects.bulk_create(rows, batch_size=1000)
        record("places.draw_roads", Ref("municipality", current_tenant()), by=by, at=at, roads=len(rows))
    return len(rows)


def _road(name: str, level: int, spots: Sequence[Spot]) -> Road:
    line = simpler_spots(spots, AS_EXACT_AS)
    return Road(name=name[:80], level=level, line=Road.packed(line), metres=round(length(line)))


class TooFarAway(Refused):
    """That is more than 15 kilometres from every village here. Look at the numbers once more, or press on the map."""


class StandsThere(Refused):
    """It is on the map already. Whoever coordinates can move it: ring them."""


def put_on_map(*, place: Place, spots: Sequence[Spot], by: Viewer, at: dt.datetime) -> Place:
    """Say where a hall is. Of the spots that may be meant, it is the first within the municipality.

    The same spot again changes nothing.
    """
    with transaction.atomic():
        found = Place.objects.select_for_update(of=("self",)).get(id=place.id)
        is_there = found.lat is not None
        if not puts_on_map(by, is_there=False):
            raise NotYours
        if not puts_on_map(by, is_there=is_there):
            raise StandsThere
        spot = within_reach(spots, village_spots())
        if spot is None:
            raise TooFarAway
        lat, lon = round(spot.lat, 6), round(spot.lon, 6)
        if (found.lat, found.lon) != (lat, lon):
            before = f"{found.lat:.5f}, {found.lon:.5f}" if found.lat is not None and found.lon is not None else ""
            found.lat, found.lon = lat, lon
            found.save(update_fields=["lat", "lon"])
            words = {"before": before, "after": f"{lat:.5f}, {lon:.5f}"}
            record("places.put_on_map", Ref("place", found.id), by=by, at=at, name=found.name, **words)
            publish(PlacePutOnMap(place=found.id), at=at)
    return found


def find_on_map(*, spots: Mapping[str, Spot], by: Viewer, at: dt.datetime) -> list[str]:
    """Give villages and places without a position the one that stands at their name; return those names."""
    _may(by)
    found = []
    with transaction.atomic():
        rows: list[Village | Place] = [*Village.objects.filter(lat=None), *Place.objects.filter(lat=None)]
        for row in rows:
            if spot := spots.get(row.name.casefold()):
                row.lat, row.lon = spot
                row.save(update_fields=["lat", "lon"])
                found.append(row.name)
                if isinstance(row, Place):
                    publish(PlacePutOnMap(place=row.id), at=at)
        if found:
            record("places.find_on_map", Ref("municipality", current_tenant()), by=by, at=at, places=len(found))
    return sorted(found)
