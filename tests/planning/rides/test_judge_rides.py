"""The judge must object: each plan here is wrong in one way."""

from dataclasses import replace

import pytest

from planning.judge.rides import judge_rides
from planning.problems.rides import plan_rides
from planning.stopping import Budget
from planning.vocabulary.plan import Unplanned
from planning.vocabulary.reason import Reason
from planning.vocabulary.ride import At, Break, RideWhy, Shift, Span, Stop
from tests.planning.rides.days import HOUR, car, day, told, trip

PROBLEM = day(trip("a"), trip("b", at=13))
RIGHT = plan_rides(PROBLEM, Budget(iterations=60), seed=1)
TOUR = RIGHT.tours[0]


def retold(**changes):
    """The plan with the stops at these positions changed."""
    stops = list(TOUR.stops)
    for key, change in changes.items():
        stops[int(key[1:])] = replace(stops[int(key[1:])], **change)
    return replace(RIGHT, tours=(replace(TOUR, stops=tuple(stops)),))


def reordered(*positions):
    return replace(RIGHT, tours=(replace(TOUR, stops=tuple(TOUR.stops[x] for x in positions)),))


FETCH, DROP = TOUR.stops[1], TOUR.stops[2]
NAP = Stop(At.BREAK, "centre", 0, 0, 0)
WRONG = {
    "cost": (replace(RIGHT, cost=1.0), "does not cost"),
    "planned and left out": (replace(RIGHT, unplanned=(Unplanned("a", (Reason(RideWhy.PAIR),)),)), "planned once"),
    "forgotten": (replace(RIGHT, tours=()), "planned once"),
    "stranger": (replace(RIGHT, unplanned=(Unplanned("x", (Reason(RideWhy.PAIR),)),)), "not a trip"),
    "same shift twice": (replace(RIGHT, tours=(*RIGHT.tours, replace(TOUR, stops=()))), "no such shift"),
    "no end": (reordered(0, 1, 2, 3, 4), "from its start"),
    "another garage": (retold(x0={"place": "farm"}), "another place than its own"),
    "set down first": (reordered(0, 2, 1, 3, 4, 5), "before being fetched"),
    "fetched elsewhere": (retold(x1={"place": "village"}), "fetched in another place"),
    "set down elsewhere": (retold(x2={"place": "village"}), "set down in another place"),
    "off the map": (retold(x1={"place": "moon"}), "where there is no place: 'moon'"),
    "too early": (retold(x1={"start": FETCH.start - 7200}), "outside the window"),
    "before arriving": (retold(x1={"arrive": FETCH.start + 9}), "before the car is there"),
    "no time to get in": (retold(x1={"leave": FETCH.start}), "another time for its fetch"),
    "too fast": (retold(x2={"arrive": FETCH.leave}), "sooner than one can drive"),
    "too long": (retold(x2={"start": DROP.start + 3600, "leave": DROP.leave + 3600}), "rides too long"),
    "night work": (retold(x0={"start": 0}), "outside the hours"),
    "break": (
        replace(RIGHT, tours=(replace(TOUR, stops=(*TOUR.stops[:3], NAP, *TOUR.stops[3:])),)),
        "nobody asked for",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("plan", "words"), WRONG.values(), ids=WRONG)
def test_the_judge_objects(plan, words):
    assert words in " ".join(breach.what for breach in judge_rides(PROBLEM, plan))


AT_WORK = car(shifts=(Shift(Span(8 * HOUR, 16 * HOUR), 2 * HOUR),))
RULES = {
    "works too long": (day(*PROBLEM.trips, cars=(AT_WORK,)), "works too long"),
    "no seats": (day(trip("a", companions=3), PROBLEM.trips[1]), "more than any seat plan"),
    "no ramp": (day(trip("a", needs=frozenset({"ramp"})), PROBLEM.trips[1]), "needs what the vehicle"),
    "not agreed": (day(trip("a", agreed=frozenset()), PROBLEM.trips[1]), "guardian has not agreed"),
    "refuses": (day(*PROBLEM.trips, cars=(car(refuses=frozenset({"p-a"})),)), "may not go with"),
    "nobody there": (day(trip("a", received=Span(0, 60)), PROBLEM.trips[1]), "nobody is there"),
    "told otherwise": (replace(PROBLEM, locks=(told("a", "car", 0),)), "was told otherwise"),
    "no order": (day(trip("a", drop_window=Span(0, 60)), PROBLEM.trips[1]), "cannot be driven in this order"),
}  # fmt: skip


@pytest.mark.parametrize(("problem", "words"), RULES.values(), ids=RULES)
def test_the_judge_knows_the_rules(problem, words):
    assert words in " ".join(breach.what for breach in judge_rides(problem, RIGHT))


def test_company_pairs_and_the_right_plan():
    assert judge_rides(PROBLEM, RIGHT) == ()
    two = day(trip("a"), trip("b"))
    plan = plan_rides(two, Budget(iterations=60), seed=1)
    apart = day(trip("a", not_with=frozenset({"p-b"})), trip("b"))
    assert "may not ride with" in " ".join(breach.what for breach in judge_rides(apart, plan))
    out = trip("a", pair="b")
    paired = day(out, replace(trip("b", "farm", "centre", at=13, pair="a"), person=out.person))
    half = replace(reordered(0, 1, 2, 5), unplanned=(Unplanned("b", (Reason(RideWhy.FULL),)),))
    assert "without the way back" in " ".join(breach.what for breach in judge_rides(paired, half))
    assert judge_rides(paired, RIGHT) == ()


def test_breaks():
    rest = Break(Span(11 * HOUR, 12 * HOUR), 1800)
    problem = day(*PROBLEM.trips, cars=(car(shifts=(Shift(Span(8 * HOUR, 16 * HOUR), breaks=(rest,)),)),))
    assert "has no break" in " ".join(breach.what for breach in judge_rides(problem, RIGHT))
    plan = plan_rides(problem, Budget(iterations=60), seed=1)
    tour = plan.tours[0]
    x = next(x for x, stop in enumerate(tour.stops) if stop.at is At.BREAK)

    def wrong(before, **changes):
        stops = [stop for stop in tour.stops if stop.at is not At.BREAK]
        stops.insert(before, replace(tour.stops[x], **changes))
        return " ".join(b.what for b in judge_rides(problem, replace(plan, tours=(replace(tour, stops=tuple(stops)),))))

    assert "another time than it may" in wrong(x, start=tour.stops[x].start + 7200)
    assert "too short" in wrong(x, leave=tour.stops[x].start)
    assert "somewhere else" in wrong(x, place="village")
    assert "someone in the car" in wrong(x - 1)
    late = tour.stops[x + 1].arrive
    assert "somewhere else" in wrong(x, start=late - 1800, leave=late), "it cannot drive while it rests"


def test_each_of_several_breaks_is_looked_for():
    coffee, lunch = Break(Span(10.75 * HOUR, 11 * HOUR), 600), Break(Span(11.5 * HOUR, 12 * HOUR), 1800)
    problem = day(*PROBLEM.trips, cars=(car(shifts=(Shift(Span(8 * HOUR, 16 * HOUR), breaks=(coffee, lunch)),)),))
    plan = plan_rides(problem, Budget(iterations=60), seed=1)
    tour = plan.tours[0]
    taken = [x for x, stop in enumerate(tour.stops) if stop.at is At.BREAK]
    assert len(taken) == 2
    for x in taken:
        less = replace(tour, stops=(*tour.stops[:x], *tour.stops[x + 1 :]))
        assert "has no break" in [breach.what for breach in judge_rides(problem, replace(plan, tours=(less,)))]


def test_home_before_out_and_evaluations_that_differ(monkeypatch):
    out = trip("a", pair="b")
    paired = day(out, replace(trip("b", "farm", "centre", at=13, pair="a"), person=out.person))
    assert "other way has ended" in " ".join(b.what for b in judge_rides(paired, retold(x3={"start": 0})))
    monkeypatch.setattr("planning.judge.rides.earliest", lambda *_: None)
    assert "do not agree" in " ".join(breach.what for breach in judge_rides(PROBLEM, RIGHT))
