"""Rides: who is to be driven from where to where, who drives, and the plan that comes of it.

Times are seconds after midnight of the plan's day, lengths of time are seconds, distances metres.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from math import inf, isfinite

from planning.vocabulary.identity import Id
from planning.vocabulary.plan import Change, Run, Status, Unplanned
from planning.vocabulary.reason import Code
from planning.vocabulary.roads import Roads


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to `end`, both included, in seconds after midnight."""

    start: float
    end: float

    def __post_init__(self) -> None:
        if not (isfinite(self.start) and isfinite(self.end) and self.start <= self.end):
            raise ValueError(f"A span of time ends when it starts or later, not {self.start} to {self.end}.")


@dataclass(frozen=True, slots=True)
class Break:
    """A driver's break: begins within `window` and lasts `seconds`, with nobody in the car."""

    window: Span
    seconds: float

    def __post_init__(self) -> None:
        if not 0 < self.seconds < inf:
            raise ValueError(f"A break lasts more than 0 seconds, not {self.seconds}.")


@dataclass(frozen=True, slots=True)
class Shift:
    """When a driver is there: away from home within `hours`, for at most `longest` seconds of it.

    `breaks` follow each other: each is over before the next may begin.
    """

    hours: Span
    longest: float = inf
    breaks: tuple[Break, ...] = ()

    def __post_init__(self) -> None:
        if not self.longest > 0:
            raise ValueError(f"A shift lasts more than 0 seconds, not {self.longest}.")
        for before, after in pairwise(self.breaks):
            if after.window.start < before.window.end + before.seconds:
                raise ValueError("Breaks follow each other: each is over before the next may begin.")


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A car and who drives it.

    `seat_plans` are ways to furnish it: how many of each kind of place the problem names. Where a seat is folded away
    for a wheelchair there are two; what is aboard must fit one of them at any time. `features` is what the car and the
    driver have (a ramp, child seats, a police certificate). `fetched_at` is where a pool car or minibus stands when the
    driver does not have it at home: the driver goes there first and last, and `fetching` seconds pass each time.
    `fixed_cost` is what using the car in a shift costs, in seconds of driving. `refuses` are persons, for this driver.
    """

    id: Id
    start: Id
    end: Id
    shifts: tuple[Shift, ...]
    seat_plans: tuple[tuple[int, ...], ...]
    driver: Id | None = None
    features: frozenset[str] = frozenset()
    fixed_cost: float = 0.0
    fetched_at: Id | None = None
    fetching: float = 0.0
    refuses: frozenset[Id] = frozenset()

    def __post_init__(self) -> None:
        if not self.shifts:
            raise ValueError(f"A vehicle has a shift; {self.id} has none.")
        for before, after in pairwise(self.shifts):
            if after.hours.start < before.hours.end:
                raise ValueError(f"Shifts follow each other; those of {self.id} overlap.")
        if not self.seat_plans or any(number < 0 for plan in self.seat_plans for number in plan):
            raise ValueError(f"A seat plan holds 0 or more of each kind of place; see {self.id}.")
        if not (0 <= self.fixed_cost < inf and 0 <= self.fetching < inf):
            raise ValueError(f"What it costs and takes to use a car is 0 or more; see {self.id}.")


@dataclass(frozen=True, slots=True)
class Trip:
    """One way for one person.

    `load` is what the person takes of each kind of place, `companions` how many come along on a seat (the first kind).
    `longest_ride` is seconds from leaving until the set-down begins. `service` is seconds for getting in and out.
    `needs` must be among the vehicle's features. `not_with` are persons who may not be in the car at the same time, or
    drivers and vehicles; `rather_with` are persons it is nice to share a tour with. `pair` is the trip the other way:
    both are planned or neither is, and the second begins after the first has ended. `received` is when someone is there
    to receive a passenger who must be handed over. `agreed` are the drivers that a child's guardian has agreed to, None
    where that is not asked. `priority` is how many ordinary trips it counts for.
    """

    id: Id
    person: Id
    pickup: Id
    drop: Id
    pickup_window: Span
    drop_window: Span
    longest_ride: float
    load: tuple[int, ...] = (1,)
    companions: int = 0
    service: tuple[float, float] = (0.0, 0.0)
    needs: frozenset[str] = frozenset()
    not_with: frozenset[Id] = frozenset()
    rather_with: frozenset[Id] = frozenset()
    pair: Id | None = None
    received: Span | None = None
    agreed: frozenset[Id] | None = None
    priority: int = 1

    def __post_init__(self) -> None:
        if not self.longest_ride > 0:
            raise ValueError(f"A ride may take more than 0 seconds; {self.id} says {self.longest_ride}.")
        if any(number < 0 for number in self.load) or self.companions < 0:
            raise ValueError(f"A trip takes 0 or more of each kind of place; see {self.id}.")
        if len(self.service) != 2 or not all(0 <= seconds < inf for seconds in self.service):
            raise ValueError(f"Getting in and getting out take 0 seconds or more each; see {self.id}.")
        if self.priority < 1:
            raise ValueError(f"A trip counts for 1 or more, not {self.priority}; see {self.id}.")
        if self.pair == self.id:
            raise ValueError(f"A trip is not its own way back; see {self.id}.")

    @property
    def taken(self) -> tuple[int, ...]:
        """What the person and who comes along take of each kind of place."""
        return (self.load[0] + self.companions, *self.load[1:])


@dataclass(frozen=True, slots=True)
class Lock:
    """A trip that has been told, accepted or begun: it stays in its vehicle, fetched `give` seconds around `fetch`."""

    trip: Id
    vehicle: Id
    fetch: float
    give: float = 0.0

    def __post_init__(self) -> None:
        if not (isfinite(self.fetch) and 0 <= self.give < inf):
            raise ValueError(f"A told time is known and may move by 0 seconds or more; see {self.trip}.")


@dataclass(frozen=True, slots=True)
class RideProblem:
    """A day of rides. `places` names the kinds of place that loads and seat plans count.

    What is least: trips left out (by priority), then driving (`second_price` a second and `metre_price` a metre) with
    the fixed costs, less `company` for each two who would rather share a tour and do, and with `change_price` for each
    trip that moves from the vehicle it had in the plan before.
    """

    trips: tuple[Trip, ...]
    vehicles: tuple[Vehicle, ...]
    matrix: Roads
    places: tuple[str, ...] = ("seat",)
    second_price: float = 1.0
    metre_price: float = 0.0
    company: float = 300.0
    change_price: float = 1800.0
    locks: tuple[Lock, ...] = ()
    _trips: dict[Id, Trip] = field(init=False, repr=False, compare=False)
    _vehicles: dict[Id, Vehicle] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_trips", {trip.id: trip for trip in self.trips})
        object.__setattr__(self, "_vehicles", {vehicle.id: vehicle for vehicle in self.vehicles})
        if len(self._trips) != len(self.trips) or len(self._vehicles) != len(self.vehicles):
            raise ValueError("The same trip or vehicle stands twice in the problem.")
        prices = (self.second_price, self.metre_price, self.company, self.change_price)
        if not self.places or not all(0 <= price < inf for price in prices):
            raise ValueError("There is at least one kind of place, and prices are 0 or more.")
        for trip in self.trips:
            self._check_trip(trip)
        for vehicle in self.vehicles:
            if any(len(plan) != len(self.places) for plan in vehicle.seat_plans):
                raise ValueError(f"A seat plan counts {', '.join(self.places)}; see {vehicle.id}.")
            for place in (vehicle.start, vehicle.end, vehicle.fetched_at):
                if place is not None:
                    self.matrix.row(place)
        self._check_drivers()
        for lock in self.locks:
            if lock.trip not in self._trips or lock.vehicle not in self._vehicles:
                raise ValueError(f"A lock is about a trip and a vehicle of the day, not {lock.trip} in {lock.vehicle}.")

    def _check_drivers(self) -> None:
        """Nobody drives two cars at once."""
        hours = [
            (one.driver, shift.hours.start, shift.hours.end)
            for one in self.vehicles for shift in one.shifts if one.driver is not None
        ]  # fmt: skip
        for (driver, _, end), (other, start, _) in pairwise(sorted(hours, key=lambda row: (repr(row[0]), *row[1:]))):
            if driver == other and start < end:
                raise ValueError(f"{driver} has two cars at the same time.")

    def _check_trip(self, trip: Trip) -> None:
        self.matrix.row(trip.pickup)
        self.matrix.row(trip.drop)
        if len(trip.load) != len(self.places):
            raise ValueError(f"A load counts {', '.join(self.places)}; see {trip.id}.")
        if trip.pair is None:
            return
        other = self._trips.get(trip.pair)
        if other is None or other.pair != trip.id or other.person != trip.person:
            raise ValueError(f"The way out and the way home of one person name each other; see {trip.id}.")
        if not self._apart(trip, other):
            raise ValueError(f"The way home cannot begin before the way out can have ended; see {trip.id}.")

    @staticmethod
    def _apart(one: Trip, other: Trip) -> bool:
        first, second = sorted((one, other), key=lambda trip: trip.pickup_window.start)
        return first.drop_window.end <= second.pickup_window.start

    def trip(self, trip: Id) -> Trip:
        """Give the trip called so. Raises KeyError for one that is not there."""
        return self._trips[trip]

    def vehicle(self, vehicle: Id) -> Vehicle:
        """Give the vehicle called so. Raises KeyError for one that is not there."""
        return self._vehicles[vehicle]


class At(StrEnum):
    """What happens at a stop."""

    START = "start"
    FETCH = "fetch"
    SET_DOWN = "set_down"
    BREAK = "break"
    END = "end"


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of a tour: what happens, for which trip, and when. A break has no place where it is had on the way."""

    at: At
    place: Id | None
    arrive: float
    start: float
    leave: float
    trip: Id | None = None


