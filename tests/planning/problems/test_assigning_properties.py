"""What must hold for every week: the same rules as for one request, nothing broken, and the best there is."""

import os
from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from planning.judge.assignment import judge_assignment, judge_pairs
from planning.problems.assigning import assign
from planning.problems.assigning_offers import Week
from planning.problems.candidates import ASKED_OTHERWISE, WORDS, Crowd
from planning.problems.matching import fits
from planning.problems.matching_rules import SILENT_RULES, TOLD_RULES
from planning.stopping import Budget
from planning.vocabulary.assignment import AssignmentProblem, Pair
from planning.vocabulary.fingerprint import fingerprint
from tests.planning.strategies import TODAY, requests, volunteers

DAYS = int(os.environ.get("SAMTUN_DAYS", "300"))
SHORT = Budget(iterations=500)


@st.composite
def weeks(draw: st.DrawFn, most: int = 5) -> AssignmentProblem:
    """A few requests and a few rows of four persons, sometimes linked, for two, new or locked."""
    rows = tuple(draw(volunteers(number=number)) for number in range(draw(st.integers(0, most))))
    asked = tuple(replace(draw(requests()), id=f"r{n}") for n in range(draw(st.integers(0, 4))))
    names = [one.id for one in asked]
    linked = ((names[0], names[1]),) if len(names) > 1 and draw(st.booleans()) else ()
    free = [name for name in names if not linked or name not in linked[0]]
    duos = frozenset(draw(st.sets(st.sampled_from(free), max_size=2))) if free else frozenset()
    locked = (Pair(names[-1], rows[0].id),) if names and rows and draw(st.integers(0, 3)) == 0 else ()
    return AssignmentProblem(
        asked,
        rows,
        TODAY,
        linked=linked,
        duos=duos,
        new=frozenset({"p1"}) if draw(st.booleans()) else frozenset(),
        shares={"p2": 3},
        locked=locked,
        priorities={names[0]: draw(st.integers(1, 3))} if names else {},
        between_min=draw(st.sampled_from([0, 20])),
    )


def test_no_rule_is_forgotten() -> None:
    assert set(WORDS) | set(ASKED_OTHERWISE) == set(SILENT_RULES + TOLD_RULES)


@settings(max_examples=DAYS // 2, deadline=None)
@given(weeks())
def test_all_are_asked_as_each_is_and_nothing_changed_changes_nothing(problem: AssignmentProblem) -> None:
    crowd = Crowd(problem)
    for request in problem.requests:
        assert crowd.fitting(request).tolist() == [not fits(one, request, TODAY) for one in problem.volunteers]
        for rule in SILENT_RULES + TOLD_RULES:
            kept = [not rule(one, request, TODAY) for one in problem.volunteers]
            assert crowd.keeps(rule, request).tolist() == kept, rule.__name__
    plan = assign(problem, SHORT, seed=1)
    assert judge_assignment(problem, plan) == ()
    again = assign(problem, SHORT, seed=2, previous=plan)
    assert (again.pairs, again.changes) == (plan.pairs, ())


@settings(max_examples=DAYS // 6, deadline=None)
@given(weeks(most=3))
def test_no_plan_that_the_judge_accepts_is_better(problem: AssignmentProblem) -> None:
    plan = assign(problem, SHORT, seed=1)
    assert plan.proven
    week = Week(problem, 1, ())
    best = min(
        week.offers.value(chosen)
        for picked in product((False, True), repeat=min(10, len(week.request)))
        for chosen in [(week.request[:0] if not any(picked) else _numbers(picked))]
        if not judge_pairs(problem, week.pairs(chosen))
    )
    if len(week.request) <= 10:
        assert plan.cost_m == best


def _numbers(picked: tuple[bool, ...]):
    import numpy as np

    return np.flatnonzero(picked)


def test_a_fingerprint_is_the_same_in_every_process_and_another_for_another() -> None:
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint([1, {2, 3}], object) != fingerprint([1, {2}], object)
