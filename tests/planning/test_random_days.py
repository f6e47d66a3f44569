"""What must hold for any day, whatever is asked: of rides, meals, weeks of requests and rotas.

A day is drawn from a number, planned, and planned again. `make test` plans 300 days, `make reliability` 10,000. They
are shared out by what a day costs in processor time and how many rules it has: of ten days four are of rides, one of
meals (a day of meals is planned four times, by a search that takes longer), three weeks of requests, two rotas.
"""

from dataclasses import replace
from math import hypot
from random import Random

import pytest
from hypothesis import given, seed, settings

from planning.distances import Matrix
from planning.judge.assignment import judge_assignment
from planning.judge.meals import judge_meals
from planning.judge.rides import judge_rides
from planning.judge.rotas import judge_rota
from planning.problems.assigning import assign
from planning.problems.meals import plan_meals
from planning.problems.rides import on_shortest_ways, plan_rides
from planning.problems.rotas import plan_rota
from planning.solvers.rides.keeping import vehicles_of
from planning.stopping import Budget
from planning.vocabulary.meal import Box, Door, Driver, Kitchen, MealProblem, Wave
from planning.vocabulary.ride import At
from tests.planning.rides.days import random_day, with_more_breaks
from tests.planning.strategies import random_rota, random_week, seeds

OPEN = 39_600
CHANCE = 1e-6
"""Seconds that sums of seconds may be off by."""


def random_meals(number):
    """A day with up to six doors, two kitchens and three drivers on a square of some kilometres."""
    lot = Random(number)
    spots = [(lot.randrange(9001), lot.randrange(9001)) for _ in range(lot.randint(4, 8))]
    metres = [[hypot(a[0] - b[0], a[1] - b[1]) for b in spots] for a in spots]
    kitchens = (Kitchen("k0", 0, OPEN - 1800, OPEN + 5400), Kitchen("k1", 1, OPEN, OPEN + 5400))
    doors = tuple(
        Door(
            f"d{n}", n, lot.choice(("near", "far")), OPEN, OPEN + lot.choice((1800, 7200)),
            (Box(portions=lot.randint(1, 3)),), lot.choice((None, "k0", "k1")), lot.random() < 0.3,
        )
        for n in range(2, len(spots))
    )  # fmt: skip
    drivers = tuple(
        Driver(
            f"c{n}", frozenset({lot.choice(("near", "far"))}), frozenset({"k0"}), lot.randint(2, 6),
            (Wave(OPEN - 3600, OPEN + 3600), Wave(OPEN + 3600, OPEN + 9000))[: lot.randint(1, 2)],
            people=lot.randint(1, 2), any_kitchen=lot.random() < 0.5, any_village=lot.random() < 0.5,
            talk_s=lot.choice((0, 180, 600)),
        )
        for n in range(lot.randrange(4))
    )  # fmt: skip
    roads = Matrix(tuple(range(len(spots))), [[m / 10 for m in row] for row in metres], metres)
    return MealProblem(kitchens, doors, drivers, roads, longest_s=lot.choice((600, 2700)))


def holds_for_rides(number):
    """Nobody rides longer than allowed or with whom they may not; a trip less hurts nobody; nothing new, no change."""
    problem = random_day(number, people=3)
    problem = with_more_breaks(problem) if number % 3 == 0 else problem
    plan = plan_rides(problem, Budget(iterations=20), seed=number)
    assert judge_rides(on_shortest_ways(problem), plan) == ()
    assert all(one.reasons for one in plan.unplanned)
    for tour in plan.tours:
        _keeps_promises(problem, tour)
    assert plan_rides(problem, Budget(iterations=20), seed=number, previous=plan) is plan
    unnamed = replace(plan, run=replace(plan.run, problem=""))
    again = plan_rides(problem, Budget(iterations=1), seed=number, previous=unnamed, reasons=False)
    assert plan.unplanned or (again.tours, again.changes) == (plan.tours, ())
    planned = vehicles_of(plan)
    if planned:
        gone = next(iter(planned))
        pair = {gone, problem.trip(gone).pair}
        fewer = replace(problem, trips=tuple(trip for trip in problem.trips if trip.id not in pair))
        rest = plan_rides(fewer, Budget(iterations=1), seed=1, previous=plan, reasons=False)
        # Another may have got the place, but only one that counts for as much.
        assert _weight(problem, vehicles_of(rest)) >= _weight(problem, planned.keys() - pair)


def _keeps_promises(problem, tour):
    vehicle, fetched, aboard = problem.vehicle(tour.vehicle), {}, set()
    for stop in tour.stops:
        trip = problem.trip(stop.trip) if stop.trip is not None else None
        if stop.at is At.FETCH:
            fetched[trip.id] = stop.leave
            assert trip.person not in vehicle.refuses
            assert not trip.not_with & {vehicle.id, vehicle.driver}
            assert trip.agreed is None or vehicle.driver in trip.agreed
            for other in aboard:
                assert trip.person not in other.not_with
                assert other.person not in trip.not_with
            aboard.add(trip)
        elif stop.at is At.SET_DOWN:
            assert stop.start - fetched[trip.id] <= trip.longest_ride + CHANCE
            aboard.remove(trip)


