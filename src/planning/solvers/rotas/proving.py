"""CP-SAT over a rota: proves that no rota is cheaper, or finds one that is (Perron, Furnon: OR-Tools 9.15)."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model

from planning.solvers.rotas.tables import OPEN, Tables, Whole

WORKERS = 8
"""Eight even on two cores: with two it found a rota 26 % dearer in the time that eight took to prove theirs."""

type Places = dict[tuple[int, int], cp_model.IntVar]


@dataclass(frozen=True, slots=True)
class Proof:
    """Who sits where, what that costs, below what no rota can be, and whether the two are the same."""

    sits: Whole
    cost: int
    bound: int
    proven: bool


def prove(tables: Tables, hint: Whole, *, effort: float, seed: int) -> Proof | None:
    """Search from `hint` for so much deterministic time; the same in every run. None when nothing was found."""
    model = cp_model.CpModel()
    places: Places = {}
    cost: list[cp_model.LinearExprT] = []
    for seat in range(len(tables.turn)):
        cost.append(_filled(model, tables, seat, places))
    _one_at_a_time(model, tables, places)
    began = _weeks(model, tables, places)
    cost += _running(model, tables, began)
    cost += _fair(model, tables, places)
    model.minimize(cp_model.LinearExpr.sum(cost))
    for (seat, unit), variable in places.items():
        model.add_hint(variable, int(hint[seat] == unit))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = seed % 2**31
    solver.parameters.interleave_search = True
    solver.parameters.max_deterministic_time = effort
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    sits = np.full(len(tables.turn), OPEN, np.int64)
    for (seat, unit), variable in places.items():
        if solver.value(variable):
            sits[seat] = unit
    bound = int(np.ceil(solver.best_objective_bound - 1e-6))
    return Proof(sits, round(solver.objective_value), bound, status == cp_model.OPTIMAL)


def _filled(model: cp_model.CpModel, tables: Tables, seat: int, places: Places) -> cp_model.LinearExprT:
    """Each seat has one unit or is empty, a frozen one who sits there; give what it costs."""
    who = [int(unit) for unit in tables.who[tables.who_from[seat] : tables.who_from[seat + 1]]]
    variables, costs = [], []
    for unit in who:
        variable = places[seat, unit] = model.new_bool_var("")
        variables.append(variable)
        away = tables.kept_cost if tables.kept[seat] not in (OPEN, unit) else 0
        costs.append(int(tables.dislike[tables.turn[seat], unit]) + away)
    empty = model.new_bool_var("")
    model.add_exactly_one([*variables, empty])
    if tables.frozen[seat]:
        model.add(places[seat, int(tables.kept[seat])] == 1)
    return cp_model.LinearExpr.weighted_sum([*variables, empty], [*costs, tables.open_cost])


def _one_at_a_time(model: cp_model.CpModel, tables: Tables, places: Places) -> None:
    """No body has more turns or rests on a day than it takes at once."""
    days: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    for (seat, unit), variable in places.items():
        turn = tables.turn[seat]
        for body in tables.body[tables.body_from[unit] : tables.body_from[unit + 1]].tolist():
            for day in range(tables.first[turn], tables.last[turn] + tables.rest[unit] + 1):
                days.setdefault((body, day), []).append(variable)
    seen: set[tuple[int, ...]] = set()
    for (body, _), variables in days.items():
        key = tuple(variable.index for variable in variables)
        if len(variables) > tables.cap[body] and key not in seen:
            seen.add(key)
            if tables.cap[body] == 1:
                model.add_at_most_one(variables)
            else:
                model.add(cp_model.LinearExpr.sum(variables) <= int(tables.cap[body]))


def _weeks(model: cp_model.CpModel, tables: Tables, places: Places) -> dict[tuple[int, int], list[cp_model.IntVar]]:
    """No unit begins more turns in some weeks than it takes; give what may begin in each week."""
    began: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    for (seat, unit), variable in places.items():
        began.setdefault((unit, int(tables.week[tables.turn[seat]])), []).append(variable)
    weeks = int(tables.week.max(initial=0)) + 1
    for unit in range(len(tables.rest)):
        for times, span in zip(tables.most_times[unit].tolist(), tables.most_weeks[unit].tolist(), strict=True):
            for start in range(max(1, weeks - span + 1)) if span else ():
                inside = [one for week in range(start, start + span) for one in began.get((unit, week), ())]
                if len(inside) > times:
                    model.add(cp_model.LinearExpr.sum(inside) <= times)
    return began


def _running(
    model: cp_model.CpModel, tables: Tables, began: dict[tuple[int, int], list[cp_model.IntVar]]
) -> list[cp_model.LinearExprT]:
    """Two weeks in a row cost; give what."""
    on: dict[tuple[int, int], cp_model.IntVar] = {}
    for key, variables in began.items():
        on[key] = model.new_bool_var("")
        for variable in variables:
            model.add_implication(variable, on[key])
    costs: list[cp_model.LinearExprT] = []
    for (unit, week), here in on.items():
        if (unit, week + 1) in on:
            both = model.new_bool_var("")
            model.add_bool_or(~here, ~on[unit, week + 1], both)
            costs.append(tables.running_cost * both)
    return costs


def _fair(model: cp_model.CpModel, tables: Tables, places: Places) -> list[cp_model.LinearExprT]:
    """What it costs to be away from fair, each and the worst; read off the tables, so that both ways agree."""
    mine: dict[int, list[cp_model.IntVar]] = {}
    festive: dict[int, list[cp_model.IntVar]] = {}
    for (seat, unit), variable in places.items():
        mine.setdefault(unit, []).append(variable)
        if tables.holiday[tables.turn[seat]]:
            festive.setdefault(unit, []).append(variable)
    high = int(tables.tenths.max(initial=0))
    worst = model.new_int_var(0, high, "")
    costs: list[cp_model.LinearExprT] = [tables.worst_cost * worst]
    for unit in range(len(tables.rest)):
        variables = mine.get(unit, [])
        away = _convex(model, variables, tables.tenths[unit])
        model.add(away <= worst)
        costs.append(tables.fair_cost * away)
        costs.append(_convex(model, festive.get(unit, []), tables.holiday_off[unit]))
    return costs


def _convex(model: cp_model.CpModel, variables: list[cp_model.IntVar], table: Whole) -> cp_model.LinearExprT:
    """Read a table that first falls and then rises: the lines through its neighbours, the highest of which counts."""
    values = table[: len(variables) + 1].tolist()
    if max(values) == min(values):
        return int(values[0])
    found = model.new_int_var(0, max(values), "")
    total = model.new_int_var(0, len(variables), "")
    model.add(total == cp_model.LinearExpr.sum(variables))
    lines = {(high - low, low - n * (high - low)) for n, (low, high) in enumerate(pairwise(values))}
    for slope, start in sorted(lines):
        model.add(found >= slope * total + start)
    return found
