"""Tours from one depot: what the search finds, and what the judge sees."""

from dataclasses import replace

import pytest

from planning.formats.lilim import read_lilim
from planning.formats.solomon import read_table
from planning.judge.tours import judge_tours
from planning.problems import tours as engine
from planning.problems.tours import plan_tours
from planning.stopping import Budget
from planning.vocabulary.plan import Status, WrongPlanError
from planning.vocabulary.tours import Node, Tour, ToursProblem
from tests.planning.formats.files import LILIM, TABLE

TWO = read_table(TABLE)
PAIR = read_lilim(LILIM)
BUDGET = Budget(iterations=100)
DEPOT, ONE = TWO.nodes[0], TWO.nodes[1]

BAD = {
    "no number": (lambda: replace(ONE, x=float("nan")), "no number"),
    "window": (lambda: replace(ONE, due=-1), "closes"),
    "service": (lambda: replace(ONE, service=-1), "0 or more"),
    "demand": (lambda: replace(ONE, demand=-1), "less than nothing"),
    "alone": (lambda: ToursProblem("", (DEPOT,), 1, 1), "at least one stop"),
    "no vehicle": (lambda: replace(TWO, vehicles=0), "at least one vehicle"),
    "twice": (lambda: replace(TWO, nodes=(DEPOT, ONE, ONE)), "stands twice"),
    "depot": (lambda: replace(TWO, nodes=(ONE, DEPOT)), "wants nothing"),
    "too much": (lambda: replace(TWO, capacity=1), "a vehicle holds"),
    "partner": (lambda: replace(TWO, nodes=(DEPOT, replace(ONE, partner=7))), "no partner"),
    "amounts": (lambda: replace(PAIR, nodes=(*PAIR.nodes[:2], replace(PAIR.nodes[2], demand=-3))), "is not what"),
}


@pytest.mark.parametrize(("build", "words"), BAD.values(), ids=BAD.keys())
def test_nonsense_is_refused(build, words):
    with pytest.raises(ValueError, match=words):
        build()


@pytest.mark.parametrize("problem", [TWO, PAIR])
def test_two_stops_on_one_line(problem):
    plan = plan_tours(problem, BUDGET, seed=1)
    assert plan.cost == pytest.approx(20)
    assert plan.tours[0].nodes == (0, 1, 2, 0)
    assert plan.tours[0].start == pytest.approx((0, 5, 20, 32))
    assert (plan.status, judge_tours(problem, plan)) == (Status.FEASIBLE, ())
    again = plan_tours(problem, BUDGET, seed=1)
    assert (again.tours, again.run.problem) == (plan.tours, plan.run.problem)


def test_who_cannot_be_reached_is_left_out():
    late = replace(TWO, nodes=(DEPOT, ONE, Node(2, 60, 80, 1, 0, 10, 0)))
    plan = plan_tours(late, Budget(seconds=0.05), seed=1)
    assert (plan.status, plan.left_out) == (Status.PARTIAL, (2,))
    assert [one.what for one in judge_tours(late, plan)] == ["1 stops are left out"]


def test_strings_are_taken_and_put_back_with_many_stops():
    ring = [Node(n, n % 5, n // 5, 1, 0, 500 + n, 1) for n in range(1, 31)]
    many = ToursProblem("ring", (Node(0, 2, 2, 0, 0, 900, 0), *ring), 4, 9)
    plan = plan_tours(many, Budget(iterations=400), seed=2)
    assert judge_tours(many, plan) == ()
    assert plan.cost < 48
    assert plan.tours == plan_tours(many, Budget(iterations=400), seed=2).tours


def test_one_after_the_other_is_one_tour():
    row = [Node(n, n, 0, 1, 50 * n, 50 * n + 5, 1) for n in range(1, 13)]
    plan = plan_tours(ToursProblem("row", (Node(0, 0, 0, 0, 0, 900, 0), *row), 6, 20), Budget(iterations=300), seed=1)
    assert [one.nodes for one in plan.tours] == [(0, *range(1, 13), 0)]


def test_what_the_judge_stops_does_not_leave(monkeypatch):
    monkeypatch.setattr(engine, "timed", lambda *_: (Tour(0, (0, 1, 1, 0), (0, 5, 9, 20)),))
    with pytest.raises(WrongPlanError):
        plan_tours(TWO, BUDGET, seed=1)


GOOD, PAIRED = plan_tours(TWO, BUDGET, seed=1), plan_tours(PAIR, BUDGET, seed=1)


def tour(*nodes, start, vehicle=0):
    return replace(GOOD, tours=(Tour(vehicle, nodes, start),))


FULL = replace(TWO, capacity=9)
WRONG = {
    "is not a node": (TWO, tour(0, 9, 0, start=(0, 5, 9))),
    "visited or left out 0 times": (TWO, tour(0, 1, 0, start=(0, 5, 12))),
    "not a vehicle": (TWO, tour(0, 1, 2, 0, start=(0, 5, 20, 32), vehicle=1)),
    "two tours": (TWO, replace(GOOD, tours=GOOD.tours * 2)),
    "begin and end at the depot": (TWO, tour(0, 1, 2, start=(0, 5, 20))),
    "as many times": (TWO, tour(0, 1, 2, 0, start=(0, 5))),
    "outside": (TWO, tour(0, 1, 2, 0, start=(0, 5, 61, 80))),
    "before one can be there": (TWO, tour(0, 1, 2, 0, start=(0, 1, 20, 32))),
    "carries": (FULL, GOOD),
    "without being picked up": (PAIR, tour(0, 2, 1, 0, start=(0, 20, 27, 34))),
    "cost is said": (TWO, replace(GOOD, cost=3.0)),
}  # fmt: skip


@pytest.mark.parametrize("word", WRONG)
def test_the_judge_sees_what_is_wrong(word):
    problem, plan = WRONG[word]
    assert any(word in one.what for one in judge_tours(problem, plan))


def test_the_judge_sees_what_is_never_delivered():
    assert any("not delivered" in one.what for one in judge_tours(PAIR, tour(0, 1, 0, start=(0, 5, 12))))
    assert judge_tours(PAIR, PAIRED) == ()
