"""`python -m planning`: what it writes, and with which exit code it ends."""

import re
import runpy
import subprocess
import sys
from json import dumps, loads
from pathlib import Path
from threading import Event
from xml.etree import ElementTree

import pytest

from planning import __main__ as command
from planning.formats.typed import to_json
from planning.vocabulary.assignment import AssignmentProblem
from planning.vocabulary.plan import WrongPlanError
from tests.planning.formats.files import CORDEAU, LILIM, LILIM_THREE, SECTIONS, TABLE
from tests.planning.instances import ANNA, MONDAY, STEPS
from tests.planning.meals.days import DAY, day, door


@pytest.fixture
def write(tmp_path):
    def written(text, name="problem.txt"):
        at = tmp_path / name
        at.write_text(text if isinstance(text, str) else dumps(text), encoding="utf-8")
        return str(at)

    return written


@pytest.mark.parametrize(("text", "nodes"), [(TABLE, [0, 1, 2, 0]), (SECTIONS, [1, 2, 3, 1]), (LILIM, [0, 1, 2, 0])])
def test_solve_then_judge(text, nodes, write, tmp_path):
    problem, out, plot = write(text), tmp_path / "plan.json", tmp_path / "plan.svg"
    words = ["solve", problem, "--iterations", "50", "--seed", "7", "--out", str(out), "--plot", str(plot)]
    assert command.main(words) == command.RIGHT
    said = loads(out.read_text(encoding="utf-8"))
    assert said["cost"] == pytest.approx(20)
    assert said["judge"] == {"ok": True, "reasons": []}
    assert said["routes"][0]["nodes"] == nodes
    assert said["routes"][0]["start"] == pytest.approx([0, 5, 20, 32])
    assert (said["seed"], said["iterations"]) == (7, 50)
    assert ElementTree.parse(plot).getroot().tag.endswith("svg")
    assert command.main(["judge", problem, str(out)]) == command.RIGHT


def test_pickups_and_deliveries_of_the_public_sets(write, tmp_path, capsys):
    problem, out, plot = write(LILIM_THREE), tmp_path / "plan.json", tmp_path / "plan.svg"
    words = ["solve", problem, "--iterations", "300", "--out", str(out), "--plot", str(plot)]
    assert command.main([*words, "--format", "lilim"]) == command.RIGHT
    said = loads(out.read_text(encoding="utf-8"))
    for route in said["routes"]:
        order = route["nodes"]
        assert all(order.index(one) < order.index(one + 3) for one in (1, 2, 3) if one in order)
    assert sorted(node for route in said["routes"] for node in route["nodes"][1:-1]) == [1, 2, 3, 4, 5, 6]
    assert len(ElementTree.parse(plot).findall("{*}polyline")) == len(said["routes"])
    assert command.main(["judge", problem, str(out)]) == command.RIGHT
    capsys.readouterr()
    first = said["routes"][0]
    turned = {**first, "nodes": [0, *reversed(first["nodes"][1:-1]), 0]}
    wrong = write({**said, "routes": [turned, *said["routes"][1:]]}, "wrong.json")
    assert command.main(["judge", problem, wrong]) == command.WRONG
    assert "without being picked up" in capsys.readouterr().out


def test_rides_of_the_public_sets(write, tmp_path):
    problem, out, plot = write(CORDEAU), tmp_path / "plan.json", tmp_path / "plan.svg"
    assert command.main(["solve", problem, "--iterations", "5", "--out", str(out), "--plot", str(plot)]) == 0
    said = loads(out.read_text(encoding="utf-8"))
    assert said["routes"][0]["nodes"] == [0, 1, 2, 3]
    assert said["cost"] == pytest.approx(4)
    assert command.main(["judge", problem, str(out), "--format", "cordeau"]) == command.RIGHT
    wrong = write({**said, "routes": []}, "wrong.json")
    assert command.main(["judge", problem, wrong]) == command.WRONG


