"""The four questions in our own form: what is wrong is told by line and field, and ends with 2."""

import re
from contextlib import suppress
from json import dumps, loads
from pathlib import Path
from random import Random

import pytest

from planning import __main__ as command
from planning.formats.kinds import KINDS, kind_of, part, read_json
from planning.formats.trouble import FileError
from planning.formats.typed import to_json
from planning.stopping import Budget
from tests.planning.bench.quarters import quarter
from tests.planning.bench.weeks import week
from tests.planning.meals.days import DAY
from tests.planning.rides.days import day, random_day, trip

PROBLEMS = {
    "rides": day(trip("a"), trip("b")),
    "meals": DAY,
    "assignment": week(4, 4, rich=True),
    "rota": quarter(3, 2, 2),
}
ASKED = {name: {"kind": name, "problem": to_json(problem)} for name, problem in PROBLEMS.items()}
BAD = {
    "rides: a ride of nothing": ("rides", "trips.0.longest_ride", 0, "problem.trips[0]: A ride may take more than 0"),
    "rides: words for a time": ("rides", "trips.1.pickup_window.start", "noon", "[1].pickup_window.start: 'noon'"),
    "rides: twice": ("rides", "trips.1.id", "a", "problem: The same trip or vehicle stands twice"),
    "rides: off the map": ("rides", "trips.0.pickup", "moon", "problem: The matrix does not know the place 'moon'"),
    "rides: no matrix": ("rides", "matrix.seconds", 3, "problem.matrix.seconds: 3 stands where a list of 4"),
    "rides: no seats": ("rides", "vehicles.0.seat_plans", [], "problem.vehicles[0]: A seat plan"),
    "meals: nobody's kitchen": ("meals", "drivers.0.kitchens", ["town"], "problem: There is no kitchen 'town'"),
    "meals: half a portion": ("meals", "doors.0.boxes.0.portions", 0.5, "boxes[0].portions: 0.5 stands where a whole"),
    "meals: closed": ("meals", "doors.2.closes", 0, "problem.doors[2]: The door 'cilla' opens before it closes"),
    "meals: less than nothing": ("meals", "roads.metres.0.1", -5, "problem.roads: The metres between two places"),
    "week: an age": ("assignment", "volunteers.0.age", 200, "problem.volunteers[0]: An age lies between 0 and 120"),
    "week: a day": ("assignment", "requests.0.day", "soon", "problem.requests[0].day: 'soon' is not a date"),
    "week: a stranger": ("assignment", "duos", ["nobody"], "problem: Not among those given: 'nobody'"),
    "week: per year": ("assignment", "volunteers.0.ceiling", {"times": 1, "per": "year"}, "'year' stands where one of"),
    "week: shares": ("assignment", "shares", [["a"]], "problem.shares[0]: ['a'] stands where a pair"),
    "rota: more locked than it seats": (
        "rota", "locked", [{"turn": 0, "unit": 0}, {"turn": 0, "unit": 1}], "problem: More are locked on 0"),
    "rota: a share": ("rota", "units.0.share", 0, "problem.units[0]: A share lies between 1 and 1000"),
    "rota: backwards": ("rota", "turns.0.last", "2020-01-01", "problem.turns[0]: A turn lasts one day to three months"),
    "rota: a word too many": ("rota", "turns.0.colour", "red", "problem.turns[0].colour: A Turn has no field 'colour'"),
}  # fmt: skip


def test_the_file_in_the_reference_can_be_planned():
    page = (Path(__file__).parents[3] / "docs/reference/planning.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^```json\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    answer = command.solve(text, "json", Budget(iterations=50), 1)
    assert answer.right
    told = {seat["turn"]: seat["unit"] for seat in answer.result["plan"]["seats"]}
    assert told == {"week 49": "Bo and Cilla", "week 50": "Anna"}
    again = {**loads(text), "previous": answer.result["plan"]}
    assert command.solve(dumps(again), "json", Budget(iterations=50), 1).result["plan"]["changes"] == []


def changed(data, path, value):
    """The same data with another value at `path`."""
    data = loads(dumps(data))
    inside = data
    *way, last = path
    for step in way:
        inside = inside[step]
    inside[last] = value
    return data


def words(path):
    return ["problem", *(int(one) if one.isdigit() else one for one in path.split("."))]


@pytest.mark.parametrize(("name", "path", "value", "says"), BAD.values(), ids=BAD)
def test_what_cannot_be_asked_ends_with_2(name, path, value, says, tmp_path, capsys):
    file = tmp_path / "bad.json"
    file.write_text(dumps(changed(ASKED[name], words(path), value), indent=1), encoding="utf-8")
    assert command.main(["solve", str(file), "--iterations", "1"]) == command.BROKEN
    told = capsys.readouterr().err
    assert told.startswith("line ")
    assert says in told


def paths(data, way=()):
    yield way
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, one in inside:
        yield from paths(one, (*way, key))


JUNK = (None, True, -1, 3, 1e30, "x", [], {}, [[]], [1, 2], {"a": 1}, "2026-01-01", ["x"])


@pytest.mark.parametrize("name", KINDS)
def test_whatever_stands_there_is_read_or_told_of(name):
    lot, text = Random(name), dumps(ASKED[name], indent=1)
    answer = command.solve(text, "json", Budget(iterations=5), 1).result
    for said, read in ((ASKED[name], _read), (answer, lambda bad: command.judged(text, "json", bad))):
        ways = list(paths(said))[1:]
        for _ in range(40):
            bad = dumps(changed(said, lot.choice(ways), lot.choice(JUNK)), indent=1)
            with suppress(FileError):
                read(bad)


def _read(bad):
    data = read_json(bad)
    part(bad, data, "problem", kind_of(data).problem)


def test_a_plan_on_roads_with_shorter_ways_about_is_right_by_the_same_file(tmp_path, capsys):
    asked, plan = tmp_path / "day.json", tmp_path / "plan.json"
    asked.write_text(dumps({"kind": "rides", "problem": to_json(random_day(0, people=3))}), encoding="utf-8")
    assert command.main(["solve", str(asked), "--iterations", "20", "--out", str(plan)]) == command.RIGHT
    assert command.main(["judge", str(asked), str(plan)]) == command.RIGHT
    assert loads(capsys.readouterr().out) == {"ok": True, "reasons": []}
