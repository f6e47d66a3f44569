"""On random days: every plan passes the judge, and what is not changed changes nothing."""

import os
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.distances import Matrix
from planning.judge.meals import judge_meals
from planning.problems.meals import plan_meals
from planning.stopping import Budget
from planning.vocabulary.meal import Box, Door, Driver, Kitchen, MealProblem, Wave

DAYS = int(os.environ.get("SAMTUN_DAYS", "300")) // 5
"""Each day is planned three times with all its explanations, so a fifth of the days of other properties."""
OPEN = 39_600


@st.composite
def days(draw):
    """A day with up to six doors, two kitchens and three drivers on a square of some kilometres."""
    spots = draw(st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 9000)), min_size=4, max_size=8))
    at = np.array(spots, dtype=float)
    metres = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    villages = st.sampled_from(["near", "far"])
    kitchens = (Kitchen("k0", 0, OPEN - 1800, OPEN + 5400), Kitchen("k1", 1, OPEN, OPEN + 5400))
    doors = tuple(
        Door(
            f"d{n}", n, draw(villages), OPEN, OPEN + draw(st.sampled_from([1800, 7200])),
            (Box(portions=draw(st.integers(1, 3))),), draw(st.sampled_from([None, "k0", "k1"])), draw(st.booleans()),
        )
        for n in range(2, len(spots))
    )  # fmt: skip
    drivers = tuple(
        Driver(
            f"c{n}", frozenset({draw(villages)}), frozenset({"k0"}), draw(st.integers(2, 6)),
            (Wave(OPEN - 3600, OPEN + 3600), Wave(OPEN + 3600, OPEN + 9000))[: draw(st.integers(1, 2))],
            people=draw(st.integers(1, 2)), any_kitchen=draw(st.booleans()), any_village=draw(st.booleans()),
            talk_s=draw(st.sampled_from([0, 180, 600])),
        )
        for n in range(draw(st.integers(0, 3)))
    )  # fmt: skip
    roads = Matrix(tuple(range(len(spots))), metres / 10, metres)
    return MealProblem(kitchens, doors, drivers, roads, longest_s=draw(st.sampled_from([600, 2700])))


@settings(max_examples=DAYS, deadline=None)
@given(problem=days(), seed=st.integers(1, 5))
def test_every_day_passes_the_judge_and_again_changes_nothing(problem, seed):
    plan = plan_meals(problem, Budget(iterations=4), seed=seed)
    assert judge_meals(problem, plan) == ()
    again = plan_meals(problem, Budget(iterations=4), seed=seed, previous=plan)
    if not plan.unserved:
        assert (again.rounds, again.changes) == (plan.rounds, ())
    assert len(again.unserved) <= len(plan.unserved)
    locked = frozenset(stop.door for one in plan.rounds for stop in one.stops[:1])
    fewer = replace(problem, drivers=problem.drivers[:-1], locked=locked)
    assert judge_meals(fewer, plan_meals(fewer, Budget(iterations=4), seed=seed, previous=plan), plan) == ()
