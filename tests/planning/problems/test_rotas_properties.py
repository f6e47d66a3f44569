"""What must hold for every rota: the best there is, where that can be counted."""

from itertools import product

from hypothesis import example, given, settings

from planning.judge.rotas import cost_of, judge_seats
from planning.problems.rotas import plan_rota
from planning.stopping import Budget
from planning.vocabulary.rota import RotaProblem, Seat
from tests.planning.strategies import random_rota, rotas

SHORT = Budget(iterations=400)


@settings(max_examples=30)
@given(rotas(3, 3))
@example(random_rota(777093019, 3, 3))  # one seat of two stands: the other is no less counted
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
