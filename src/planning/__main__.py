"""Plan from the command line: `python -m planning solve FILE`, `python -m planning judge PROBLEM PLAN`.

The only part of the engine that touches a disk or prints. See docs/reference/planning.md for forms and exit codes.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from json import dumps
from pathlib import Path
from threading import Event, Thread
from typing import Any

from planning.formats.cordeau import as_result, read_cordeau
from planning.formats.cordeau_plan import read_ride_routes
from planning.formats.kinds import KINDS, kind_of, part, read_json
from planning.formats.lilim import read_lilim
from planning.formats.routes import read_tours, tours_result, verdict
from planning.formats.schema import written_schema
from planning.formats.solomon import read_sections, read_table
from planning.formats.trouble import FileError
from planning.formats.typed import to_json
from planning.judge.rides import judge_rides
from planning.judge.tours import judge_tours
from planning.plot import Bar, draw_hours, draw_map
from planning.problems.rides import plan_rides
from planning.problems.rotas import plan_rota
from planning.problems.tours import plan_tours
from planning.stopping import Budget
from planning.vocabulary.meal import MealPlan
from planning.vocabulary.plan import WrongPlanError
from planning.vocabulary.ride import RidePlan
from planning.vocabulary.rota import RotaProblem, Turn, Unit
from planning.vocabulary.tours import ToursProblem

RIGHT, WRONG, BROKEN, ERROR = 0, 1, 2, 3
FORMATS = ("json", "cordeau", "solomon", "gehring-homberger", "lilim")
SECONDS = 10.0
TINY_RIDES = "1 1 100 1 90\n0 0 0 0 0 0 99\n1 1 0 0 1 0 99\n2 2 0 0 -1 0 99\n"
TINY_TOURS = "TINY\n\nVEHICLE\nNUMBER CAPACITY\n1 9\n\nCUSTOMER\nCUST NO. X Y\n\n0 0 0 0 0 9 0\n1 1 0 1 0 9 0\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is written, whether the judge lets it pass, and the drawing of it where there is one."""

    result: dict[str, Any]
    right: bool
    drawing: str | None = None


