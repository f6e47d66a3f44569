"""What the facts say, how far the first steps have come, holes in how tasks are divided, and what differs."""

import pytest

from samtun.codesign.designs.enums import Legal
from samtun.codesign.designs.rules import (
    Begun,
    Difference,
    Facts,
    Hole,
    Said,
    compare,
    first_steps,
    heard,
    holes,
    told_by_the_facts,
)

NAMES = ("Sentralen", "Helselaget", "Heimetenesta")


def codes(facts):
    return [said.code for said in told_by_the_facts(facts)]


@pytest.mark.rule("R07")
@pytest.mark.practice("levels")
@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (Facts(), ["recipients_none", "one_draws"]),
        (Facts(has_plan=True, draws=NAMES), ["recipients_plan", "nobody_decided"]),
        (Facts(recipients=["asked", "at_table"], decided=NAMES), ["recipients_at_table", "decided_together"]),
        (Facts(recipients=["told", "asked"], decided=NAMES[:1]), ["recipients_asked", "one_alone"]),
        (Facts(recipients=["told"], decided=NAMES[:1], asked=NAMES[1:]), ["recipients_told", "one_decided"]),
        (
            Facts(
                recipients=["at_table"], at_table=NAMES, decided=NAMES[:2], asked=NAMES[2:], forum="Utvalet", changed=1
            ),
            ["recipients_at_table", "at_table", "decided_together", "others_asked", "forum", "changed"],
        ),
    ],
)  # fmt: skip
def test_the_sentences_follow_from_who_took_part_and_who_decided(facts, said):
    assert codes(facts) == said


@pytest.mark.rule("R07")
def test_serving_food_at_eleven_every_tuesday_is_told_as_it_is():
    told = told_by_the_facts(Facts(decided=["Dalgrend kommune"], asked=["Helselaget"]))
    assert told[-1] == Said("one_decided", ("Dalgrend kommune",), ("Helselaget",))


@pytest.mark.rule("R57")
@pytest.mark.parametrize(
    ("places", "plan", "is_heard"),
    [
        ([], "", False), ([("recipients", "asked")], "", False), ([("next_of_kin", "at_table")], "", False),
        ([("recipients", "at_table")], "", True), ([], "Vi spør etter kvar fredag", True), ([], "  ", False),
    ],
)  # fmt: skip
def test_those_it_is_for_sit_there_or_it_says_how_they_are_heard(places, plan, is_heard):
    assert heard(places, plan) is is_heard


@pytest.mark.rule("R17")
def test_the_first_steps_are_told_by_what_stands_in_no_order():
    assert dict(first_steps(Begun())) == dict.fromkeys(
        ["dialogue", "mapping", "responsibility", "legal", "anchoring"], "not_begun"
    )
    begun = Begun(took_part=1, nearly="Laget", tasks={"Kaffi": ["does"]}, legal={"food": "settled"}, before_forum=True)
    assert set(dict(first_steps(begun)).values()) == {"begun"}
    whole = Begun(
        took_part=3, whose_need="Eldre", nearly="Laget", tasks={"Kaffi": ["answers", "does"]}, was_decided=True,
        legal=dict.fromkeys(Legal.values, "not_relevant"),
    )  # fmt: skip
    assert set(dict(first_steps(whole)).values()) == {"done"}


def test_holes_and_what_is_double():
    tasks = {"Kaffi": ["answers", "does"], "Skyss": ["does"], "Rydde": ["answers", "answers"]}
    assert holes(tasks) == [
        Hole("Skyss", "nobody_answers"), Hole("Rydde", "many_answer"), Hole("Rydde", "nobody_does")
    ]  # fmt: skip


def test_what_differs_between_two_versions():
    before = {"purpose": ["Kaffi"], "tasks": ["Skyss", "Rydde"], "nearly": ["Laget"]}
    after = {"purpose": ["Kaffi"], "tasks": ["Rydde", "Måke"], "goal": ["Åtte kjem"]}
    assert compare(before, after) == [
        Difference("tasks", ("Skyss",), ("Måke",)), Difference("nearly", ("Laget",), ()),
        Difference("goal", (), ("Åtte kjem",)),
    ]  # fmt: skip
    assert compare(before, before) == []