@dataclass(frozen=True, slots=True)
class Tour:
    """What one vehicle does in one of its shifts (numbered from 0), from its start to its end."""

    vehicle: Id
    shift: int
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class RidePlan:
    """Who is driven when by whom, who is not and why, and what changed from the plan before.

    `cost` is what the plan costs by the problem's prices, trips left out not counted.
    """

    status: Status
    tours: tuple[Tour, ...]
    unplanned: tuple[Unplanned, ...]
    changes: tuple[Change, ...]
    cost: float
    run: Run


class RideWhy(Code):
    """Why a trip is not planned, what would help, and what changed."""

    NO_WAY = "no_way"
    """There is no road between the two places."""
    TOO_LONG = "too_long"
    """Driven straight there it takes longer than the ride may: (seconds, longest)."""
    TIMES_MISS = "times_miss"
    """The set-down ends before one can be there from the fetch: (seconds too late)."""
    NO_PLACE = "no_place"
    """Vehicles that have no such place: (vehicles)."""
    NEEDS = "needs"
    """Vehicles or drivers without what is needed: (need, vehicles)."""
    NOT_AGREED = "not_agreed"
    """Drivers that the guardian has not agreed to: (vehicles)."""
    NOT_TOGETHER = "not_together"
    """Drivers who may not or will not drive the person: (vehicles)."""
    OUTSIDE_HOURS = "outside_hours"
    """Vehicles that could not do it even alone in their hours: (vehicles)."""
    FULL = "full"
    """Vehicles that could do it alone, but are full of others at that time: (vehicles)."""
    PAIR = "pair"
    """The other way cannot be planned, and nobody is left there: (trip)."""
    NO_VEHICLE = "no_vehicle"
    """There are no vehicles."""

    EARLIER = "earlier"
    """It fits when the fetch may be earlier: (seconds)."""
    LATER = "later"
    """It fits when the set-down may be later: (seconds)."""
    LONGER_RIDE = "longer_ride"
    """It fits when the ride may take longer: (seconds)."""
    MORE_PLACES = "more_places"
    """It fits when one car has one more place of a kind: (vehicle, place)."""
    LONGER_SHIFT = "longer_shift"
    """It fits when a driver begins earlier and ends later: (vehicle, seconds)."""
    ONE_MORE_DRIVER = "one_more_driver"
    """One more driver between two times serves more: (from, to, serves)."""

    ADDED = "added"
    """Was not in the plan before: (vehicle, fetch)."""
    LEFT_OUT = "left_out"
    """Was in the plan before and is not now: (vehicle)."""
    OTHER_VEHICLE = "other_vehicle"
    """Goes with another vehicle: (from, to)."""
    OTHER_TIME = "other_time"
    """Is fetched at another time: (from, to)."""
