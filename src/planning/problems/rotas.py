"""Who takes which turn: a rota that goes round fairly, keeps every rule, and changes little when it is made anew.

Fair is what each has said they can carry against the others, over the year and the days they are there. Nobody is
ranked: how far a unit is from its fair number is used to share the turns and never told.
"""

import numpy as np

from planning.explain.rotas import Explaining, collisions
from planning.judge.rotas import judge_rota
from planning.solvers.rotas.annealing import COLD, HOT, anneal, fill, fits, put
from planning.solvers.rotas.building import Board, board, freezing
from planning.solvers.rotas.proving import Proof, prove
from planning.solvers.rotas.tables import OPEN, State, Tables, Whole, empty_state
from planning.stopping import Budget, Running
from planning.vocabulary.fingerprint import fingerprint
from planning.vocabulary.identity import Id, as_figure
from planning.vocabulary.plan import Change, Run, Status, WrongPlanError
from planning.vocabulary.reason import Figure
from planning.vocabulary.rota import RotaChange, RotaPlan, RotaProblem, Seat

ENGINE = "annealing and CP-SAT"
AT_ONCE = 20_000
"""Moves between two looks at the budget."""
BESIDE = 2
"""Weeks on either side of an empty seat that are opened again before the whole rota is."""
WIDENING = 1.0
"""Deterministic time, some seconds of eight searches, that each such opening gets."""


def plan_rota(
    problem: RotaProblem, budget: Budget, *, seed: int, previous: RotaPlan | None = None, effort: float = 0.0
) -> RotaPlan:
    """Make a rota.

    An iteration is one move of the annealing, some seven million a second. With `effort` (deterministic time, some
    seconds of eight searches) CP-SAT goes on from there to prove or polish. With `previous` only what was lost or is
    new is filled; where that leaves a seat empty, the weeks beside it are opened, then all that is not locked. Raises
    WrongPlanError when the judge finds the rota wrong, which is an error of the engine.
    """
    running = budget.begin()
    whole = board(problem)
    if previous is None:
        start = state_of(whole.tables, whole.tables.kept, seed, checked=False)
        sits, moves = searched(whole.tables, start, running)
    else:
        sits, moves = _replanned(whole, previous, seed, running)
    proof = prove(whole.tables, sits, effort=effort, seed=seed) if effort > 0 and previous is None else None
    if proof is not None:
        sits = proof.sits
    run = Run(ENGINE, seed, moves, running.seconds, fingerprint(problem), running.cut_short(moves))
    plan = _plan(whole, sits, previous, proof, run)
    if wrong := judge_rota(problem, plan):
        raise WrongPlanError(f"{len(wrong)} wrong; the first: {wrong[0]}")
    return plan


def searched(tables: Tables, state: State, running: Running) -> tuple[Whole, int]:
    """Fill what is empty and anneal what is not frozen, until the budget is used.

    Gives who sits where, and how many moves were made.
    """
    count, moves = np.diff(tables.who_from), 0
    free = np.flatnonzero(~tables.frozen & (count > 0)).astype(np.int64)
    cost = fill(tables, state, free[np.argsort(count[free], kind="stable")])
    best, best_cost = state.sits.copy(), cost
    wanted = running.budget.iterations
    while len(free) and (share := running.share(moves)) < 1:
        at_once = AT_ONCE if wanted is None else min(AT_ONCE, wanted - moves)
        after = share if wanted is None else running.share(moves + at_once)
        hot, cold = (HOT * (COLD / HOT) ** min(1.0, at) for at in (share, after))
        cost, best_cost = anneal(tables, state, free, at_once, hot, cold, cost, best, best_cost)
        moves += at_once
    return best, moves


def state_of(tables: Tables, sits: Whole, seed: int, *, checked: bool) -> State:
    """Seat the units: what is frozen whatever else, the rest as given; if `checked`, only where they still fit."""
    state = empty_state(tables, seed)
    for seat in np.flatnonzero(tables.frozen).tolist():
        put(tables, state, seat, tables.kept[seat])
    for seat in np.flatnonzero(~tables.frozen & (sits != OPEN)).tolist():
        if not checked or (tables.may[seat, sits[seat]] and fits(tables, state, seat, sits[seat])):
            put(tables, state, seat, sits[seat])
    return state