def test_meals_in_our_own_form(write, tmp_path, capsys):
    problem, plot = write({"kind": "meals", "problem": to_json(DAY)}), tmp_path / "day.svg"
    assert command.main(["solve", problem, "--iterations", "20", "--plot", str(plot)]) == command.RIGHT
    said = loads(capsys.readouterr().out)
    assert (said["kind"], said["cost"], said["judge"]["ok"]) == ("meals", 12_000, True)
    assert "eva" in plot.read_text(encoding="utf-8")
    plan = write(said, "plan.json")
    assert command.main(["judge", problem, plan]) == command.RIGHT
    other = write({"kind": "meals", "problem": to_json(day(doors=(door("anna"),)))}, "other.json")
    assert command.main(["judge", other, plan]) == command.WRONG
    again = write({"kind": "meals", "problem": to_json(DAY), "previous": said["plan"]}, "again.json")
    assert command.main(["solve", again, "--iterations", "20"]) == command.RIGHT


def test_a_plan_that_has_no_drawing_says_so(write, tmp_path, capsys):
    week = write({"kind": "assignment", "problem": to_json(AssignmentProblem((STEPS,), (ANNA,), MONDAY))})
    assert command.main(["solve", week, "--iterations", "5"]) == command.RIGHT
    assert command.main(["solve", week, "--iterations", "5", "--plot", str(tmp_path / "no.svg")]) == command.BROKEN
    assert "--plot: There is no drawing" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "none of the forms"),
        ("a b c d\n", "none of the forms"),
        (TABLE.replace("3          4  ", "x          4  "), "line 11, XCOORD."),
        ('{"kind": "meals",\n "problem": 3}', "line 2, problem"),
        (CORDEAU.replace("1 0 100\n", "1 zero 100\n", 1), "(?i)line 3"),
    ],
)
def test_a_broken_file_ends_with_2_and_says_where(text, says, write, capsys):
    assert command.main(["solve", write(text), "--iterations", "5"]) == command.BROKEN
    assert re.search(says, capsys.readouterr().err)
    assert command.main(["solve", "no such file", "--iterations", "5"]) == command.BROKEN
    assert "no such file" in capsys.readouterr().err


def test_what_is_no_text_and_a_seed_that_is_none_are_told_of(write, tmp_path, capsys):
    picture = tmp_path / "picture.json"
    picture.write_bytes(b"{\n\xff}")
    assert command.main(["solve", str(picture)]) == command.BROKEN
    assert capsys.readouterr().err == "line 2: picture.json is not text in UTF-8.\n"
    assert command.main(["solve", write(TABLE), "--iterations", "5", "--seed", "-1"]) == command.BROKEN
    assert capsys.readouterr().err == "--seed: A seed is 0 or more, not -1.\n"


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        ({}, "routes: A plan has a list"),
        ({"routes": [3]}, "routes[0]: A route"),
        ({"routes": [{"nodes": ["a"], "start": []}]}, "routes[0].nodes"),
        ({"routes": [{"nodes": [0], "start": ["a"]}]}, "routes[0].start"),
        ({"routes": [{"nodes": [0], "start": []}]}, "as many times"),
        ({"routes": [{"nodes": [0], "start": [0], "vehicle": "a"}]}, "routes[0].vehicle"),
        ({"routes": []}, "cost: A plan says"),
    ],
)
def test_a_broken_plan_is_told_of(plan, says, write, capsys):
    assert command.main(["judge", write(TABLE), write(plan, "plan.json")]) == command.BROKEN
    told = capsys.readouterr().err
    assert says in told
    assert told.startswith("In the plan: ")


@pytest.mark.parametrize(
    ("route", "code"),
    [
        ({"nodes": [0, 9, 3], "start": [0, 1, 2]}, command.BROKEN),
        ({"vehicle": 4, "nodes": [0, 3], "start": [0, 1]}, command.BROKEN),
        ({"nodes": [1, 2, 2], "start": [0, 1, 2]}, command.WRONG),
        ({"nodes": [0, 3, 3], "start": [0, 1, 2]}, command.WRONG),
    ],
)
def test_a_plan_of_rides_with_strange_nodes(route, code, write):
    assert command.main(["judge", write(CORDEAU), write({"cost": 1, "routes": [route]}, "plan.json")]) == code