def main(words: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit code."""
    given = _parser().parse_args(words)
    does = {"solve": _solve, "judge": _judge, "schema": _schema, "prepare": _prepare}
    try:
        return does[given.command](given)
    except (FileError, OSError) as wrong:
        return _complain(str(wrong), BROKEN)
    except WrongPlanError as wrong:
        return _complain(f"The plan that was found is wrong, and is not written: {wrong}", ERROR)
    except ValueError as wrong:
        return _complain(str(wrong), BROKEN)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m planning", description="Samtun's planning engine.")
    commands = parser.add_subparsers(dest="command", required=True)
    solve = commands.add_parser("solve", help="plan what a file asks")
    solve.add_argument("file", type=Path)
    solve.add_argument("--format", choices=FORMATS, help="guessed from the file when not given")
    solve.add_argument("--seconds", type=float, help=f"processor seconds; {SECONDS:g} when nothing is said")
    solve.add_argument("--iterations", type=int, help="the same plan for the same number and seed")
    solve.add_argument("--seed", type=int, default=1)
    solve.add_argument("--out", type=Path, help="where to write; standard output when not given")
    solve.add_argument("--plot", type=Path, help="draw the plan as SVG here")
    judge = commands.add_parser("judge", help="check a plan against its problem")
    judge.add_argument("problem", type=Path)
    judge.add_argument("plan", type=Path)
    judge.add_argument("--format", choices=FORMATS, help="guessed from the problem when not given")
    schema = commands.add_parser("schema", help="write the JSON Schema of one kind of question")
    schema.add_argument("kind", choices=tuple(KINDS))
    commands.add_parser("prepare", help="compile the searches ahead, so that the first plan does not wait for it")
    return parser


def _schema(given: argparse.Namespace) -> int:
    kind = KINDS[given.kind]
    sys.stdout.write(written_schema(kind.name, kind.problem, kind.plan))
    return RIGHT


def _prepare(given: argparse.Namespace) -> int:
    """Plan something tiny with each search of our own: what is compiled for it is kept."""
    short, today = Budget(iterations=1), date(2026, 1, 1)
    plan_rides(read_cordeau(TINY_RIDES), short, seed=1)
    plan_tours(read_table(TINY_TOURS), short, seed=1)
    turn, unit = Turn("turn", "any", today, today), Unit("unit", ("one",), kinds=frozenset({"any"}))
    plan_rota(RotaProblem((turn,), (unit,)), short, seed=1)
    return RIGHT


def _solve(given: argparse.Namespace) -> int:
    if given.seed < 0:
        raise FileError(f"A seed is 0 or more, not {given.seed}.", field="--seed")
    text = _text(given.file)
    form = given.format or guess(text)
    seconds = SECONDS if given.seconds is None and given.iterations is None else given.seconds
    budget = Budget(given.iterations, seconds)
    done = Event()
    if sys.stderr.isatty():
        Thread(target=_progress, args=(done, seconds), daemon=True).start()
    try:
        answer = solve(text, form, budget, given.seed)
    finally:
        done.set()
    if given.plot is not None:
        if answer.drawing is None:
            raise FileError("There is no drawing of this kind of plan.", field="--plot")
        given.plot.write_text(answer.drawing, encoding="utf-8")
    written = dumps(answer.result, ensure_ascii=False) + "\n"
    if given.out is None:
        sys.stdout.write(written)
    else:
        given.out.write_text(written, encoding="utf-8")
    return RIGHT if answer.right else WRONG


def _text(path: Path) -> str:
    """Read a file. Raises FileError for one that is not text."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise FileError(f"{path.name} is not text in UTF-8.", line=1 + raw.count(b"\n", 0, wrong.start)) from None


def guess(text: str) -> str:
    """Tell which form a text is in. Raises FileError for one that is none of them."""
    begun = text.lstrip()
    if begun.startswith(("{", "[")):
        return "json"
    if "NODE_COORD_SECTION" in text or re.search(r"^\s*VEHICLE\s*$", text, re.MULTILINE):
        return "solomon"
    first = begun.splitlines()[0].split() if begun else []
    forms = {3: "lilim", 5: "cordeau"}
    if len(first) not in forms:
        raise FileError("This is none of the forms that can be read; say which with --format.", line=1)
    return forms[len(first)]


def solve(text: str, form: str, budget: Budget, seed: int) -> Answer:
    """Plan what a text asks in one of the forms."""
    if form == "json":
        return _solve_json(text, budget, seed)
    if form == "cordeau":
        rides = read_cordeau(text)
        plan = plan_rides(rides, budget, seed=seed)
        wrong = judge_rides(rides, plan)
        reasons = [*verdict(wrong)["reasons"], *(f"{one.id}: is left out" for one in plan.unplanned)]
        return Answer(as_result(rides, plan, tuple(reasons)), not reasons, _ride_hours(plan))
    tours = read_benchmark(text, form)
    found = plan_tours(tours, budget, seed=seed)
    broken = judge_tours(tours, found)
    spots = {one.number: (one.x, one.y) for one in tours.nodes}
    routes = [[spots[number] for number in one.nodes] for one in found.tours]
    return Answer(tours_result(found, broken), not broken, draw_map(tours.name, list(spots.values()), routes))


def read_benchmark(text: str, form: str) -> ToursProblem:
    """Read one of the forms with windows. Raises FileError with line and field."""
    if form == "lilim":
        return read_lilim(text)
    return read_sections(text) if "_SECTION" in text else read_table(text)


def _solve_json(text: str, budget: Budget, seed: int) -> Answer:
    data = read_json(text)
    kind = kind_of(data)
    problem = part(text, data, "problem", kind.problem)
    previous = part(text, data, "previous", kind.plan) if data.get("previous") is not None else None
    plan = kind.solve(problem, budget, seed=seed, previous=previous)
    wrong = kind.judge(problem, plan, previous)
    result = {
        "kind": kind.name,
        "cost": to_json(getattr(plan, kind.cost)),
        "judge": verdict(wrong),
        "seed": plan.run.seed,
        "iterations": plan.run.iterations,
        "seconds": round(plan.run.seconds, 3),
        "plan": to_json(plan),
    }
    drawing = _meal_hours(plan) if isinstance(plan, MealPlan) else _ride_hours(plan)
    return Answer(result, not wrong, drawing)


def _judge(given: argparse.Namespace) -> int:
    text, plan = _text(given.problem), _text(given.plan)
    said = judged(text, given.format or guess(text), plan)
    sys.stdout.write(dumps(said, ensure_ascii=False) + "\n")
    return RIGHT if said["ok"] else WRONG


def judged(text: str, form: str, plan_text: str) -> dict[str, Any]:
    """Judge a plan for a problem in one of the forms. Raises FileError that says which of the two cannot be read."""
    if form == "json":
        data = read_json(text)
        kind = kind_of(data)
        problem = part(text, data, "problem", kind.problem)
        previous = part(text, data, "previous", kind.plan) if data.get("previous") is not None else None
        with _of_the_plan():
            found = part(plan_text, read_json(plan_text), "plan", kind.plan)
        return verdict(kind.judge(problem, found, previous))
    if form == "cordeau":
        rides = read_cordeau(text)
        with _of_the_plan():
            driven = read_ride_routes(rides, read_json(plan_text))
        return verdict(judge_rides(rides, driven))
    tours = read_benchmark(text, form)
    with _of_the_plan():
        routes = read_tours(tours, read_json(plan_text))
    return verdict(judge_tours(tours, routes))


@contextmanager
def _of_the_plan() -> Iterator[None]:
    """Say that it is the plan which cannot be read, and not the problem."""
    try:
        yield
    except FileError as wrong:
        raise FileError(f"In the plan: {wrong}") from None


def _meal_hours(plan: MealPlan) -> str:
    bars = [Bar(str(one.driver), one.leave, one.home, tuple(stop.at for stop in one.stops)) for one in plan.rounds]
    return draw_hours("meals", bars)


def _ride_hours(plan: object) -> str | None:
    if not isinstance(plan, RidePlan):
        return None
    bars = [
        Bar(str(one.vehicle), one.stops[0].start, one.stops[-1].start, tuple(stop.start for stop in one.stops[1:-1]))
        for one in plan.tours
    ]
    return draw_hours("rides", bars)


def _progress(done: Event, seconds: float | None) -> None:
    """Count on a terminal until it is done; ticks, not a clock."""
    ticks = 0
    limit = "" if seconds is None else f" of at most {seconds:g}"
    while not done.wait(1.0):
        ticks += 1
        sys.stderr.write(f"\rplanning, {ticks} s{limit}")
        sys.stderr.flush()
    sys.stderr.write("\r" + " " * 40 + "\r")


def _complain(what: str, code: int) -> int:
    sys.stderr.write(f"{what}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
