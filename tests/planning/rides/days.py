"""Days of rides: a tiny named one that a person can see through, and random ones."""

import random
from dataclasses import replace
from math import hypot

import numpy as np

from planning.distances import Matrix
from planning.vocabulary.ride import Break, Lock, RideProblem, Shift, Span, Trip, Vehicle

MINUTE, HOUR = 60, 3600


def road(*places: str) -> Matrix:
    """Places along one road, ten minutes and ten kilometres from each to the next."""
    at = np.arange(len(places), dtype=np.float64)
    steps = np.abs(at[:, None] - at[None, :])
    return Matrix(places, steps * 600, steps * 10_000)


ROAD = road("garage", "farm", "village", "centre")


def trip(who: str, pickup: str = "farm", drop: str = "centre", at: float = 10, **changes: object) -> Trip:
    """Someone who wants to be fetched at `at` o'clock or up to half an hour later."""
    start = at * HOUR
    usual = Trip(
        who, f"p-{who}", pickup, drop, Span(start, start + 1800), Span(start, start + 5400), 3600, service=(60, 60)
    )
    return replace(usual, **changes)


def car(name: str = "car", hours: tuple[float, float] = (8, 16), **changes: object) -> Vehicle:
    """A car with three seats that stands in the garage."""
    shift = Shift(Span(hours[0] * HOUR, hours[1] * HOUR))
    return replace(Vehicle(name, "garage", "garage", (shift,), ((3,),), driver=f"d-{name}"), **changes)


def day(*trips: Trip, cars: tuple[Vehicle, ...] = (car(),), **changes: object) -> RideProblem:
    """A day on the road."""
    return RideProblem(trips, cars, ROAD, **changes)


def random_day(seed: int, people: int = 5, cars: int = 3) -> RideProblem:
    """A day of out and home trips with nearly every rule in it somewhere."""
    lot = random.Random(seed)
    spots = [(lot.uniform(0, 30), lot.uniform(0, 20)) for _ in range(people + cars + 4)]
    names = [f"x{number}" for number in range(len(spots))]
    far = np.array([[hypot(a[0] - b[0], a[1] - b[1]) for b in spots] for a in spots])
    bent = far * np.array(
        [[1.0 if i == j else lot.uniform(1, 1.6) for j in range(len(spots))] for i in range(len(spots))]
    )
    matrix = Matrix(tuple(names), np.round(bent * 80), np.round(bent * 1000))
    closed = matrix.closed()
    trips = [one for number in range(people) for one in _both_ways(lot, number, names, closed)]
    vehicles = tuple(_vehicle(lot, number, people, names) for number in range(cars))
    return RideProblem(tuple(trips), vehicles, matrix, ("seat", "wheelchair"), metre_price=0.01)


def _both_ways(lot: random.Random, number: int, names: list[str], closed: Matrix) -> list[Trip]:
    home, goal = names[number], lot.choice(names[-4:])
    direct = closed.seconds_between(home, goal)
    begin, length = lot.choice([10, 11, 13]) * HOUR, lot.choice([1, 2]) * HOUR
    longest = round(1.5 * direct + 600)
    chair = lot.random() < 0.2
    person = f"p{number}"
    said: dict[str, object] = {
        "load": (0, 1) if chair else (1, 0),
        "companions": int(lot.random() < 0.2),
        "service": (240.0, 240.0) if chair else (60.0, 60.0),
        "needs": frozenset({"ramp"}) if chair else frozenset(),
        "not_with": frozenset({f"p{number - 1}"}) if lot.random() < 0.15 else frozenset(),
        "rather_with": frozenset({f"p{number + 1}"}) if lot.random() < 0.2 else frozenset(),
        "agreed": frozenset({"d0", "d1"}) if lot.random() < 0.1 else None,
        "priority": lot.choice([1, 1, 1, 2]),
    }
    out = Trip(
        f"{number}-out", person, home, goal, Span(begin - 2 * HOUR, begin), Span(begin - 1500, begin), longest,
        pair=f"{number}-home", **said,
    )  # fmt: skip
    back = Span(begin + length, begin + length + 1800)
    there = Span(back.start, back.end + longest)
    home_trip = Trip(
        f"{number}-home", person, goal, home, back, there, longest,
        pair=f"{number}-out", received=there if lot.random() < 0.1 else None, **said,
    )  # fmt: skip
    if lot.random() < 0.2:
        return [replace(home_trip, pair=None)]
    return [out, home_trip]


def _vehicle(lot: random.Random, number: int, people: int, names: list[str]) -> Vehicle:
    home, begin = names[people + number], lot.choice([7, 8, 9]) * HOUR
    bus = number % 3 == 1
    breaks = (Break(Span(11 * HOUR + 1800, 13 * HOUR), 1800),) if lot.random() < 0.4 else ()
    whole = Shift(Span(begin, begin + lot.choice([7, 9]) * HOUR), lot.choice([6, 8]) * HOUR, breaks)
    halves = (Shift(Span(7 * HOUR, 11 * HOUR)), Shift(Span(12 * HOUR, 17 * HOUR), 4 * HOUR))
    return Vehicle(
        f"v{number}", home, home, halves if lot.random() < 0.25 else (whole,),
        ((6, 0), (3, 2)) if bus else ((3, 0),), driver=f"d{number}",
        features=frozenset({"ramp"}) if bus else frozenset(), fixed_cost=300.0,
        fetched_at=names[-1] if bus else None, fetching=300.0 if bus else 0.0,
        refuses=frozenset({"p0"}) if lot.random() < 0.1 else frozenset(),
    )  # fmt: skip


def with_more_breaks(problem: RideProblem) -> RideProblem:
    """The same day with a break in the morning and one in the afternoon beside those there are."""
    coffee, tea = Break(Span(9.5 * HOUR, 10 * HOUR), 900), Break(Span(14 * HOUR, 14.5 * HOUR), 900)
    vehicles = [
        replace(one, shifts=tuple(replace(shift, breaks=(coffee, *shift.breaks, tea)) for shift in one.shifts))
        for one in problem.vehicles
    ]
    return replace(problem, vehicles=tuple(vehicles))


def told(trip_id: str, vehicle: str, fetch: float) -> Lock:
    """A trip that has been told."""
    return Lock(trip_id, vehicle, fetch, 300)