def _weight(problem, planned):
    return sum(problem.trip(who).priority for who in planned)


def holds_for_meals(number):
    """No box is too long on the road, nobody carries where they would not; nothing new, no change; a door less."""
    problem, few = random_meals(number), Budget(iterations=4)
    plan = plan_meals(problem, few, seed=number)
    assert judge_meals(problem, plan) == ()
    doors, drivers = {one.id: one for one in problem.doors}, {one.id: one for one in problem.drivers}
    for one in plan.rounds:
        driver = drivers[one.driver]
        assert driver.any_kitchen or one.kitchen in driver.kitchens
        assert sum(doors[stop.door].portions for stop in one.stops) <= driver.room
        for stop in one.stops:
            assert stop.at - one.leave <= problem.longest_s + 1
            assert driver.any_village or doors[stop.door].village in driver.villages
    again = plan_meals(problem, few, seed=number, previous=plan)
    assert plan.unserved or (again.rounds, again.changes) == (plan.rounds, ())
    assert len(again.unserved) <= len(plan.unserved)
    fewer = replace(problem, doors=tuple(one for one in problem.doors if one.id != _first_door(plan)))
    rest = plan_meals(fewer, few, seed=number, previous=plan)
    assert len(rest.unserved) <= len(plan.unserved)
    locked = frozenset(stop.door for one in plan.rounds for stop in one.stops[:1])
    ill = replace(problem, drivers=problem.drivers[:-1], locked=locked)
    assert judge_meals(ill, plan_meals(ill, few, seed=number, previous=plan), plan) == ()


def _first_door(plan):
    return next((stop.door for one in plan.rounds for stop in one.stops), None)


def holds_for_weeks(number):
    """No veto and no ceiling is broken; nothing new, no change, whatever the lot."""
    problem = random_week(number)
    plan = assign(problem, Budget(iterations=500), seed=number)
    assert judge_assignment(problem, plan) == ()
    asked, rows = {one.id: one for one in problem.requests}, {one.id: one for one in problem.volunteers}
    new = [pair for pair in plan.pairs if pair not in problem.locked]
    for pair in new:
        request, row = asked[pair.request], rows[pair.volunteer]
        assert not request.vetoed & {row.id, row.person, row.companion}
        assert not any((row.do_not_contact, row.asks_stopped))
        if row.ceiling is not None:
            mine = [asked[one.request].day for one in plan.pairs if rows[one.volunteer].person == row.person]
            same = [day for day in (*row.agreed, *mine) if row.ceiling.same_period(day, request.day)]
            assert len(same) <= row.ceiling.times
    again = assign(problem, Budget(iterations=500), seed=number + 1, previous=plan)
    assert (again.pairs, again.changes) == (plan.pairs, ())


def holds_for_rotas(number):
    """Nobody is on a turn while away, with a group they do not go to, or more often than they take; no change."""
    problem = random_rota(number)
    plan = plan_rota(problem, Budget(iterations=400), seed=number)
    assert judge_rota(problem, plan) == ()
    turns, units = {one.id: one for one in problem.turns}, {one.id: one for one in problem.units}
    new = [seat for seat in plan.seats if seat not in problem.locked]
    for seat in new:
        turn, unit = turns[seat.turn], units[seat.unit]
        assert turn.kind in unit.kinds
        assert turn.group not in unit.not_with
        assert not any(away.first <= turn.last and turn.first <= away.last for away in unit.absences)
        for most in unit.most:
            week = _week(turn)
            mine = [_week(turns[one.turn]) for one in plan.seats if one.unit == unit.id]
            assert sum(week <= one < week + most.weeks for one in mine) <= most.times
    again = plan_rota(problem, Budget(iterations=400), seed=number + 1, previous=plan)
    assert plan.open or (again.seats, again.changes) == (plan.seats, ())


def _week(turn):
    return (turn.first.toordinal() - 1) // 7


HOLDS = {"rides": holds_for_rides, "meals": holds_for_meals, "weeks": holds_for_weeks, "rotas": holds_for_rotas}
SHARES = {"rides": 4, "meals": 1, "weeks": 3, "rotas": 2}
"""Of ten days."""
PARTS = 10
"""Parts that the ten thousand are cut into, for as many workers as there are."""


def run(question, days, part):
    """Plan so many days; another part is of other days."""

    @seed(part)
    @settings(max_examples=days, database=None)
    @given(seeds)
    def holds(number):
        HOLDS[question](number)

    holds()


@pytest.mark.parametrize("question", HOLDS)
def test_three_hundred_days(question):
    run(question, 30 * SHARES[question], part=0)


@pytest.mark.reliability
@pytest.mark.parametrize("part", range(1, PARTS + 1))
@pytest.mark.parametrize("question", HOLDS)
def test_ten_thousand_days(question, part):
    run(question, 1000 * SHARES[question] // PARTS, part)
