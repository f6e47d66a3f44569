"""Which rules of a rota cannot all hold: assumptions in CP-SAT, then one after the other left out."""

from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from planning.solvers.rotas.tables import Tables

COVER, ONE_AT_A_TIME, NO_MORE_THAN = "cover", "one_at_a_time", "no_more_than"

type Rule = tuple[str, int, int]
"""What kind of rule, of which turn or body or unit, and which of its limits."""


@dataclass(slots=True)
class Guarded:
    """A model in which each rule holds only where its switch is on."""

    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    switches: dict[Rule, cp_model.IntVar] = field(default_factory=dict)

    def switch(self, rule: Rule) -> cp_model.IntVar:
        """Give the switch of a rule; on where the rule holds."""
        if rule not in self.switches:
            self.switches[rule] = self.model.new_bool_var("")
        return self.switches[rule]


def colliding(tables: Tables, *, effort: float) -> tuple[Rule, ...] | None:
    """Give a smallest set of rules that collide, or None where none was found in so much deterministic time.

    A core from the assumptions of the infeasible model, made minimal by a deletion filter (Chinneck, Dravnieks 1991,
    doi:10.1287/ijoc.3.2.157). One worker, so that it is the same in every run.
    """
    guarded = _model(tables)
    core = _core(guarded, list(guarded.switches), effort)
    if core is None:
        return None
    for rule in list(core):
        if rule in core and (less := _core(guarded, [one for one in core if one != rule], effort / 10)) is not None:
            core = less
    return tuple(core)


def _core(guarded: Guarded, on: list[Rule], effort: float) -> list[Rule] | None:
    """Find rules among those that are on that collide; None where they do not, or that was not settled in time."""
    guarded.model.clear_assumptions()
    guarded.model.add_assumptions([guarded.switches[rule] for rule in on])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = effort
    if solver.solve(guarded.model) != cp_model.INFEASIBLE:
        return None
    named = {guarded.switches[rule].index: rule for rule in on}
    found = {named[index] for index in solver.sufficient_assumptions_for_infeasibility()}
    return [rule for rule in on if rule in found]


def _model(tables: Tables) -> Guarded:
    """Put the rules into a model, each behind its switch; who may sit where is settled already."""
    guarded = Guarded()
    days: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    began: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    for seat, turn in enumerate(tables.turn.tolist()):
        here = []
        for unit in tables.who[tables.who_from[seat] : tables.who_from[seat + 1]].tolist():
            if tables.frozen[seat] and unit != tables.kept[seat]:
                continue
            variable = guarded.model.new_bool_var("")
            here.append(variable)
            began.setdefault((unit, int(tables.week[turn])), []).append(variable)
            for body in tables.body[tables.body_from[unit] : tables.body_from[unit + 1]].tolist():
                for day in range(tables.first[turn], tables.last[turn] + tables.rest[unit] + 1):
                    days.setdefault((body, day), []).append(variable)
        guarded.model.add_at_most_one(here)
        guarded.model.add_bool_or([*here, ~guarded.switch((COVER, turn, 0))])
    for (body, _), variables in days.items():
        cap = int(tables.cap[body])
        if len(variables) > cap:
            rule = guarded.switch((ONE_AT_A_TIME, body, 0))
            guarded.model.add(cp_model.LinearExpr.sum(variables) <= cap).only_enforce_if(rule)
    _limits(guarded, tables, began)
    return guarded


def _limits(guarded: Guarded, tables: Tables, began: dict[tuple[int, int], list[cp_model.IntVar]]) -> None:
    """Put in what each unit takes at most in some weeks."""
    weeks = int(tables.week.max(initial=0)) + 1
    for unit, k in ((unit, k) for unit in range(len(tables.rest)) for k in range(tables.most_weeks.shape[1])):
        span, times = int(tables.most_weeks[unit, k]), int(tables.most_times[unit, k])
        for start in range(max(1, weeks - span + 1)) if span else ():
            inside = [one for week in range(start, start + span) for one in began.get((unit, week), ())]
            if len(inside) > times:
                rule = guarded.switch((NO_MORE_THAN, unit, k))
                guarded.model.add(cp_model.LinearExpr.sum(inside) <= times).only_enforce_if(rule)
