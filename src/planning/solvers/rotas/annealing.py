"""Simulated annealing over a rota (Kirkpatrick, Gelatt, Vecchi 1983, doi:10.1126/science.220.4598.671).

Each move puts another unit in a seat or lets two units change seats; only moves that keep every rule are made. What a
move costs follows from the few units it touches, so a move takes a fraction of a microsecond when compiled.
"""

from math import exp

from planning.solvers.compiling import lean
from planning.solvers.rotas.tables import OPEN, State, Tables, Whole

SCALE = 2147483562


@lean
def roll(dice: Whole) -> int:
    """Draw a number from 0 up to `SCALE`: two generators combined (L'Ecuyer 1988, doi:10.1145/62959.62969)."""
    dice[0] = 40014 * dice[0] % 2147483563
    dice[1] = 40692 * dice[1] % 2147483399
    return int((dice[0] - dice[1]) % SCALE)


@lean
def fits(tables: Tables, state: State, seat: int, unit: int) -> bool:
    """Tell whether a unit that may sit here has the days, the rest and the weeks for it."""
    turn = tables.turn[seat]
    for at in range(tables.body_from[unit], tables.body_from[unit + 1]):
        body = tables.body[at]
        for day in range(tables.first[turn], tables.last[turn] + tables.rest[unit] + 1):
            if state.busy[body, day] >= tables.cap[body]:
                return False
    return within_most(tables, state, unit, tables.week[turn])


@lean
def within_most(tables: Tables, state: State, unit: int, week: int) -> bool:
    """Tell whether one more turn in this week keeps all that the unit has said it takes at most."""
    weeks = state.began.shape[1]
    for k in range(tables.most_weeks.shape[1]):
        span = tables.most_weeks[unit, k]
        if span == 0:
            break
        first = max(0, week - span + 1)
        total = 0
        for at in range(first, min(first + span, weeks)):
            total += state.began[unit, at]
        if total >= tables.most_times[unit, k]:
            return False
        for start in range(first + 1, min(week, weeks - span) + 1):
            total += state.began[unit, start + span - 1] - state.began[unit, start - 1]
            if total >= tables.most_times[unit, k]:
                return False
    return True


@lean
def mark(tables: Tables, state: State, seat: int, unit: int, by: int) -> int:
    """Put a unit in a seat (`by` 1) or take it out (-1); give what that costs but for the worst and the empty seat."""
    turn = tables.turn[seat]
    week, began = tables.week[turn], state.began
    for at in range(tables.body_from[unit], tables.body_from[unit + 1]):
        for day in range(tables.first[turn], tables.last[turn] + tables.rest[unit] + 1):
            state.busy[tables.body[at], day] += by
    n, h = state.turns[unit], state.holidays[unit]
    cost = tables.fair_cost * (tables.tenths[unit, n + by] - tables.tenths[unit, n])
    state.spread[tables.tenths[unit, n]] -= 1
    state.spread[tables.tenths[unit, n + by]] += 1
    state.turns[unit] = n + by
    if tables.holiday[turn]:
        cost += tables.holiday_off[unit, h + by] - tables.holiday_off[unit, h]
        state.holidays[unit] = h + by
    before = began[unit, week]
    began[unit, week] = before + by
    if (before > 0) != (before + by > 0):
        beside = 0
        if week > 0 and began[unit, week - 1] > 0:
            beside += 1
        if week + 1 < began.shape[1] and began[unit, week + 1] > 0:
            beside += 1
        cost += by * beside * tables.running_cost
    own = tables.dislike[turn, unit]
    if tables.kept[seat] != OPEN and tables.kept[seat] != unit:
        own += tables.kept_cost
    state.sits[seat] = unit if by > 0 else OPEN
    return int(cost + by * own)


@lean
def raise_worst(tables: Tables, state: State, unit: int) -> None:
    """Let the worst follow a unit that has come further away from fair."""
    tenths = tables.tenths[unit, state.turns[unit]]
    state.worst[0] = max(state.worst[0], tenths)


@lean
def lower_worst(state: State) -> None:
    """Let the worst come down to where there is someone."""
    while state.worst[0] > 0 and state.spread[state.worst[0]] == 0:
        state.worst[0] -= 1