def _replanned(whole: Board, previous: RotaPlan, seed: int, running: Running) -> tuple[Whole, int]:
    """Fill what was lost or is new, and open more only while a seat that someone may take stays empty."""
    tables, old = whole.tables, whole.seated(previous.seats)
    locked, someone = tables.frozen, np.diff(tables.who_from) > 0
    stays = state_of(tables, old, seed, checked=True).sits
    kept = np.where(locked, tables.kept, old)
    frozen = stays != OPEN
    frame = freezing(tables, tables.may, frozen, np.where(frozen, stays, kept), whole.problem.weights.kept)
    best, moves = searched(frame, state_of(frame, stays, seed, checked=False), running)
    for wider in (False, True):
        empty = (best == OPEN) & someone
        if not empty.any():
            break
        week = tables.week[tables.turn]
        near = np.abs(week[:, None] - week[empty][None, :]).min(axis=1) <= BESIDE
        frozen = locked if wider else (locked | ~near) & (best != OPEN)
        frame = freezing(tables, tables.may, frozen, np.where(frozen, best, kept), whole.problem.weights.kept)
        proof = prove(frame, best, effort=WIDENING, seed=seed)
        if proof is not None and (proof.sits == OPEN).sum() < (best == OPEN).sum():
            best = proof.sits
    return best, moves


def _plan(whole: Board, sits: Whole, previous: RotaPlan | None, proof: Proof | None, run: Run) -> RotaPlan:
    """Put a rota into words, with what is empty and why, and what is different from before."""
    problem, seats = whole.problem, whole.named(sits)
    cost = cost_of_state(whole.tables, state_of(whole.tables, sits, run.seed, checked=False))
    short = sorted({whole.seats[seat][0] for seat in np.flatnonzero(sits == OPEN)})
    explaining = Explaining(problem, seats)
    proven = proof is not None and proof.proven
    return RotaPlan(
        status=Status.PARTIAL if short else (Status.OPTIMAL if proven else Status.FEASIBLE),
        seats=seats,
        open=tuple(explaining.why(problem.turns[turn]) for turn in short),
        changes=_changes(problem, seats, previous),
        collides=collisions(whole) if short else (),
        cost=cost,
        bound=None if proof is None else proof.bound,
        run=run,
    )


def cost_of_state(tables: Tables, state: State) -> int:
    """Count what a rota costs from its state, leaving aside what keeping to an old one is worth."""
    units = np.arange(len(state.turns))
    sat = np.flatnonzero(state.sits != OPEN)
    began = state.began > 0
    cost = tables.open_cost * (len(state.sits) - len(sat)) + tables.dislike[tables.turn[sat], state.sits[sat]].sum()
    cost += tables.running_cost * (began[:, 1:] & began[:, :-1]).sum()
    cost += tables.fair_cost * tables.tenths[units, state.turns].sum() + tables.worst_cost * state.worst[0]
    return int(cost + tables.holiday_off[units, state.holidays].sum())


def _changes(problem: RotaProblem, seats: tuple[Seat, ...], previous: RotaPlan | None) -> tuple[Change, ...]:
    """List what is different from the plan before, in the order of the turns."""
    if previous is None:
        return ()
    before, after = _crews(previous.seats), _crews(seats)
    found = []
    for turn in problem.turns:
        gone = [one for one in before.get(turn.id, ()) if one not in after.get(turn.id, ())]
        come = [one for one in after.get(turn.id, ()) if one not in before.get(turn.id, ())]
        if gone or come:
            code = RotaChange.MOVED if gone and come else (RotaChange.LOST if gone else RotaChange.FOUND)
            figures: list[Figure] = [(word, told) for word, names in (("from", gone), ("to", come))
                                     if (told := " + ".join(str(as_figure(one)) for one in names))]  # fmt: skip
            found.append(Change(turn.id, code, tuple(figures)))
    return tuple(found)


def _crews(seats: tuple[Seat, ...]) -> dict[Id, list[Id]]:
    crews: dict[Id, list[Id]] = {}
    for seat in seats:
        crews.setdefault(seat.turn, []).append(seat.unit)
    return crews
