"""Is a rota right? Each rule once more, day by day and unit by unit, and what it costs counted anew."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from math import ceil

from planning.judge.suggestions import Breach
from planning.vocabulary.identity import Id
from planning.vocabulary.rota import RotaPlan, RotaProblem, Seat, Turn, Unit

A_WEEK = timedelta(days=7)


def judge_rota(problem: RotaProblem, plan: RotaPlan) -> tuple[Breach, ...]:
    """Everything wrong with `plan` as an answer to `problem`; empty means that it is right."""
    wrong = list(judge_seats(problem, plan.seats))
    if wrong:
        return tuple(wrong)
    taken = Counter(seat.turn for seat in plan.seats)
    said_open = [one.id for one in plan.open]
    for turn in problem.turns:
        if (taken[turn.id] < turn.seats) != (said_open.count(turn.id) == 1):
            wrong.append(Breach("is both full and open, or neither", turn.id))
    if set(said_open) - {turn.id for turn in problem.turns}:
        wrong.append(Breach("what is open is not what was asked"))
    if (cost := cost_of(problem, plan.seats)) != plan.cost:
        wrong.append(Breach(f"costs {cost}, not {plan.cost}"))
    if plan.bound is not None and plan.bound > plan.cost:
        wrong.append(Breach("costs less than is said to be possible"))
    return tuple(wrong)


def judge_seats(problem: RotaProblem, seats: tuple[Seat, ...]) -> tuple[Breach, ...]:
    """Everything wrong with who sits where, whatever is left empty."""
    turns = {turn.id: turn for turn in problem.turns}
    units = {unit.id: unit for unit in problem.units}
    if unknown := [seat for seat in seats if seat.turn not in turns or seat.unit not in units]:
        return tuple(Breach("is not among those given", seat.turn) for seat in unknown)
    wrong = [Breach("a locked seat is another's", seat.turn) for seat in problem.locked if seat not in seats]
    mine: dict[Id, list[Turn]] = {unit.id: [] for unit in problem.units}
    crew: dict[Id, list[Unit]] = {turn.id: [] for turn in problem.turns}
    for seat in seats:
        mine[seat.unit].append(turns[seat.turn])
        crew[seat.turn].append(units[seat.unit])
        if seat not in problem.locked:
            wrong += (Breach(what, seat.unit) for what in _cannot(units[seat.unit], turns[seat.turn]))
    twice = [seat for seat, times in Counter(seats).items() if times > units[seat.unit].at_once]
    wrong += (Breach("sits twice at one turn", seat.unit) for seat in twice)
    for turn in problem.turns:
        if len(crew[turn.id]) > turn.seats:
            wrong.append(Breach("seats more than it has room for", turn.id))
        strangers = all(turn.group not in unit.known_to for unit in crew[turn.id])
        held = all(Seat(turn.id, unit.id) in problem.locked for unit in crew[turn.id])
        if turn.someone_known and len(crew[turn.id]) == turn.seats and strangers and not held:
            wrong.append(Breach("has nobody who is known to the group", turn.id))
    for unit in problem.units:
        # A second seat on a turn is not locked because the first one is: no lock stands twice.
        if not _all_locked(problem, unit, mine[unit.id]) or len(set(mine[unit.id])) < len(mine[unit.id]):
            wrong += (Breach(what, unit.id) for what in _too_much(unit, mine[unit.id]))
    return tuple(wrong + _at_once(problem, mine))


def _cannot(unit: Unit, turn: Turn) -> Iterator[str]:
    """Say what by itself keeps a unit from a turn."""
    if turn.kind not in unit.kinds:
        yield "does not do this"
    if turn.group is not None and turn.group in unit.not_with:
        yield "does not go to this group"
    for day in turn.days:
        if any(away.first <= day <= away.last for away in unit.absences):
            yield "is away"
        if unit.slots and not all(_free(unit, day, minute) for minute in range(turn.start_minute, turn.end_minute)):
            yield "is not free then"


def _free(unit: Unit, day: date, minute: int) -> bool:
    return any(
        slot.weekday == day.weekday()
        and slot.start_minute <= minute < slot.end_minute
        and (slot.season is None or slot.season.holds(day))
        for slot in unit.slots
    )


def _too_much(unit: Unit, turns: list[Turn]) -> Iterator[str]:
    """Say where more turns begin within some weeks than the unit takes."""
    mondays = [turn.first - timedelta(days=turn.first.weekday()) for turn in turns]
    for most in unit.most:
        for start in set(mondays):
            if sum(start <= monday < start + most.weeks * A_WEEK for monday in mondays) > most.times:
                yield "has more turns than it takes"


def _at_once(problem: RotaProblem, mine: dict[Id, list[Turn]]) -> list[Breach]:
    """Find persons with two turns that overlap or lie too close, and organisations with too many at once."""
    wrong = []
    people: dict[Id, list[tuple[Turn, Unit]]] = {}
    for unit in problem.units:
        for person in unit.members:
            people.setdefault(person, []).extend((turn, unit) for turn in mine[unit.id])
        if not unit.members:
            days = Counter(
                turn.first + timedelta(days=n)
                for turn in mine[unit.id]
                for n in range((turn.last - turn.first).days + 1 + unit.rest)
            )
            if max(days.values(), default=0) > unit.at_once and not _all_locked(problem, unit, mine[unit.id]):
                wrong.append(Breach("has too many turns at once", unit.id))
    for person, turns in people.items():
        for one, other in combinations(turns, 2):
            (first, unit), (second, _) = sorted((one, other), key=lambda pair: pair[0].first)
            held = all(Seat(turn.id, by.id) in problem.locked for turn, by in (one, other))
            if second.first <= first.last + timedelta(days=unit.rest) and not held:
                wrong.append(Breach("has two turns at once or too close", person))
    return wrong


def _all_locked(problem: RotaProblem, unit: Unit, turns: list[Turn]) -> bool:
    return all(Seat(turn.id, unit.id) in problem.locked for turn in turns)


def cost_of(problem: RotaProblem, seats: tuple[Seat, ...]) -> int:
    """Count what a rota costs, from the words and not from any table."""
    weights = problem.weights
    turns = {turn.id: turn for turn in problem.turns}
    cost = weights.open * (sum(turn.seats for turn in problem.turns) - len(seats))
    festive = {turn.id for turn in problem.turns if any(day in problem.holidays for day in turn.days)}
    fair = fair_numbers(problem)
    fair_festive = fair_numbers(problem, festive)
    worst = 0
    for unit in problem.units:
        mine = [turns[seat.turn] for seat in seats if seat.unit == unit.id]
        cost += sum(unit.wishes.get(turn.id, 0) for turn in mine) * weights.wish
        weeks = {(turn.first.toordinal() - 1) // 7 for turn in mine}
        cost += sum(week + 1 in weeks for week in weeks) * weights.running
        if unit.id in fair:
            away = ceil(abs(len(mine) - fair[unit.id]) * 10)
            worst = max(worst, away)
            there = sum(turn.id in festive for turn in mine)
            cost += away * weights.fair + ceil(abs(there - fair_festive[unit.id]) * 10) * weights.holidays
    return cost + worst * weights.worst


def fair_numbers(problem: RotaProblem, only: set[Id] | None = None) -> dict[Id, Fraction]:
    """Say how many turns (or how many of `only`) are fair for each unit that can take any of them.

    All turns of the year so far and of this plan, in proportion to share times days there; less what was done before.
    """
    able = [unit for unit in problem.units if any(not list(_cannot(unit, turn)) for turn in problem.turns)]
    if not able:
        return {}
    first, last = min(turn.first for turn in problem.turns), max(turn.last for turn in problem.turns)
    weight, done = {}, {}
    for unit in able:
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        there = sum(not any(away.first <= day <= away.last for away in unit.absences) for day in days)
        weight[unit.id] = unit.share * (unit.before.days + there)
        done[unit.id] = unit.before.turns if only is None else unit.before.holidays
    now = sum(turn.seats for turn in problem.turns if only is None or turn.id in only)
    total = sum(weight.values())
    among = now + sum(done[one] for one in weight if weight[one])
    return {one: max(Fraction(0), Fraction(weight[one] * among, total) - done[one]) for one in weight if weight[one]}