@lean
def worst_change(tables: Tables, state: State, one: int, other: int) -> int:
    """Settle the worst after one unit changed, or two; give what it costs more than before."""
    before = state.worst[0]
    raise_worst(tables, state, one)
    if other != OPEN:
        raise_worst(tables, state, other)
    lower_worst(state)
    return int(tables.worst_cost * (state.worst[0] - before))


@lean
def put(tables: Tables, state: State, seat: int, unit: int) -> int:
    """Put a unit in an empty seat that it fits; give what the rota costs more."""
    cost = mark(tables, state, seat, unit, 1) - tables.open_cost
    return cost + worst_change(tables, state, unit, OPEN)


@lean
def fill(tables: Tables, state: State, order: Whole) -> int:
    """Fill these empty seats, in this order, each with who costs least; give what that costs."""
    total = 0
    for at in range(len(order)):
        total += seated(tables, state, order[at])
    return total


@lean
def seated(tables: Tables, state: State, seat: int) -> int:
    """Fill one empty seat with who costs least, if anyone fits."""
    best, best_cost = OPEN, 0
    for at in range(tables.who_from[seat], tables.who_from[seat + 1]):
        unit = tables.who[at]
        if fits(tables, state, seat, unit):
            cost = mark(tables, state, seat, unit, 1)
            mark(tables, state, seat, unit, -1)
            if best == OPEN or cost < best_cost:
                best, best_cost = unit, cost
    return put(tables, state, seat, best) if best != OPEN else 0


@lean
def taken_well(dice: Whole, cost: int, heat: float) -> bool:
    """Whether a move is made: always when it costs nothing more, else seldom, and more seldom as it gets colder."""
    return cost <= 0 or roll(dice) < SCALE * exp(-cost / heat)


@lean
def reseat(tables: Tables, state: State, seat: int, heat: float) -> int:
    """Try another unit in a seat; give what the rota costs more, 0 when it stays as it was."""
    count = tables.who_from[seat + 1] - tables.who_from[seat]
    unit = tables.who[tables.who_from[seat] + roll(state.dice) % count]
    old = state.sits[seat]
    if unit == old:
        return 0
    cost = -tables.open_cost if old == OPEN else mark(tables, state, seat, old, -1)
    if fits(tables, state, seat, unit):
        cost += mark(tables, state, seat, unit, 1)
        cost += worst_change(tables, state, unit, old)
        if taken_well(state.dice, cost, heat):
            return cost
        mark(tables, state, seat, unit, -1)
    if old != OPEN:
        mark(tables, state, seat, old, 1)
    worst_change(tables, state, unit, old)
    return 0


@lean
def swap(tables: Tables, state: State, seat: int, heat: float) -> int:
    """Try to let the units in two seats change places; give what the rota costs more, 0 when it stays as it was."""
    other = roll(state.dice) % len(tables.turn)
    one, two = state.sits[seat], state.sits[other]
    if one in (two, OPEN) or two == OPEN or tables.frozen[other]:
        return 0
    if not (tables.may[seat, two] and tables.may[other, one]):
        return 0
    cost = mark(tables, state, seat, one, -1) + mark(tables, state, other, two, -1)
    if fits(tables, state, seat, two):
        cost += mark(tables, state, seat, two, 1)
        if fits(tables, state, other, one):
            cost += mark(tables, state, other, one, 1)
            if taken_well(state.dice, cost, heat):
                return cost
            mark(tables, state, other, one, -1)
        mark(tables, state, seat, two, -1)
    mark(tables, state, seat, one, 1)
    mark(tables, state, other, two, 1)
    return 0


HOT, COLD = 4.0, 0.25
"""From where to where it cools, in what a step of a wish costs: measured on quarters of 60 people."""


@lean
def anneal(
    tables: Tables,
    state: State,
    free: Whole,
    moves: int,
    hot: float,
    cold: float,
    cost: int,
    best: Whole,
    best_cost: int,
) -> tuple[int, int]:
    """Make so many moves while it gets colder; give what the rota costs now and what `best` (kept up to date) does."""
    heat, factor = hot, (cold / hot) ** (1 / moves)
    for _ in range(moves):
        heat *= factor
        seat = free[roll(state.dice) % len(free)]
        if roll(state.dice) % 10 < 4:
            cost += reseat(tables, state, seat, heat)
        else:
            cost += swap(tables, state, seat, heat)
        if cost < best_cost:
            best_cost = cost
            for at in range(len(best)):
                best[at] = state.sits[at]
    return cost, best_cost
