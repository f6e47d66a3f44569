"""Why not, and what would help: each told thing was tried."""

from dataclasses import replace

import numpy as np
import pytest

from planning.distances import Matrix
from planning.explain import ride_fixes
from planning.problems.rides import plan_rides
from planning.solvers.rides import regions
from planning.stopping import Budget
from planning.vocabulary.ride import RideProblem, RideWhy, Shift, Span
from tests.planning.rides.days import HOUR, ROAD, car, day, random_day, trip

HERE = np.eye(5, dtype=bool)
ISLAND = Matrix(
    (*ROAD.places, "island"),
    np.where(HERE, 0.0, np.pad(ROAD.seconds, (0, 1), constant_values=np.inf)),
    np.where(HERE, 0.0, np.pad(ROAD.metres, (0, 1), constant_values=np.inf)),
)
FULL = tuple(trip(f"t{x}", companions=2, at=10) for x in range(2))
REASONS = {
    "no road": (RideProblem((trip("a", "island"),), (car(),), ISLAND), RideWhy.NO_WAY),
    "too far": (day(trip("a", longest_ride=600)), RideWhy.TOO_LONG),
    "times miss": (day(trip("a", drop_window=Span(9 * HOUR, 10 * HOUR))), RideWhy.TIMES_MISS),
    "no place": (day(trip("a", companions=3)), RideWhy.NO_PLACE),
    "needs": (day(trip("a", needs=frozenset({"ramp"}))), RideWhy.NEEDS),
    "not agreed": (day(trip("a", agreed=frozenset())), RideWhy.NOT_AGREED),
    "outside hours": (day(trip("a", at=17)), RideWhy.OUTSIDE_HOURS),
    "full": (day(*FULL), RideWhy.FULL),
}


def unplanned(problem):
    return plan_rides(problem, Budget(iterations=40), seed=1).unplanned


@pytest.mark.parametrize(("problem", "code"), REASONS.values(), ids=REASONS)
def test_the_reason_is_told(problem, code):
    found = unplanned(problem)
    assert code in [reason.code for reason in found[0].reasons]


def fixes(problem):
    return {fix.code: dict(fix.figures) for fix in unplanned(problem)[0].fixes}


def test_what_would_help():
    assert fixes(day(trip("a", companions=3)))[RideWhy.MORE_PLACES] == {"vehicle": "car", "place": "seat"}
    late = fixes(day(trip("a", at=15.25)))
    assert late[RideWhy.LONGER_SHIFT] == {"vehicle": "car", "seconds": 1800}
    assert late[RideWhy.EARLIER] == {"seconds": 600}
    assert fixes(day(trip("a", longest_ride=1000)))[RideWhy.LONGER_RIDE] == {"seconds": 250}
    tight = trip("a", drop_window=Span(10 * HOUR, 10 * HOUR + 1000))
    assert fixes(day(tight))[RideWhy.LATER] == {"seconds": 300}


def test_one_more_driver_serves_those_left_out():
    problem = day(*(trip(f"t{x}", companions=2) for x in range(3)))
    found = unplanned(problem)
    assert len(found) == 2
    told = [fix for one in found for fix in one.fixes if fix.code is RideWhy.ONE_MORE_DRIVER]
    assert [fix.serves for fix in told] == [1]
    none = unplanned(day(trip("a", companions=9)))
    assert RideWhy.ONE_MORE_DRIVER not in [fix.code for fix in none[0].fixes]


def test_what_the_judge_stops_is_not_told(monkeypatch):
    monkeypatch.setattr(ride_fixes, "judge_tour", lambda *_: ["wrong"])
    for problem in (day(trip("a", companions=3)), day(trip("a", at=15.25)), day(*FULL)):
        assert [one.fixes for one in unplanned(problem)] == [()]


def test_no_fix_lets_the_way_home_begin_before_the_way_out_has_ended():
    out = trip("out", needs=frozenset({"ramp"}), pair="home")
    home = replace(trip("home", "centre", "farm", at=out.drop_window.end / HOUR, pair="out"), person=out.person)
    sooner = replace(out, drop_window=Span(10 * HOUR, 10 * HOUR + 1000), needs=frozenset())
    late = unplanned(day(sooner, replace(home, pickup_window=Span(10 * HOUR + 1000, 12 * HOUR))))
    assert RideWhy.LATER not in [fix.code for fix in late[0].fixes]


def test_a_second_shift_does_not_run_into_the_first():
    shifts = (Shift(Span(8 * HOUR, 12 * HOUR)), Shift(Span(12 * HOUR, 16 * HOUR)))
    assert RideWhy.LONGER_SHIFT not in fixes(day(trip("a", at=15.5), cars=(car(shifts=shifts),)))


def test_a_longer_shift_does_not_run_into_the_drivers_other_car():
    late = trip("a", at=15.5)
    first, after = car("one", driver="d"), car("two", (16, 20), driver="d", seat_plans=((0,),))
    assert RideWhy.LONGER_SHIFT in fixes(day(late, cars=(first,)))
    assert RideWhy.LONGER_SHIFT not in fixes(day(late, cars=(first, after)))


def test_one_more_driver_is_not_one_that_the_guardian_has_agreed_to():
    """Whoever that is, nobody has asked."""
    child = {"companions": 2, "agreed": frozenset({"d-car"})}
    found = unplanned(day(*(trip(f"t{x}", **child) for x in range(3))))
    assert len(found) == 2
    assert RideWhy.ONE_MORE_DRIVER not in [fix.code for one in found for fix in one.fixes]


def test_a_large_day_is_dealt_into_regions(monkeypatch):
    monkeypatch.setattr(regions, "LARGEST", 6)
    monkeypatch.setattr(regions, "REGION", 4)
    problem = random_day(11, people=6, cars=5)
    first = plan_rides(problem, Budget(iterations=120), seed=2)
    assert first.tours == plan_rides(problem, Budget(iterations=120), seed=2).tours
    assert 40 <= first.run.iterations <= 140
    many = replace(problem, locks=())
    assert plan_rides(many, Budget(seconds=0.05), seed=1).tours
    gone = replace(problem, vehicles=problem.vehicles[1:])
    assert plan_rides(gone, Budget(iterations=60), seed=2, previous=first).changes


@pytest.mark.parametrize("number", range(12))
def test_nobody_is_driven_out_and_left_there_when_the_ways_are_in_two_regions(monkeypatch, number):
    """The judge refuses a plan with one way only; scarce cars make a region want to leave one out."""
    monkeypatch.setattr(regions, "LARGEST", 6)
    monkeypatch.setattr(regions, "REGION", 5)
    found = plan_rides(random_day(number, people=9, cars=4), Budget(iterations=400), seed=number, reasons=False)
    assert found.tours
