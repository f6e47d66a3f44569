"""Why a turn has an empty seat, what was tried and works, and which rules collide."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from planning.judge import Breach
from planning.judge.rotas import judge_seats
from planning.solvers.rotas.building import Board, does_not
from planning.solvers.rotas.colliding import COVER, NO_MORE_THAN, Rule, colliding
from planning.vocabulary.identity import Id, as_figure
from planning.vocabulary.plan import Fix, Unplanned
from planning.vocabulary.reason import Figure, Reason
from planning.vocabulary.rota import RotaFix, RotaProblem, RotaWhy, Seat, Turn, Unit

SHOWN = 10
"""Rules that are told of those that collide."""
EFFORT = 3.0
"""Deterministic time, some seconds, in which colliding rules are looked for."""
SHIFTS = (-1, 1, -2, 2, -3, 3)
"""Days that another day is tried at, nearest first."""


class Explaining:
    """Reasons and fixes for what a finished rota leaves empty."""

    def __init__(self, problem: RotaProblem, seats: tuple[Seat, ...]) -> None:
        self.problem = problem
        self.turns = {turn.id: turn for turn in problem.turns}
        self.units = {unit.id: unit for unit in problem.units}
        self.has: dict[Id, list[Seat]] = {}
        self.on: dict[Id, list[Seat]] = {}
        for seat in seats:
            self.has.setdefault(seat.unit, []).append(seat)
            self.on.setdefault(seat.turn, []).append(seat)

    def why(self, turn: Turn) -> Unplanned:
        """Say why a turn has an empty seat: what stops how many units, most first, and what would help."""
        counts: dict[RotaWhy, int] = {}
        for unit in self.problem.units:
            why = does_not(unit, turn) or self._full(turn, unit)
            counts[why] = counts.get(why, 0) + 1
        doing = {why: count for why, count in counts.items() if why is not RotaWhy.NOBODY_DOES}
        told = sorted(doing, key=lambda why: (-doing[why], why))
        reasons = [Reason(why, (("units", doing[why]),)) for why in told] or [Reason(RotaWhy.NOBODY_DOES)]
        return Unplanned(turn.id, tuple(reasons), tuple(self._fixes(turn)))

    def _full(self, turn: Turn, unit: Unit) -> RotaWhy:
        """Say why a unit that could by itself is not there."""
        wrong = {breach.what for breach in self._wrong(turn, unit)}
        if not wrong or "has nobody who is known to the group" in wrong:
            return RotaWhy.NONE_KNOWN
        return RotaWhy.MOST if "has more turns than it takes" in wrong else RotaWhy.ON_ANOTHER

    def _wrong(self, turn: Turn, unit: Unit) -> tuple[Breach, ...]:
        """Ask the judge about the unit on this turn, beside all that it and its people have."""
        near = [one for one in self.problem.units if one.id == unit.id or set(one.members) & set(unit.members)]
        near = [unit if one.id == unit.id else one for one in near]
        kept = [seat for one in near for seat in self.has.get(one.id, ()) if seat.turn != turn.id]
        names = dict.fromkeys(seat.turn for seat in kept)
        settled = any(turn.group in self.units[seat.unit].known_to for seat in self.on.get(turn.id, ()))
        alone = replace(turn, seats=1, someone_known=turn.someone_known and not settled)
        small = RotaProblem(
            (*(replace(self.turns[one], someone_known=False) for one in names), alone),
            tuple(near),
            locked=tuple(seat for seat in self.problem.locked if seat in kept),
        )
        return judge_seats(small, (*kept, Seat(turn.id, unit.id)))

    def _fixes(self, turn: Turn) -> Iterator[Fix]:
        """Try what might help; what is told was judged."""
        for shift in SHIFTS:
            moved = replace(turn, first=turn.first + timedelta(shift), last=turn.last + timedelta(shift))
            if any(self._can(moved, unit) for unit in self.problem.units):
                yield Fix(RotaFix.OTHER_DAY, (("days", shift),))
                break
        if turn.someone_known:
            anyone = replace(turn, someone_known=False)
            if any(self._can(anyone, unit) for unit in self.problem.units):
                yield Fix(RotaFix.STRANGER)
        for unit in self.problem.units:
            for days in range(unit.rest - 1, -1, -1):
                if self._can(turn, replace(unit, rest=days)):
                    yield Fix(RotaFix.LESS_REST, (("unit", as_figure(unit.id)), ("days", days)))
                    return

    def _can(self, turn: Turn, unit: Unit) -> bool:
        on_it = any(seat.turn == turn.id for seat in self.has.get(unit.id, ()))
        return not on_it and does_not(unit, turn) is None and not self._wrong(turn, unit)


def collisions(board: Board) -> tuple[Reason, ...]:
    """Give rules that cannot all hold, none of which can be left out; empty where none were found in time."""
    found = colliding(board.tables, effort=EFFORT)
    return tuple(_told(board, rule) for rule in found[:SHOWN]) if found else ()


def _told(board: Board, rule: Rule) -> Reason:
    kind, number, limit = rule
    problem = board.problem
    if kind == COVER:
        return Reason(RotaWhy.COVER, (("turn", as_figure(problem.turns[number].id)),))
    if kind == NO_MORE_THAN:
        unit = problem.units[number]
        most = unit.most[limit]
        figures: tuple[Figure, ...] = (("unit", as_figure(unit.id)), ("times", most.times), ("weeks", most.weeks))
        return Reason(RotaWhy.NO_MORE_THAN, figures)
    return Reason(RotaWhy.ONE_AT_A_TIME, (("unit", as_figure(_whose(board, number))),))


def _whose(board: Board, body: int) -> Id:
    """Name the first unit that a body belongs to."""
    tables = board.tables
    return next(
        unit.id
        for n, unit in enumerate(board.problem.units)
        if body in tables.body[tables.body_from[n] : tables.body_from[n + 1]]
    )
