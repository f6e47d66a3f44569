"""The judge of a week must object: each answer here is wrong in one way."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from planning.distances import Matrix
from planning.judge.assignment import judge_assignment
from planning.vocabulary.assignment import AssignmentPlan, AssignmentProblem, Pair
from planning.vocabulary.ceiling import Ceiling
from planning.vocabulary.plan import Run, Status, Unplanned
from planning.vocabulary.reason import Reason, Why
from tests.planning.instances import ANNA, AWAY, MONDAY, STEPS, like_anna, snow

BO, NEW, NEWER = like_anna("bo"), like_anna("new"), like_anna("newer")
GONE = like_anna("gone", absences=(AWAY,))
FULL = like_anna("full", ceiling=Ceiling(1, "month"))
NEAR = like_anna("near", max_distance_m=5)
NOON, LATER, BESIDE = snow(id="noon", start_minute=720), snow(id="later", start_minute=900), snow(id="beside")
ANY, FAR = snow(id="any", start_minute=None), snow(id="far", start_minute=661)
WAYS = Matrix(("a", "b"), np.array([[0, 99_999.0], [np.inf, 0]]), np.array([[0, 9.0], [np.inf, 0]]))
PROBLEM = AssignmentProblem(
    (STEPS, NOON, LATER, BESIDE, ANY, FAR),
    (ANNA, BO, NEW, NEWER, GONE, FULL, NEAR),
    MONDAY,
    linked=(("noon", "later"),),
    duos=frozenset({"beside"}),
    new=frozenset({"p-new", "p-newer"}),
    roads=WAYS,
    volunteer_places={"near": "a", "bo": "b"},
    request_places={"steps": "b", "far": "a", "any": "b"},
)


def plan(*pairs: tuple[str, str], open_: str = "") -> AssignmentPlan:
    given = [request for request, _ in pairs]
    left = open_.split() or [one.id for one in PROBLEM.requests if given.count(one.id) < PROBLEM.seats(one.id)]
    reasons = (Reason(Why.BUSY),)
    return AssignmentPlan(
        Status.PARTIAL,
        tuple(Pair(*pair) for pair in pairs),
        tuple(Unplanned(one, reasons) for one in left),
        (),
        0,
        False,
        Run("by hand", 1, 1, 0, ""),
    )


WRONG = {
    "unknown": (plan(("steps", "x")), "not among those given"),
    "cannot": (plan(("steps", "gone")), "cannot be asked"),
    "too far": (plan(("steps", "near")), "too far by road"),
    "no way": (plan(("far", "bo")), "too far by road"),
    "alone": (plan(("steps", "new")), "would go alone"),
    "twice": (plan(("beside", "anna"), ("beside", "anna")), "on the same request twice"),
    "clash": (plan(("steps", "anna"), ("any", "anna")), "clash"),
    "overlap": (plan(("steps", "anna"), ("beside", "anna"), ("beside", "bo")), "clash"),
    "no time between": (plan(("steps", "anna"), ("far", "anna")), "clash"),
    "ceiling": (plan(("noon", "full"), ("later", "full")), "more than they have said"),
    "half a duo": (plan(("beside", "anna")), "not as many as it takes"),
    "two new": (plan(("beside", "new"), ("beside", "newer")), "two who are new"),
    "linked apart": (plan(("noon", "anna"), ("later", "bo")), "as a whole by one person"),
    "half of linked": (plan(("noon", "anna")), "as a whole by one person"),
    "given and open": (plan(("steps", "anna"), open_="steps noon later beside any far"), "both given and open"),
    "forgotten": (plan(("steps", "anna"), open_="noon later beside any"), "neither given nor open"),
    "open twice": (plan(("steps", "anna"), open_="noon noon later beside any far"), "not what was asked"),
}


@pytest.mark.parametrize(("answer", "words"), WRONG.values(), ids=WRONG.keys())
def test_the_judge_objects(answer: AssignmentPlan, words: str) -> None:
    assert words in "; ".join(breach.what for breach in judge_assignment(PROBLEM, answer))


def test_the_judge_lets_what_is_right_pass_and_holds_to_what_is_locked() -> None:
    right = plan(
        ("steps", "anna"), ("noon", "bo"), ("later", "bo"), ("beside", "bo"), ("beside", "new"), ("far", "full")
    )
    right = plan(("steps", "anna"), ("noon", "bo"), ("later", "bo"), ("beside", "full"), ("beside", "new"))
    assert judge_assignment(PROBLEM, right) == ()
    locked = replace(PROBLEM, locked=(Pair("steps", "gone"),))
    assert "a locked pair is gone" in [breach.what for breach in judge_assignment(locked, right)]


def test_the_way_between_is_guessed_where_it_is_not_measured() -> None:
    fjord = snow(id="fjord", start_minute=665, village="nesvika", village_metres={"sundoyra": 5_000})
    unknown = snow(id="unknown", start_minute=675, place=None, village=None)
    for other, found in ((fjord, True), (unknown, True), (replace(unknown, start_minute=680), False)):
        problem = AssignmentProblem((STEPS, other), (ANNA,), MONDAY)
        pairs = replace(plan(), pairs=(Pair("steps", "anna"), Pair(other.id, "anna")), open=())
        assert bool(judge_assignment(problem, pairs)) is found
    weekly = like_anna("weekly", ceiling=Ceiling(1, "week"), agreed=(date(2026, 11, 24),))
    full = replace(plan(), pairs=(Pair("steps", "weekly"),), open=())
    assert judge_assignment(AssignmentProblem((STEPS,), (weekly,), MONDAY), full)
