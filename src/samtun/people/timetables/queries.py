"""Which bus there and which bus home: public facts, as a timetable has them, or that nobody knows."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from samtun.kernel.clock import wall
from samtun.kernel.ground import Spot, metres_between
from samtun.people.places.models import Place, Village
from samtun.people.places.queries import villages
from samtun.people.timetables.adapters.prepared import Box
from samtun.people.timetables.models import BusStop, Service, Timetable, Trip
from samtun.people.timetables.rules import (
    DAY,
    NEAR_HALL,
    NEAR_VILLAGE,
    OLDEST,
    RING,
    Change,
    Day,
    Journey,
    Network,
    Ride,
    Search,
    beside,
    covers,
    moment,
)

AROUND = 5_000
"""Metres on every side of the villages and halls that a municipality's timetable reaches."""
CHUNK = 2_000
"""Trips that stand in memory as rows at a time."""
SAME = dt.timedelta(0)


@dataclass(frozen=True, slots=True)
class Way:
    """How one gets from a village and home again; None is that there is no way."""

    village: Village
    there: Ride | None
    home: Ride | None


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


@dataclass(slots=True)
class _Hall:
    """The villages that go by bus to a hall, by number, and the ways there and home, as they were found."""

    villages: list[int]
    there: Search
    home: Search
    found: dict[tuple[object, ...], dict[int, Journey]] = field(default_factory=dict)

    def look(self, days: Sequence[Day], at: int, *, home: bool) -> dict[int, Journey]:
        """Look for it, unless the same ran at the same hours before an hour that was asked about already."""
        key = (home, at, *days)
        if key not in self.found:
            self.found[key] = (self.home if home else self.there).there(days, at)
        return self.found[key]


def reaches(table: Timetable, spot: Spot) -> bool:
    """Tell whether a timetable has what stops within a walk of a spot, as one put on the map later may not have."""
    if table.south is None or table.west is None or table.north is None or table.east is None:
        return True
    whole, around = Box(table.south, table.west, table.north, table.east), Box.around([spot], metres=NEAR_HALL)
    return around is not None and whole.holds(around.south, around.west) and whole.holds(around.north, around.east)


