"""What must hold for every week: the same rules as for one request, and the best there is."""

from itertools import product

import numpy as np
from hypothesis import given, settings

from planning.judge.assignment import judge_pairs
from planning.problems.assigning import assign
from planning.problems.assigning_offers import Week
from planning.problems.candidates import ASKED_OTHERWISE, WORDS, Crowd
from planning.problems.matching import fits
from planning.problems.matching_rules import SILENT_RULES, TOLD_RULES
from planning.stopping import Budget
from planning.vocabulary.assignment import AssignmentProblem
from planning.vocabulary.fingerprint import fingerprint
from tests.planning.strategies import TODAY, weeks

SHORT = Budget(iterations=500)


def test_no_rule_is_forgotten() -> None:
    assert set(WORDS) | set(ASKED_OTHERWISE) == set(SILENT_RULES + TOLD_RULES)


@given(weeks())
def test_all_are_asked_as_each_is(problem: AssignmentProblem) -> None:
    crowd = Crowd(problem)
    for request in problem.requests:
        assert crowd.fitting(request).tolist() == [not fits(one, request, TODAY) for one in problem.volunteers]
        for rule in SILENT_RULES + TOLD_RULES:
            kept = [not rule(one, request, TODAY) for one in problem.volunteers]
            assert crowd.keeps(rule, request).tolist() == kept, rule.__name__


@settings(max_examples=50)
@given(weeks(most=3))
def test_no_plan_that_the_judge_accepts_is_better(problem: AssignmentProblem) -> None:
    plan = assign(problem, SHORT, seed=1)
    assert plan.proven
    week = Week(problem, 1, ())
    best = min(
        week.offers.value(chosen)
        for picked in product((False, True), repeat=min(10, len(week.request)))
        for chosen in [(week.request[:0] if not any(picked) else np.flatnonzero(picked))]
        if not judge_pairs(problem, week.pairs(chosen))
    )
    if len(week.request) <= 10:
        assert plan.cost_m == best


def test_a_fingerprint_is_the_same_in_every_process_and_another_for_another() -> None:
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint([1, {2, 3}], object) != fingerprint([1, {2}], object)
