"""Tours with windows when vehicles are few: take strings of stops out, put them back, until nobody is left over.

Slack induction by string removals (Christiaens and Vanden Berghe 2020, doi:10.1287/trsc.2019.0914), with their sums of
absences for a fleet that hardly suffices. Used where PyVRP alone finds no plan with as few vehicles as there are; PyVRP
goes on from what this finds. Compiled; the lengths, times and loads are floats in the units of the problem.
"""

from math import log

import numpy as np
from numpy.typing import NDArray

from planning.solvers.compiling import compiled

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]
type Bits = NDArray[np.uint64]

MEAN_REMOVED = 10
LONGEST_STRING = 10
SPLIT = 0.5
BLINK = 0.01
LONGER = 0.01
WARM, COLD = 0.01, 0.0001
"""Temperatures at the start and the end, as shares of the cost."""
EPSILON = 1e-9
LEFT, RIGHT, AGAIN, DROP = np.uint64(13), np.uint64(7), np.uint64(17), np.uint64(11)
UNIT = 1.0 / (1 << 53)


@compiled
def draw(rng: Bits) -> float:
    """Draw from 0 up to, not including, 1 (Marsaglia 2003, doi:10.18637/jss.v008.i14); the state is carried along."""
    x = rng[0]
    x ^= x << LEFT
    x ^= x >> RIGHT
    x ^= x << AGAIN
    rng[0] = x
    return float(x >> DROP) * UNIT


@compiled
def refresh(
    k: int, stops: Ints, count: Ints, load: Floats, early: Floats, late: Floats, way: Floats, node: Floats
) -> None:
    """Work out load, earliest starts and latest starts of tour `k`; the depot stands before and after the stops."""
    last = count[k] + 1
    early[k, 0] = node[0, 1]
    load[k] = 0.0
    for at in range(1, last + 1):
        a, b = stops[k, at - 1], stops[k, at]
        early[k, at] = max(node[b, 1], early[k, at - 1] + node[a, 3] + way[a, b])
        load[k] += node[b, 0] if at < last else 0.0
    late[k, last] = node[0, 2]
    for at in range(last - 1, -1, -1):
        a, b = stops[k, at], stops[k, at + 1]
        late[k, at] = min(node[a, 2], late[k, at + 1] - way[a, b] - node[a, 3])


@compiled
def cheapest(
    c: int,
    k: int,
    rng: Bits,
    stops: Ints,
    count: Ints,
    early: Floats,
    late: Floats,
    way: Floats,
    node: Floats,
) -> tuple[float, int]:
    """Find the cheapest place for stop `c` in tour `k`, now and then looking past one: its cost, and before which."""
    best, place = np.inf, -1
    for at in range(1, count[k] + 2):
        a, b = stops[k, at - 1], stops[k, at]
        start = max(node[c, 1], early[k, at - 1] + node[a, 3] + way[a, c])
        if start > node[c, 2] + EPSILON:
            break
        more = way[a, c] + way[c, b] - way[a, b]
        if more >= best or start + node[c, 3] + way[c, b] > late[k, at] + EPSILON:
            continue
        if draw(rng) >= BLINK:
            best, place = more, at
    return best, place


@compiled
def put_in(c: int, k: int, at: int, stops: Ints, count: Ints, where: Ints) -> None:
    """Put stop `c` into tour `k` before what stands at `at`."""
    for n in range(count[k] + 1, at - 1, -1):
        stops[k, n + 1] = stops[k, n]
    stops[k, at] = c
    count[k] += 1
    where[c] = k


@compiled
def take_string(
    c: int, k: int, length: int, rng: Bits, out: Ints, gone: int, stops: Ints, count: Ints, where: Ints
) -> int:
    """Take `length` stops in a row around `c` out of tour `k`; in half of the cases some inside the string stay."""
    stay = 0
    if length > 1 and length < count[k] and draw(rng) < SPLIT:
        stay = 1
        while length + stay < count[k] and draw(rng) < LONGER:
            stay += 1
    span = length + stay
    at = 1
    while stops[k, at] != c:
        at += 1
    first = max(1, at - span + 1)
    final = min(at, count[k] - span + 1)
    begin = first + int(draw(rng) * (final - first + 1))
    stay_from = begin + int(draw(rng) * (length + 1))
    write = begin
    for n in range(begin, count[k] + 2):
        stop = stops[k, n]
        if n < begin + span and not stay_from <= n < stay_from + stay:
            out[gone] = stop
            gone += 1
            where[stop] = -1
        else:
            stops[k, write] = stop
            write += 1
    count[k] -= length
    return gone


@compiled
def ruin(near: Ints, rng: Bits, out: Ints, gone: int, stops: Ints, count: Ints, where: Ints, touched: Ints) -> int:
    """Take strings out of the tours around a stop drawn by lot, and mark the tours in `touched`."""
    touched[:] = 0
    mean = float(count.sum()) / max(1, int((count > 0).sum()))
    longest = min(float(LONGEST_STRING), max(1.0, mean))
    strings = int(1.0 + draw(rng) * (4.0 * MEAN_REMOVED / (1.0 + longest) - 1.0))
    seed = 1 + int(draw(rng) * (len(where) - 1))
    for n in range(near.shape[1]):
        c = near[seed, n]
        k = where[c]
        if k < 0 or touched[k]:
            continue
        length = int(1.0 + draw(rng) * min(longest, float(count[k])))
        gone = take_string(c, k, min(length, count[k]), rng, out, gone, stops, count, where)
        touched[k] = 1
        strings -= 1
        if strings <= 0:
            break
    return gone