class Ways:
    """The ways between the villages and halls on some days. Reads what all halls share, once.

    Most weeks are alike: what was found of a hall holds for each day on which the same runs at the same hours.
    """

    def __init__(self, at: dt.datetime, *, on: Iterable[dt.date]) -> None:
        self.timetable = trusted(at)
        self.villages = list(villages()) if self.timetable else []
        self.stops = {row.number: row for row in BusStop.objects.all()} if self.timetable else {}
        self._spots = {number: Spot(row.lat, row.lon) for number, row in self.stops.items()}
        self._of_village = self._share_out()
        self._near = beside(self._spots)
        self._asked = frozenset(day + step for day in on for step in (SAME, DAY))
        self._running: dict[dt.date, frozenset[int]] = {}
        self._said: list[tuple[str, str]] = []
        self._network = self._read() if self.timetable else Network()
        self._mirror = self._network.mirrored()
        self._halls: dict[uuid.UUID, _Hall] = {}

    def between(self, place: Place | None, starts_at: dt.datetime, ends_at: dt.datetime) -> list[Way] | None:
        """Return the way from each other village and home again; None when nobody knows.

        That is so without a timetable or with an old one, on a day it does not reach, and for a place that is not on
        the map, or was put there, farther away than it reaches, after it was taken in.
        """
        table, spot = self.timetable, spot_of(place) if place else None
        if table is None or place is None or spot is None or not reaches(table, spot):
            return None
        if not covers(table.valid_from, table.valid_to, starts_at, ends_at):
            return None
        if place.id not in self._halls:
            self._halls[place.id] = self._hall(place, spot)
        hall = self._halls[place.id]
        there, home = self._rides(hall, starts_at, home=False), self._rides(hall, ends_at, home=True)
        return [Way(self.villages[n], there.get(n), home.get(n)) for n in hall.villages]

    def _share_out(self) -> dict[int, tuple[int, float]]:
        """Return whose each stop is, with metres from its middle: the nearest village's."""
        centres = [(spot, n) for n, village in enumerate(self.villages) if (spot := spot_of(village))]
        found = {}
        for number, spot in self._spots.items() if centres else ():
            metres, village = min((metres_between(centre, spot), n) for centre, n in centres)
            if metres <= NEAR_VILLAGE:
                found[number] = village, metres
        return found

    def _read(self) -> Network:
        """Read the trips that run on those days, or begin the day before or after; none of the others is held."""
        wanted = {day + step for day in self._asked for step in (-DAY, SAME, DAY)}
        numbers: dict[uuid.UUID, int] = {}
        running: dict[dt.date, set[int]] = {day: set() for day in wanted}
        rows = Service.objects.filter(days__overlap=sorted(wanted)).order_by("id").values_list("id", "days")
        for number, (key, days) in enumerate(rows):
            numbers[key] = number
            for day in wanted.intersection(days):
                running[day].add(number)
        self._running = {day: frozenset(found) for day, found in running.items()}
        columns = ("service_id", "line", "mode", "stops", "arrives", "leaves", "picks_up", "sets_down")
        trips = Trip.objects.filter(service__in=numbers).order_by("id").values_list(*columns)
        network = Network()
        for service, line, mode, *calls in trips.iterator(CHUNK):
            network.add(numbers[service], *calls)
            self._said.append((line, mode))
        return network

    def _hall(self, place: Place, spot: Spot) -> _Hall:
        near = {
            number: metres for number, its in self._spots.items() if (metres := metres_between(spot, its)) <= NEAR_HALL
        }
        wanted = [
            n
            for n, village in enumerate(self.villages)
            if village.id != place.village_id
            and (its := spot_of(village))
            and metres_between(its, spot) > NEAR_HALL
            and self.timetable
            and reaches(self.timetable, its)
        ]
        stops = {number: its for number, its in self._of_village.items() if its[0] in wanted}
        there, home = (Search(one, self._near, near, stops) for one in (self._network, self._mirror))
        return _Hall(wanted, there, home)

    def _rides(self, hall: _Hall, at: dt.datetime, *, home: bool) -> dict[int, Ride]:
        """Return each village's ride. The way home is the way there with the clock run backwards."""
        today = wall(at).date()
        if today not in self._asked:
            raise ValueError(f"{today} is not among the days to be asked of")
        zero = moment(today, 0)
        days = [
            Day(int((moment(day, 0) - zero).total_seconds()), self._running[day])
            for day in (today - DAY, today, today + DAY)
        ]
        seconds = int((at - zero).total_seconds())
        if not home:
            return {n: self._ride(one, zero) for n, one in hall.look(days, seconds, home=False).items()}
        found = hall.look([day.mirrored() for day in days], -seconds, home=True)
        return {n: self._ride(one.mirrored(len(self._network.stops)), zero) for n, one in found.items()}

    def _ride(self, journey: Journey, zero: dt.datetime) -> Ride:
        net, first, last = self._network, journey.legs[0], journey.legs[-1]

        def at(seconds: int) -> dt.datetime:
            return zero + dt.timedelta(seconds=seconds)

        line, mode = self._said[net.trips[first.on]]
        change = None
        if last is not first:
            change = Change(
                self._stop(first.off), self._stop(last.on), at(net.leaves[last.on] + last.nought),
                *self._said[net.trips[last.on]], journey.between,
            )  # fmt: skip
        return Ride(
            at(net.leaves[first.on] + first.nought), at(net.arrives[last.off] + last.nought), line, mode,
            self._stop(first.on), journey.walk,
            any(RING in (net.on[leg.on], net.off[leg.off]) for leg in journey.legs), change,
        )  # fmt: skip

    def _stop(self, call: int) -> str:
        return self.stops[self._network.stops[call]].name
