"""The four questions as our own JSON form knows them: what a problem and a plan are, who plans and who judges."""

from collections.abc import Callable
from dataclasses import dataclass
from json import JSONDecodeError, loads
from typing import Any

from planning.formats.lines import field_of, line_of
from planning.formats.trouble import FileError
from planning.formats.typed import Misfit, from_json
from planning.judge.assignment import judge_assignment
from planning.judge.meals import judge_meals
from planning.judge.rides import judge_rides
from planning.judge.rotas import judge_rota
from planning.judge.suggestions import Breach
from planning.problems.assigning import assign
from planning.problems.meals import plan_meals
from planning.problems.rides import on_shortest_ways, plan_rides
from planning.problems.rotas import plan_rota
from planning.vocabulary.assignment import AssignmentPlan, AssignmentProblem
from planning.vocabulary.meal import MealPlan, MealProblem
from planning.vocabulary.ride import RidePlan, RideProblem
from planning.vocabulary.rota import RotaPlan, RotaProblem


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of question. `judge` takes problem, plan and the plan before."""

    name: str
    problem: type
    plan: type
    solve: Callable[..., Any]
    judge: Callable[[Any, Any, Any], tuple[Breach, ...]]
    cost: str


KINDS = {
    one.name: one
    for one in (
        Kind("rides", RideProblem, RidePlan, plan_rides,
             lambda problem, plan, _: judge_rides(on_shortest_ways(problem), plan), "cost"),
        Kind("meals", MealProblem, MealPlan, plan_meals, judge_meals, "metres"),
        Kind("assignment", AssignmentProblem, AssignmentPlan, assign,
             lambda problem, plan, _: judge_assignment(problem, plan), "cost_m"),
        Kind("rota", RotaProblem, RotaPlan, plan_rota, lambda problem, plan, _: judge_rota(problem, plan), "cost"),
    )
}  # fmt: skip


def read_json(text: str) -> dict[str, Any]:
    """Read JSON with an object on top. Raises FileError with the line."""
    try:
        data = loads(text)
    except JSONDecodeError as wrong:
        raise FileError(f"This is not JSON: {wrong.msg}.", line=wrong.lineno) from None
    except RecursionError:
        raise FileError("Lists or objects stand too deep within each other.", line=1) from None
    if not isinstance(data, dict):
        raise FileError("A file holds one object.", line=1)
    return data


def kind_of(data: dict[str, Any]) -> Kind:
    """Find which question a file asks. Raises FileError where it does not say."""
    kind = data.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise FileError(f"A file says what it asks, one of {', '.join(KINDS)}.", line=1, field="kind")
    return KINDS[kind]


def part(text: str, data: dict[str, Any], name: str, kind: type) -> Any:
    """Read one part of a file (`problem`, `previous` or `plan`). Raises FileError with line and field."""
    if name not in data:
        raise FileError("is missing.", line=1, field=name)
    try:
        return from_json(kind, data[name], (name,))
    except Misfit as wrong:
        raise FileError(str(wrong), line=line_of(text, wrong.path), field=field_of(wrong.path)) from None
