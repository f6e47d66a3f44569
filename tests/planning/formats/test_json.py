"""Our own JSON form: there and back, broken files by line and field, and a schema that is current."""

from json import dumps, loads
from pathlib import Path

import pytest

from planning.formats.kinds import KINDS, kind_of, part, read_json
from planning.formats.lines import line_of
from planning.formats.schema import written_schema
from planning.formats.trouble import FileError
from planning.formats.typed import Misfit, from_json, to_json
from planning.problems.meals import plan_meals
from planning.stopping import Budget
from planning.vocabulary.assignment import AssignmentProblem
from planning.vocabulary.meal import MealPlan, MealProblem
from tests.planning.instances import ANNA, MONDAY, STEPS
from tests.planning.meals.days import DAY, day, door

REFERENCE = Path(__file__).parents[3] / "docs/reference/planning"


def written(**changes):
    """The file of a day, one field a line."""
    return dumps({"kind": "meals", "problem": {**to_json(DAY), **changes}}, indent=1)


def test_there_and_back():
    data = loads(written())
    again = from_json(MealProblem, data["problem"])
    assert to_json(again) == data["problem"]
    assert again.doors == DAY.doors
    made = plan_meals(day(doors=(*DAY.doors, door("island"))), Budget(iterations=20), seed=1)
    assert from_json(MealPlan, loads(dumps(to_json(made)))) == made


def test_a_week_of_requests_there_and_back():
    week = AssignmentProblem((STEPS,), (ANNA,), MONDAY, shares={"p-anna": 2}, priorities={"steps": 3})
    assert from_json(AssignmentProblem, loads(dumps(to_json(week)))) == week


def test_names_may_be_numbers_and_lists():
    data = to_json({1: "one", ("a", 2): "two"})
    assert data == [[1, "one"], [["a", 2], "two"]]


BROKEN = {
    "not json": ("{", "line 1: This is not JSON"),
    "too deep": ("[" * 1_000_000, "line 1: Lists or objects stand too deep"),
    "no kind that is known": ('{"kind": []}', "line 1, kind: A file says what it asks"),
    "a list": ("[]", "line 1: A file holds one object"),
    "no kind": ("{}", "line 1, kind: A file says what it asks"),
    "no problem": ('{"kind": "meals"}', "problem: is missing"),
    "text for a number": (written(longest_s="long"), r"problem.longest_s: 'long' stands where a whole"),
    "unknown field": (written(speed=3), "problem.speed: A MealProblem has no field 'speed'"),
    "missing field": (written(doors=[{"id": "anna"}]), r"problem.doors\[0\]: 'place' is missing in this Door"),
    "nonsense": (written(longest_s=5), "problem: A box is on the road"),
    "not an object": (written(doors=[7]), r"problem.doors\[0\]: 7 stands where a Door"),
    "not a list": (written(doors=7), "problem.doors: 7 stands where a list"),
    "not a name": (written(locked=[True]), r"locked\[0\]: True stands where a name"),
    "no matrix": (written(roads={}), "a matrix with places"),
    "short row": (written(roads={"places": ["a"], "seconds": [[]], "metres": []}), "a row of 1"),
    "bad matrix": (written(roads={"places": ["a"], "seconds": [[1]], "metres": [[0]]}), "to itself are 0"),
    "true for false": (written(accepted=1), "accepted: 1 stands where true or false"),
    "pair": (written(begun=[["eva"]]), r"begun\[0\]: \['eva'\] stands where a list of 2"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "says"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_told_of_by_line_and_field(text, says):
    with pytest.raises(FileError, match=says):
        data = read_json(text)
        part(text, data, "problem", kind_of(data).problem)


def test_the_line_is_that_of_the_field():
    text = written(longest_s="long")
    (at,) = (n for n, line in enumerate(text.splitlines(), start=1) if "longest_s" in line)
    assert line_of(text, ("problem", "longest_s")) == at
    assert line_of('{"a": {"b": [1,\n {"c": "x,]"}]}}', ("a", "b", 1, "c")) == 2
    assert line_of('{"a": 1}', ("a", "b")) == 1
    assert line_of('{"a": 1}', ("z",)) == 1


@pytest.mark.parametrize(
    ("kind", "data", "says"),
    [
        (MealPlan, {"status": "good"}, "one of optimal"),
        (AssignmentProblem, {"on": "tomorrow"}, "is not a date"),
        (AssignmentProblem, {"requests": [], "volunteers": [], "on": "2026-11-23", "roads": 3}, "a matrix"),
        (MealPlan, {"unserved": [{"id": 1, "reasons": [{"code": "MealWhy.sad"}]}]}, "a code"),
    ],
)
def test_words_that_are_not_there(kind, data, says):
    with pytest.raises(Misfit, match=says):
        from_json(kind, data)


@pytest.mark.parametrize("name", KINDS)
def test_the_schema_is_current(name):
    kind = KINDS[name]
    made = written_schema(name, kind.problem, kind.plan)
    at = REFERENCE / f"{name}.json"
    assert at.read_text(encoding="utf-8") == made, "write it anew: python -m planning schema KIND"