@compiled
def sort_out(out: Ints, gone: int, rng: Bits, way: Floats, node: Floats) -> None:
    """Put what was taken out into one of several orders: by lot, by size, by distance or by window."""
    keys = np.empty(gone)
    by = int(draw(rng) * 8)
    for n in range(gone):
        c = out[n]
        if by == 1:
            keys[n] = -node[c, 0]
        elif by == 2:
            keys[n] = -way[0, c]
        elif by == 3:
            keys[n] = way[0, c]
        elif by == 4:
            keys[n] = node[c, 2] - node[c, 1]
        elif by == 5:
            keys[n] = node[c, 1]
        elif by == 6:
            keys[n] = -node[c, 2]
        else:
            keys[n] = draw(rng)
    out[:gone] = out[:gone][np.argsort(keys)]


@compiled
def recreate(
    out: Ints,
    gone: int,
    capacity: float,
    rng: Bits,
    stops: Ints,
    count: Ints,
    load: Floats,
    early: Floats,
    late: Floats,
    where: Ints,
    way: Floats,
    node: Floats,
) -> int:
    """Put each of what is out where it costs least; gives how many found no place, which are first in `out`."""
    left = 0
    for n in range(gone):
        c = out[n]
        best, tour, place = np.inf, -1, -1
        empty_seen = False
        for k in range(len(count)):
            if load[k] + node[c, 0] > capacity + EPSILON or (count[k] == 0 and empty_seen):
                continue
            empty_seen = empty_seen or count[k] == 0
            more, at = cheapest(c, k, rng, stops, count, early, late, way, node)
            if more < best:
                best, tour, place = more, k, at
        if tour < 0:
            out[left] = c
            left += 1
        else:
            put_in(c, tour, place, stops, count, where)
            refresh(tour, stops, count, load, early, late, way, node)
    return left


@compiled
def left_over(where: Ints, out: Ints) -> int:
    """Put those who are on no tour into `out`; gives how many."""
    gone = 0
    for c in range(1, len(where)):
        if where[c] < 0:
            out[gone] = c
            gone += 1
    return gone


@compiled
def length_of(stops: Ints, count: Ints, way: Floats) -> float:
    """Add up the lengths of all tours."""
    total = 0.0
    for k in range(len(count)):
        for at in range(count[k] + 1):
            total += way[stops[k, at], stops[k, at + 1]]
    return total


@compiled
def accepts(
    left: int, missed: float, cost: float, now_left: int, now_missed: float, now_cost: float, heat: float, rng: Bits
) -> bool:
    """Whether to go on from the new tours: fewer left over, or such as were left over more seldom; else by cost."""
    if left < now_left or missed < now_missed:
        return True
    if left > now_left or missed > now_missed:
        return False
    return cost < now_cost - heat * log(1.0 - draw(rng))


@compiled
def search(
    share: float,
    share_after: float,
    iterations: int,
    capacity: float,
    rng: Bits,
    stops: Ints,
    count: Ints,
    where: Ints,
    absences: Floats,
    best_stops: Ints,
    best_count: Ints,
    best: Floats,
    near: Ints,
    way: Floats,
    node: Floats,
) -> None:
    """Search for so many iterations, cooling as the share of the budget that is used goes on to `share_after`.

    `stops`, `count` and `where` are where the search stands; `best` is (left over, cost) of the best tours so far.
    """
    tours, size = stops.shape
    load, early, late = np.zeros(tours), np.zeros((tours, size)), np.zeros((tours, size))
    touched, out = np.zeros(tours, np.int64), np.zeros(len(where), np.int64)
    new_stops, new_count, new_where = stops.copy(), count.copy(), where.copy()
    now_left, now_missed = 0, 0.0
    for c in range(1, len(where)):
        if where[c] < 0:
            now_left += 1
            now_missed += absences[c]
    now_cost = length_of(stops, count, way)
    for done in range(iterations):
        new_stops[:], new_count[:], new_where[:] = stops, count, where
        gone = left_over(where, out)
        gone = ruin(near, rng, out, gone, new_stops, new_count, new_where, touched)
        for k in range(tours):
            refresh(k, new_stops, new_count, load, early, late, way, node)
        sort_out(out, gone, rng, way, node)
        left = recreate(out, gone, capacity, rng, new_stops, new_count, load, early, late, new_where, way, node)
        missed = absences[out[:left]].sum()
        cost = length_of(new_stops, new_count, way)
        used = share + (share_after - share) * done / iterations
        heat = WARM * (COLD / WARM) ** used * cost
        if accepts(left, missed, cost, now_left, now_missed, now_cost, heat, rng):
            stops[:], count[:], where[:] = new_stops, new_count, new_where
            now_left, now_missed, now_cost = left, missed, cost
        absences[out[:left]] += 1.0
        if left < best[0] or (left == best[0] and cost < best[1] - EPSILON):
            best_stops[:], best_count[:] = new_stops, new_count
            best[0], best[1] = left, cost