def test_what_is_left_out_ends_with_1(write, capsys):
    late = TABLE.replace("20         60", " 0          1")
    assert command.main(["solve", write(late), "--iterations", "20"]) == command.WRONG
    assert loads(capsys.readouterr().out)["judge"] == {"ok": False, "reasons": ["1 stops are left out"]}


def wrong_plan(*_, **__):
    raise WrongPlanError("x")


CODES = {
    0: (TABLE, None, ["solve", "{problem}", "--iterations", "5"]),
    1: (TABLE.replace("20         60", " 0          1"), None, ["solve", "{problem}", "--iterations", "5"]),
    2: (TABLE.replace("3          4  ", "x          4  "), None, ["solve", "{problem}", "--iterations", "5"]),
    3: (TABLE, wrong_plan, ["solve", "{problem}", "--iterations", "5"]),
}


def test_each_exit_code_is_told_of_in_the_reference():
    page = (Path(__file__).parents[3] / "docs/reference/planning.md").read_text(encoding="utf-8")
    told = [int(code) for code in re.findall(r"^\| (\d) \|", page, re.MULTILINE)]
    assert told == list(CODES) == [command.RIGHT, command.WRONG, command.BROKEN, command.ERROR]


@pytest.mark.parametrize("code", CODES)
def test_each_exit_code_comes_of_what_it_is_said_to(code, write, monkeypatch):
    text, planner, words = CODES[code]
    if planner is not None:
        monkeypatch.setattr(command, "plan_tours", planner)
    assert command.main([word.format(problem=write(text)) for word in words]) == code


@pytest.mark.parametrize(
    "words", [[], ["fly"], ["solve"], ["solve", "a", "--format", "horse"], ["solve", "a", "--seconds", "long"]]
)
def test_what_is_no_command_ends_with_2(words):
    with pytest.raises(SystemExit) as ended:
        command.main(words)
    assert ended.value.code == command.BROKEN


@pytest.mark.parametrize("words", [["--seconds", "0"], ["--iterations", "-1"], ["--seconds", "nan"]])
def test_a_budget_that_is_none_ends_with_2(words, write, capsys):
    assert command.main(["solve", write(TABLE), *words]) == command.BROKEN
    assert capsys.readouterr().err


def test_a_wrong_plan_is_never_written(write, monkeypatch, capsys):
    monkeypatch.setattr(command, "plan_tours", wrong_plan)
    assert command.main(["solve", write(TABLE), "--iterations", "5"]) == command.ERROR
    assert capsys.readouterr().out == ""


def test_progress_is_for_a_terminal(write, monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert command.main(["solve", write(TABLE), "--iterations", "5"]) == command.RIGHT
    capsys.readouterr()
    waits = iter((False, False, True))
    done = Event()
    monkeypatch.setattr(done, "wait", lambda _: next(waits))
    command._progress(done, 5.0)
    assert "planning, 2 s of at most 5" in capsys.readouterr().err


def test_schema(capsys):
    assert command.main(["schema", "meals"]) == command.RIGHT
    assert loads(capsys.readouterr().out)["title"] == "meals"


def test_prepared_is_planned_with_each_search_of_our_own(monkeypatch):
    planned = []
    for name in ("plan_rides", "plan_tours", "plan_rota"):
        real = getattr(command, name)
        monkeypatch.setattr(command, name, lambda *asked, real=real, **more: planned.append(real(*asked, **more)))
    assert command.main(["prepare"]) == command.RIGHT
    assert [plan.status.value for plan in planned] == ["feasible"] * 3


def test_it_ends_with_its_code(write, monkeypatch, capsys):
    monkeypatch.delitem(sys.modules, "planning.__main__")
    monkeypatch.setattr(sys, "argv", ["planning", "judge", write(""), write("", "plan.json")])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("planning", run_name="__main__")
    assert ended.value.code == command.BROKEN


def test_it_starts_as_a_program(write):
    done = subprocess.run(
        [sys.executable, "-m", "planning", "solve", write(TABLE), "--iterations", "5"],
        capture_output=True, text=True, check=False, env={"PYTHONPATH": "src"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert loads(done.stdout)["routes"]
