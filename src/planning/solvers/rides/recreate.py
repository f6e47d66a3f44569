"""How trips are put back: one by one in an order of the moment, or the one with most to lose first.

Cheapest insertion with "blinks" (Christiaens & Vanden Berghe 2020, doi:10.1287/trsc.2019.0914) and regret insertion
(Ropke & Pisinger 2006, doi:10.1287/trsc.1050.0135).
"""

import numpy as np

from planning.solvers.chance import Bits, below, draw
from planning.solvers.compiling import lean
from planning.solvers.rides.arrays import LATEST, Desk, Memory, State, Task
from planning.solvers.rides.inserting import NEVER, cheapest
from planning.solvers.rides.tours import fond_of, insert, stir

IN_TURN = 0.92
BLINK = 0.02


@lean
def touch(state: State, desk: Desk, tour: int, touched: int) -> int:
    """Keep a tour as it is before it is changed for the first time in this step; how many are touched then."""
    if desk.is_touched[tour]:
        return touched
    count = state.length[tour]
    for x in range(count):
        desk.kept_stops[tour, x] = state.stops[tour, x]
    desk.kept_length[tour] = count
    desk.kept_cost[tour] = state.cost[tour]
    desk.kept_print[tour] = state.print[tour]
    desk.is_touched[tour] = True
    desk.touched[touched] = tour
    return touched + 1


@lean
def put_in_order(task: Task, desk: Desk, rng: Bits, count: int) -> None:
    """Sort those who are out: at random, far away first, early first, or near first."""
    n, way = task.trips, draw(rng)
    for x in range(count):
        trip = desk.out[x]
        if way < 0.35:
            key = -(task.drive[2 * n, trip] + task.drive[trip, trip + n])
        elif way < 0.6:
            key = task.node[trip, LATEST]
        elif way < 0.7:
            key = task.drive[2 * n, trip]
        else:
            key = draw(rng)
        y = x
        while y > 0 and desk.rank[y - 1] > key:
            desk.rank[y], desk.order[y] = desk.rank[y - 1], desk.order[y - 1]
            y -= 1
        desk.rank[y], desk.order[y] = key, trip


@lean
def extra_cost(task: Task, state: State, tour: int, trip: int) -> float:
    """What a trip costs in a tour besides the driving."""
    extra = task.change[trip, tour]
    if state.length[tour] == 2:
        extra += task.opening[tour]
    if task.fond.shape[0] > 0:
        extra -= fond_of(task.fond, state.tour_of, trip, tour)
    return float(extra)


@lean
def best_tour(
    task: Task, state: State, desk: Desk, memory: Memory, rng: Bits, trip: int, blink: float
) -> tuple[int, int]:
    """Find the tour and the spot in it where a trip costs least; -1 for none."""
    limit, where, best = task.worth[trip], -1, -1
    keys, costs, spots, prints, seen = memory.key, memory.cost, memory.spot, state.print, desk.seen
    allowed, length, kind = task.allowed, state.length, task.kind
    plain = not task.rich
    mask, mark = np.uint64(keys.shape[0] - 1), stir(task.mark[trip])
    seen[:] = False
    for tour in range(task.tours):
        if not allowed[trip, tour]:
            continue
        if length[tour] == 2:
            if seen[kind[tour]]:
                continue
            seen[kind[tour]] = True
        if blink > 0.0 and draw(rng) < blink:
            continue
        extra = 0.0 if plain else extra_cost(task, state, tour, trip)
        key = stir(prints[tour] ^ mark)
        at = np.int64(key & mask)
        if keys[at] == key:
            cost, spot = costs[at], spots[at]
            if cost + extra >= limit:
                continue
            if spot < 0:
                cost, spot = cheapest(task, state, desk, memory, tour, trip, limit - extra, key)
        else:
            cost, spot = cheapest(task, state, desk, memory, tour, trip, limit - extra, key)
        if spot >= 0:
            limit, where, best = cost + extra, tour, spot
    return where, best


@lean
def put_in_turn(task: Task, state: State, desk: Desk, memory: Memory, rng: Bits, count: int, touched: int) -> int:
    """Put each where it costs least, one after the other."""
    put_in_order(task, desk, rng, count)
    blink = BLINK if draw(rng) < 0.5 else 0.0
    for x in range(count):
        trip = desk.order[x]
        where, spot = best_tour(task, state, desk, memory, rng, trip, blink)
        if where >= 0:
            touched = touch(state, desk, where, touched)
            insert(task, state, where, trip, spot)
    return touched


@lean
def look_up(task: Task, state: State, desk: Desk, memory: Memory, tour: int, x: int) -> None:
    """Note what it costs to put the x-th of those who are out in a tour."""
    trip = desk.out[x]
    desk.best_cost[x, tour], desk.best_spot[x, tour] = NEVER, -1
    if not task.allowed[trip, tour]:
        return
    extra = extra_cost(task, state, tour, trip)
    limit = task.worth[trip] - extra
    key = stir(state.print[tour] ^ stir(task.mark[trip]))
    at = np.int64(key & np.uint64(memory.key.shape[0] - 1))
    cost, spot = memory.cost[at], memory.spot[at]
    if memory.key[at] != key or (spot < 0 and cost < limit):
        cost, spot = cheapest(task, state, desk, memory, tour, trip, limit, key)
    if spot >= 0 and cost < limit:
        desk.best_cost[x, tour], desk.best_spot[x, tour] = cost + extra, spot


@lean
def regret(task: Task, desk: Desk, x: int, depth: int) -> tuple[float, int]:
    """How urgent the x-th of those who are out is (less is more), and its best tour; -1 for none."""
    first, second, third, where = NEVER, NEVER, NEVER, -1
    for tour in range(task.tours):
        cost = desk.best_cost[x, tour]
        if cost < first:
            first, second, third, where = cost, first, second, tour
        elif cost < second:
            second, third = cost, second
        elif cost < third:
            third = cost
    if depth == 1 or task.tours == 1:
        return first, where
    if depth == 2:
        return first - second, where
    return 2.0 * first - second - third, where


@lean
def put_by_regret(task: Task, state: State, desk: Desk, memory: Memory, rng: Bits, count: int, touched: int) -> int:
    """Put first the one who would lose most by waiting."""
    depth = 1 + below(rng, 3)
    for x in range(count):
        for tour in range(task.tours):
            look_up(task, state, desk, memory, tour, x)
    for _ in range(count):
        chosen, least, where = -1, 2 * NEVER, -1
        for x in range(count):
            if state.tour_of[desk.out[x]] < 0:
                urgent, tour = regret(task, desk, x, depth)
                if tour >= 0 and urgent < least:
                    chosen, least, where = x, urgent, tour
        if chosen < 0:
            break
        touched = touch(state, desk, where, touched)
        insert(task, state, where, desk.out[chosen], desk.best_spot[chosen, where])
        for x in range(count):
            if state.tour_of[desk.out[x]] < 0:
                look_up(task, state, desk, memory, where, x)
    return touched


@lean
def recreate(task: Task, state: State, desk: Desk, memory: Memory, rng: Bits, count: int, touched: int) -> int:
    """Put the first `count` of those who are out back in the plan; how many tours are touched then."""
    if draw(rng) < IN_TURN or count > 40:
        return put_in_turn(task, state, desk, memory, rng, count, touched)
    return put_by_regret(task, state, desk, memory, rng, count, touched)
