"""What must hold for every rota: nothing broken, the best there is where that can be counted, the same each time."""

import os
import subprocess
import sys
from datetime import timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from planning.judge.rotas import cost_of, judge_rota, judge_seats
from planning.problems.assigning import assign
from planning.problems.rotas import plan_rota
from planning.stopping import Budget
from planning.vocabulary.availability import Absence, WeeklySlot
from planning.vocabulary.rota import Before, Most, RotaProblem, Seat, Turn, Unit
from tests.planning.bench.quarters import quarter
from tests.planning.bench.weeks import week
from tests.planning.strategies import TODAY, mostly

DAYS = int(os.environ.get("SAMTUN_DAYS", "300"))
KINDS = ("meal", "phone")
SHORT = Budget(iterations=400)

dates = st.integers(0, 20).map(lambda n: TODAY + timedelta(days=n))
slots = st.builds(WeeklySlot, st.integers(0, 6))


@st.composite
def units(draw: st.DrawFn, number: int) -> Unit:
    """A person, a couple that may share one, or an organisation."""
    members = draw(st.sampled_from([(f"p{number}",), (f"p{number}",), ("p0", "px"), ()]))
    first = draw(dates)
    return Unit(
        id=number,
        members=members,
        share=draw(st.integers(1, 3)),
        kinds=draw(mostly(frozenset(KINDS), st.frozensets(st.sampled_from(KINDS)))),
        slots=draw(mostly((), st.tuples(slots, slots))),
        absences=draw(mostly((), st.just((Absence(first, first + timedelta(days=4)),)))),
        most=draw(mostly((), st.just((Most(1, 1), Most(2, 3))))),
        rest=draw(st.sampled_from([0, 0, 1, 3])),
        wishes={0: draw(st.integers(-3, 3))},
        known_to=draw(st.frozensets(st.just("choir"))),
        not_with=draw(mostly(frozenset(), st.just(frozenset({"choir"})))),
        before=draw(st.sampled_from([Before(), Before(3, 1, 30), Before(0, 0, 30)])),
        at_once=1 if members else draw(st.integers(1, 2)),
    )


@st.composite
def turns(draw: st.DrawFn, number: int) -> Turn:
    """A turn of a day to a week."""
    first, group = draw(dates), draw(mostly(None, st.just("choir")))
    return Turn(
        id=number,
        kind=draw(st.sampled_from(KINDS)),
        first=first,
        last=first + timedelta(days=draw(st.sampled_from([0, 0, 1, 6]))),
        seats=draw(st.sampled_from([1, 1, 2])),
        group=group,
        someone_known=group is not None and draw(st.booleans()),
    )


@st.composite
def problems(draw: st.DrawFn, most_turns: int = 5, most_units: int = 4) -> RotaProblem:
    """A few turns over three weeks, and a few units."""
    some = tuple(draw(turns(number)) for number in range(draw(st.integers(0, most_turns))))
    people = tuple(draw(units(number)) for number in range(draw(st.integers(0, most_units))))
    locked = (Seat(some[0].id, people[0].id),) if some and people and draw(st.integers(0, 3)) == 0 else ()
    return RotaProblem(some, people, frozenset({TODAY + timedelta(days=3)}), locked)


@settings(max_examples=DAYS // 2, deadline=None)
@given(problems())
def test_the_judge_accepts_and_nothing_changed_changes_nothing(problem: RotaProblem) -> None:
    plan = plan_rota(problem, SHORT, seed=1)
    assert judge_rota(problem, plan) == ()
    again = plan_rota(problem, SHORT, seed=2, previous=plan)
    if not plan.open:
        assert (again.seats, again.changes) == (plan.seats, ())


@settings(max_examples=DAYS // 10, deadline=None)
@given(problems(3, 3))
def test_what_is_proven_is_the_best_that_the_judge_accepts(problem: RotaProblem) -> None:
    plan = plan_rota(problem, SHORT, seed=1, effort=5)
    assert plan.bound == plan.cost
    places = [turn.id for turn in problem.turns for _ in range(turn.seats)]
    names = [None, *(unit.id for unit in problem.units)]
    costs = []
    for picked in product(names, repeat=len(places)) if len(names) ** len(places) <= 300 else ():
        seats = tuple(Seat(turn, unit) for turn, unit in zip(places, picked, strict=True) if unit is not None)
        if not judge_seats(problem, seats):
            costs.append(cost_of(problem, seats))
    # Where a turn wants someone known and has two seats, a half-filled one keeps the empty seat for who is known.
    if costs and not any(turn.someone_known for turn in problem.turns):
        assert plan.cost == min(costs)


def told() -> str:
    """Write out a week and a quarter planned from scratch."""
    helped = assign(week(12, 24, rich=True), Budget(iterations=50), seed=3)
    rota = plan_rota(quarter(8, 3, 5), Budget(iterations=2000), seed=3, effort=0.3)
    return f"{helped.run.problem} {helped.pairs} {helped.open} {rota.run.problem} {rota.seats} {rota.open} {rota.bound}"


def test_the_same_plans_in_every_process() -> None:
    script = "from tests.planning.problems.test_rotas_properties import told; print(told())"
    env = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": "src:."}
    other = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, check=True, text=True)
    assert other.stdout.strip() == told()
