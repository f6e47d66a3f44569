"""From a rota's words to numbers: who may sit where, and how many turns are fair for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from planning.solvers.rotas.tables import OPEN, Tables, Whole
from planning.vocabulary.identity import Id
from planning.vocabulary.rota import RotaProblem, RotaWhy, Seat, Turn, Unit
from planning.vocabulary.window import MINUTES_A_DAY

TENTHS = 10


def does_not(unit: Unit, turn: Turn) -> RotaWhy | None:
    """Say what by itself keeps a unit from a turn, or None."""
    if turn.kind not in unit.kinds:
        return RotaWhy.NOBODY_DOES
    if turn.group is not None and turn.group in unit.not_with:
        return RotaWhy.NOT_WITH
    if any(away.first <= turn.last and turn.first <= away.last for away in unit.absences):
        return RotaWhy.ABSENT
    if unit.slots and not all(_free(unit, day, turn.start_minute, turn.end_minute) for day in turn.days):
        return RotaWhy.NOT_FREE
    return None


def _free(unit: Unit, day: date, first: int, last: int) -> bool:
    """Whether these minutes of a day are said to be free; slots that touch count as one."""
    at, weekday = first, day.weekday()
    slots = [slot for slot in unit.slots if slot.weekday == weekday]
    if not slots:
        return False
    for slot in sorted(slots, key=lambda one: one.start_minute):
        if slot.start_minute <= at and (slot.season is None or slot.season.holds(day)):
            at = max(at, slot.end_minute)
    return at >= min(last, MINUTES_A_DAY)


@dataclass(frozen=True, slots=True)
class Board:
    """A problem with its tables. A turn that wants someone known has one seat, its first, for those who are."""

    problem: RotaProblem
    tables: Tables
    seats: tuple[tuple[int, int], ...]
    """Turn and place on it, both by number, of each seat."""

    def named(self, sits: Whole) -> tuple[Seat, ...]:
        """Give who sits where by their ids, in the order of turns and then of units."""
        taken = sorted((self.seats[seat][0], int(unit)) for seat, unit in enumerate(sits) if unit != OPEN)
        return tuple(Seat(self.problem.turns[turn].id, self.problem.units[unit].id) for turn, unit in taken)

    def seated(self, seats: tuple[Seat, ...], *, whatever: bool = False) -> Whole:
        """Give each seat its unit, those known to the group on the seat that wants one; the rest is left out.

        With `whatever` also a stranger gets that seat, where there is no other: what is locked stays.
        """
        turns = {turn.id: n for n, turn in enumerate(self.problem.turns)}
        units = {unit.id: n for n, unit in enumerate(self.problem.units)}
        free: dict[int, list[int]] = {}
        for number, (turn, _) in enumerate(self.seats):
            free.setdefault(turn, []).append(number)
        sits = np.full(len(self.seats), OPEN, np.int64)
        pairs = [(turns[one.turn], units[one.unit]) for one in seats if one.turn in turns and one.unit in units]
        locked = [(turns[one.turn], units[one.unit]) for one in self.problem.locked]
        first = [pair for pair in locked if pair in pairs]  # where they are frozen, whoever else sat there before
        for pair in first:
            pairs.remove(pair)
        known = sorted(first, key=lambda pair: not self._known(*pair))
        for n, (turn, unit) in enumerate([*known, *sorted(pairs, key=lambda pair: not self._known(*pair))]):
            places = free.get(turn, [])
            fitting = [seat for seat in places if self._known(turn, unit) or not self._wants_known(seat)]
            if fitting or ((whatever or n < len(first)) and places):
                fitting = fitting or places
                seat = fitting[0]
                places.remove(seat)
                sits[seat] = unit
        return sits

    def _wants_known(self, seat: int) -> bool:
        turn, place = self.seats[seat]
        return place == 0 and self.problem.turns[turn].someone_known

    def _known(self, turn: int, unit: int) -> bool:
        group = self.problem.turns[turn].group
        return group is not None and group in self.problem.units[unit].known_to


def board(problem: RotaProblem) -> Board:
    """Put a problem into tables; what is locked is frozen and kept, and only who sits there may."""
    free = _board(problem)
    sits = free.seated(problem.locked, whatever=True)
    locked = sits != OPEN
    may = free.tables.may.copy()
    may[locked] = False
    may[np.flatnonzero(locked), sits[locked]] = True
    return Board(problem, freezing(free.tables, may, locked, sits, 0), free.seats)


def freezing(tables: Tables, may: NDArray[np.bool_], frozen: NDArray[np.bool_], kept: Whole, cost: int) -> Tables:
    """Give the same tables with other seats frozen and another rota to keep to."""
    counts = np.concatenate(([0], np.cumsum(may.sum(axis=1)))).astype(np.int64)
    who = np.nonzero(may)[1].astype(np.int64)
    return tables._replace(may=may, who=who, who_from=counts, frozen=frozen, kept=kept, kept_cost=cost)


def _board(problem: RotaProblem) -> Board:
    """Put a problem into tables, with nothing frozen and nothing kept."""
    seats = tuple((n, place) for n, turn in enumerate(problem.turns) for place in range(turn.seats))
    able = np.array([[does_not(u, t) is None for u in problem.units] for t in problem.turns], np.bool_)
    able = able.reshape(len(problem.turns), len(problem.units))
    known = np.array([[t.group in u.known_to for u in problem.units] for t in problem.turns], np.bool_)
    may = np.array([able[n] & known[n] if place == 0 and problem.turns[n].someone_known else able[n]
                    for n, place in seats], np.bool_).reshape(len(seats), len(problem.units))  # fmt: skip
    start = min((turn.first for turn in problem.turns), default=date.min)
    monday = start.toordinal() - start.weekday()
    holiday = [int(not problem.holidays.isdisjoint(turn.days)) for turn in problem.turns]
    body, body_from, cap = _bodies(problem.units)
    deepest = max((len(unit.most) for unit in problem.units), default=0)
    most = [[*((one.times, one.weeks) for one in unit.most), *[(0, 0)] * (deepest - len(unit.most))]
            for unit in problem.units]  # fmt: skip
    limits = np.array(most, np.int64).reshape(len(problem.units), deepest, 2)
    tenths, holiday_off = _fairness(problem, able, holiday, start)
    counts = may.sum(axis=1)
    tables = Tables(
        turn=_whole(n for n, _ in seats),
        first=_whole((turn.first - start).days for turn in problem.turns),
        last=_whole((turn.last - start).days for turn in problem.turns),
        week=_whole((turn.first.toordinal() - monday) // 7 for turn in problem.turns),
        holiday=_whole(holiday),
        who=np.nonzero(may)[1].astype(np.int64),
        who_from=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        may=may,
        body=body,
        body_from=body_from,
        cap=cap,
        rest=_whole(unit.rest for unit in problem.units),
        most_times=np.ascontiguousarray(limits[:, :, 0]),
        most_weeks=np.ascontiguousarray(limits[:, :, 1]),
        dislike=_wishes(problem),
        tenths=tenths,
        holiday_off=holiday_off,
        frozen=np.zeros(len(seats), np.bool_),
        kept=np.full(len(seats), OPEN, np.int64),
        open_cost=problem.weights.open,
        fair_cost=problem.weights.fair,
        worst_cost=problem.weights.worst,
        running_cost=problem.weights.running,
        kept_cost=0,
    )
    return Board(problem, tables, seats)


def _whole(numbers: Iterable[int]) -> Whole:
    return np.array(list(numbers), np.int64)


def _bodies(units: tuple[Unit, ...]) -> tuple[Whole, Whole, Whole]:
    """Number the persons; an organisation is one body that takes several turns at once."""
    names: dict[Id, int] = {}
    cap: list[int] = []
    body: list[int] = []
    starts = [0]
    for unit in units:
        for name in [("person", one) for one in unit.members] or [("unit", unit.id)]:
            if name not in names:
                names[name] = len(names)
                cap.append(unit.at_once)
            body.append(names[name])
        starts.append(len(body))
    return np.array(body, np.int64), np.array(starts, np.int64), np.array(cap, np.int64)


def _wishes(problem: RotaProblem) -> Whole:
    """What each turn costs with each unit for its wishes."""
    number = {turn.id: n for n, turn in enumerate(problem.turns)}
    dislike = np.zeros((len(problem.turns), len(problem.units)), np.int64)
    for column, unit in enumerate(problem.units):
        for turn, wish in unit.wishes.items():
            if turn in number:
                dislike[number[turn], column] = wish * problem.weights.wish
    return dislike


def _fairness(problem: RotaProblem, able: NDArray[np.bool_], holiday: list[int], start: date) -> tuple[Whole, Whole]:
    """Make the tables of how far each number of turns is from fair, and what that costs on holidays.

    Fair is in proportion to what each has said it can carry and the days it is there, over the year: turns done before
    and days there before count. Who can take none of the turns is left out.
    """
    end = max((turn.last for turn in problem.turns), default=start)
    weight = [
        unit.share * (unit.before.days + days_there(unit, start, end)) if able[:, n].any() else 0
        for n, unit in enumerate(problem.units)
    ]
    seats = [turn.seats for turn in problem.turns]
    flagged = [turn.seats if holiday[n] else 0 for n, turn in enumerate(problem.turns)]
    most = (np.array(seats, np.int64) @ able).max(initial=0) + len(problem.locked)
    tenths = _tenths(weight, [unit.before.turns for unit in problem.units], sum(seats), int(most))
    holidays = _tenths(weight, [unit.before.holidays for unit in problem.units], sum(flagged), int(most))
    return tenths, holidays * problem.weights.holidays


def days_there(unit: Unit, start: date, end: date) -> int:
    """Days from `start` to `end` on which a unit is not away."""
    away: set[int] = set()
    for absence in unit.absences:
        away.update(range(max(absence.first, start).toordinal(), min(absence.last, end).toordinal() + 1))
    return (end - start).days + 1 - len(away)


def _tenths(weight: list[int], before: list[int], now: int, most: int) -> Whole:
    """For each unit and each number of turns: tenths of a turn from its fair number, rounded up."""
    total = sum(weight)
    among = now + sum(done for done, one in zip(before, weight, strict=True) if one)
    table = np.zeros((len(weight), most + 1), np.int64)
    for unit, (one, done) in enumerate(zip(weight, before, strict=True)):
        if one:
            fair = max(0, one * among - done * total)
            table[unit] = [-(-abs(TENTHS * n * total - TENTHS * fair) // total) for n in range(most + 1)]
    return table
