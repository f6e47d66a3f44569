"""Which bus there and which bus home: public facts, as a timetable has them, or that nobody knows."""

import datetime as dt
import uuid
from dataclasses import dataclass

from samtun.kernel.ground import Spot, metres_between
from samtun.people.places.models import Place, Village
from samtun.people.places.queries import villages
from samtun.people.timetables.adapters.prepared import Box
from samtun.people.timetables.models import BusStop, Service, Timetable, Trip
from samtun.people.timetables.rules import (
    NEAR_HALL,
    NEAR_VILLAGE,
    NO,
    OLDEST,
    RING,
    Connection,
    Ride,
    covers,
    ride_home,
    ride_there,
    walk_minutes,
)

AROUND = 5_000
"""Metres on every side of the villages and halls that a municipality's timetable reaches."""


@dataclass(frozen=True, slots=True)
class Way:
    """How one gets from a village and home again; None is that there is no way."""

    village: Village
    there: Ride | None
    home: Ride | None


@dataclass(frozen=True, slots=True)
class _Call:
    """A stop of a trip as one end of a ride."""

    index: int
    stop: int
    metres: float


def timetable() -> Timetable | None:
    """Return the timetable that counts now."""
    return Timetable.objects.first()


def trusted(at: dt.datetime) -> Timetable | None:
    """Return the timetable that counts now, unless it was taken in too long ago to say anything."""
    found = timetable()
    return found if found and found.taken_in_at + OLDEST > at else None


def box() -> Box | None:
    """Return how far this municipality's timetable reaches; None when no village or hall is on the map."""
    places: list[Village | Place] = [*villages(), *Place.objects.all()]
    spots = [spot for one in places if (spot := spot_of(one))]
    return Box.around(spots, metres=AROUND)


def spot_of(one: Village | Place) -> Spot | None:
    """Return where something is; None when nobody has said."""
    return None if one.lat is None or one.lon is None else Spot(one.lat, one.lon)


class Ways:
    """The ways between the villages and halls. Reads once what all halls share, and once for each hall."""

    def __init__(self, at: dt.datetime) -> None:
        self.timetable = trusted(at)
        self.villages = list(villages()) if self.timetable else []
        self.stops = {row.number: row for row in BusStop.objects.all()} if self.timetable else {}
        self._spots = {number: Spot(row.lat, row.lon) for number, row in self.stops.items()}
        self._of_village = self._share_out()
        self._days: dict[uuid.UUID, frozenset[dt.date]] = {}
        self._halls: dict[uuid.UUID, list[tuple[Village, list[Connection], list[Connection]]]] = {}

    def between(self, place: Place | None, starts_at: dt.datetime, ends_at: dt.datetime) -> list[Way] | None:
        """Return the way from each other village and home again; None when nobody knows.

        That is so without a timetable or with an old one, on a day it does not reach, and for a place not on the map.
        """
        table = self.timetable
        if table is None or place is None or spot_of(place) is None:
            return None
        if not covers(table.valid_from, table.valid_to, starts_at, ends_at):
            return None
        if place.id not in self._halls:
            self._halls[place.id] = self._connections(place)
        return [
            Way(village, ride_there(there, starts_at), ride_home(home, ends_at))
            for village, there, home in self._halls[place.id]
        ]

    def _share_out(self) -> dict[uuid.UUID, dict[int, float]]:
        """Return each village's stops with metres from its middle: those nearer to it than to another."""
        centres = [(village.id, spot) for village in self.villages if (spot := spot_of(village))]
        found: dict[uuid.UUID, dict[int, float]] = {key: {} for key, _ in centres}
        for number, spot in self._spots.items() if centres else ():
            metres, key = min((metres_between(centre, spot), key) for key, centre in centres)
            if metres <= NEAR_VILLAGE:
                found[key][number] = metres
        return found

    def _connections(self, place: Place) -> list[tuple[Village, list[Connection], list[Connection]]]:
        hall = spot_of(place)
        near = {
            number: metres
            for number, spot in self._spots.items()
            if hall and (metres := metres_between(hall, spot)) <= NEAR_HALL
        }
        trips = list(Trip.objects.filter(stops__overlap=list(near)).order_by("id")) if near else []
        self._read_days({trip.service_id for trip in trips})
        found = []
        for village in self.villages:
            centre = spot_of(village)
            if (
                centre is None
                or hall is None
                or village.id == place.village_id
                or metres_between(centre, hall) <= NEAR_HALL
            ):
                continue
            own = self._of_village[village.id]
            there = [one for trip in trips if (one := self._ride(trip, own, near, walk_last=True))]
            home = [one for trip in trips if (one := self._ride(trip, near, own, walk_last=False))]
            found.append((village, there, home))
        return found

    def _read_days(self, services: set[uuid.UUID]) -> None:
        missing = services - set(self._days)
        if missing:
            rows = Service.objects.filter(id__in=missing).values_list("id", "days")
            self._days |= {key: frozenset(days) for key, days in rows}

    def _ride(
        self, trip: Trip, start: dict[int, float], end: dict[int, float], *, walk_last: bool
    ) -> Connection | None:  # fmt: skip
        """Return a trip as a ride from the nearest of some stops to the nearest of others; None when it goes not so."""
        ons = [_Call(n, s, start[s]) for n, s in enumerate(trip.stops) if s in start and trip.picks_up[n] != NO]
        offs = [_Call(n, s, end[s]) for n, s in enumerate(trip.stops) if s in end and trip.sets_down[n] != NO]
        pairs = [(on, off) for on in ons for off in offs if on.index < off.index]
        if not pairs:
            return None
        on, off = min(pairs, key=lambda pair: (pair[0].metres + pair[1].metres, pair[0].index))
        return Connection(
            days=self._days[trip.service_id], line=trip.line, mode=trip.mode, leaves=trip.leaves[on.index],
            arrives=trip.arrives[off.index], from_stop=self.stops[on.stop].name, to_stop=self.stops[off.stop].name,
            walk=walk_minutes((off if walk_last else on).metres),
            must_ring=RING in (trip.picks_up[on.index], trip.sets_down[off.index]),
        )  # fmt: skip


def ways_there(
    place: Place | None, starts_at: dt.datetime, ends_at: dt.datetime, *, at: dt.datetime
) -> list[Way] | None:  # fmt: skip
    """Return the way from each village and home again; None when nobody knows."""
    return Ways(at).between(place, starts_at, ends_at)
