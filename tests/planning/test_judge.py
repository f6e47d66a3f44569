"""The judge must object: each answer here is wrong in one way."""

from dataclasses import replace
from datetime import date

import pytest

from planning.judge import judge_match
from planning.problems.matching import suggest
from planning.vocabulary.reason import Reason, Why
from planning.vocabulary.suggestion import Excluded, Group, Heading, MatchProblem, Suggested, Suggestions
from tests.planning.instances import ANNA, AWAY, MONDAY, like_anna, snow

ASKED = like_anna("asked", last_asked=date(2026, 11, 1))
GONE = like_anna("gone", absences=(AWAY,))
VETOED = like_anna("vetoed")
TWIN = like_anna("twin", person="p-anna", host="redcross")
NEIGHBOUR = like_anna("neighbour", village="sundoyra")
PROBLEM = MatchProblem(
    snow(vetoed=frozenset({"vetoed"})), (ANNA, ASKED, GONE, VETOED, TWIN, NEIGHBOUR), MONDAY, limit=2
)
NEAR = Group(Heading.NEAR, (Suggested("neighbour", ()),))
MISSED = (Excluded("gone", (Reason(Why.ABSENT),)),)


def also(*who: str) -> Group:
    return Group(Heading.ALSO, tuple(Suggested(one, ()) for one in who))


WRONG = {
    "stranger": (Suggestions((NEAR, also("anna", "nobody")), MISSED), "not among those given"),
    "twice": (Suggestions((NEAR, also("anna", "twin")), MISSED), "more than once"),
    "vetoed": (Suggestions((NEAR, also("anna", "vetoed")), MISSED), "must not appear"),
    "vetoed as miss": (
        Suggestions((NEAR, also("anna", "asked")), (*MISSED, Excluded("vetoed", (Reason(Why.NOT_NOW),)))),
        "must not appear",
    ),
    "illegal": (Suggestions((NEAR, also("anna", "gone")), ()), "cannot be asked"),
    "order": (Suggestions((NEAR, also("asked", "anna")), MISSED), "asked longer ago"),
    "heading": (Suggestions((also("anna", "neighbour"),), MISSED), "does not belong"),
    "headings": (Suggestions((also("anna", "asked"), NEAR), MISSED), "out of order"),
    "forgotten": (Suggestions((NEAR, also("anna")), MISSED), "left out"),
    "overtaken": (Suggestions((NEAR, also("asked")), MISSED), "left out"),
    "no reason": (Suggestions((NEAR, also("anna", "asked")), (Excluded("gone", ()),)), "without a reason"),
    "both": (
        Suggestions((NEAR, also("anna", "asked")), (Excluded("twin", (Reason(Why.BUSY),)),)),
        "both suggested and excluded",
    ),
    "empty": (Suggestions((NEAR, Group(Heading.ALSO, ())), MISSED), "there are 0"),
}


@pytest.mark.parametrize(("answer", "words"), WRONG.values(), ids=WRONG.keys())
def test_the_judge_objects(answer: Suggestions, words: str) -> None:
    assert words in "; ".join(breach.what for breach in judge_match(PROBLEM, answer))


def test_the_judge_lets_the_right_answer_pass() -> None:
    answer = suggest(PROBLEM.request, PROBLEM.volunteers, PROBLEM.on, PROBLEM.limit)
    assert judge_match(PROBLEM, answer) == ()
    too_many = replace(PROBLEM, limit=1)
    assert any("there are 2" in breach.what for breach in judge_match(too_many, answer))
