"""Tours with windows: take strings of stops out, put them back, until nobody is left over and little is driven.

Slack induction by string removals (Christiaens and Vanden Berghe 2020, doi:10.1287/trsc.2019.0914), with their sums of
absences for a fleet that hardly suffices. Compiled; lengths, times and loads are floats in the units of the problem.

Nothing is worked out anew for tours that an iteration does not touch, nor is a place looked for in the part of a tour
that is over before a stop's window opens: with long tours these took most of the time.
"""

from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planning.solvers.chance import Bits, draw
from planning.solvers.compiling import lean

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]

MEAN_REMOVED = 10
LONGEST_STRING = 10
SPLIT = 0.5
BLINK = 0.01
LONGER = 0.01
WARM, COLD = 0.01, 0.0001
"""Temperatures at the start and the end, as shares of the cost."""
EPSILON = 1e-9
DEMAND, READY, DUE, SERVICE = 0, 1, 2, 3
"""Columns of `Ground.node`."""


class Ground(NamedTuple):
    """What does not change: a vehicle's room, the ways, the stops, and the other stops of each, nearest first."""

    capacity: float
    way: Floats
    node: Floats
    near: Ints


class Tours(NamedTuple):
    """Tours, one row each, the depot (0) before and after the stops; `where` is the tour of each stop, -1 for none."""

    stops: Ints
    visits: Ints
    where: Ints
    load: Floats
    length: Floats
    early: Floats
    late: Floats


class Desk(NamedTuple):
    """Scratch paper: who is out and by what they are sorted, tours that are touched, and how often each was left."""

    out: Ints
    keys: Floats
    touched: NDArray[np.bool_]
    absences: Floats
    best: Floats
    """How many are left over in the best tours so far, and their cost."""


def no_tours(tours: int, size: int) -> Tours:
    """Give tours that visit nobody."""
    return Tours(
        np.zeros((tours, size + 2), np.int64), np.zeros(tours, np.int64), np.full(size, -1, np.int64),
        np.zeros(tours), np.zeros(tours), np.zeros((tours, size + 2)), np.zeros((tours, size + 2)),
    )  # fmt: skip


def desk_for(tours: int, size: int) -> Desk:
    """Lay out the scratch paper, with nothing found yet."""
    best = np.array([float(size), np.inf])
    return Desk(np.zeros(size, np.int64), np.zeros(size), np.zeros(tours, np.bool_), np.ones(size), best)


@lean
def refresh(ground: Ground, tours: Tours, k: int) -> None:
    """Work out load, length, earliest starts and latest starts of tour `k`."""
    stops, early, late, way, node = tours.stops, tours.early, tours.late, ground.way, ground.node
    last = tours.visits[k] + 1
    early[k, 0] = node[0, READY]
    load = length = 0.0
    for at in range(1, last + 1):
        a, b = stops[k, at - 1], stops[k, at]
        early[k, at] = max(node[b, READY], early[k, at - 1] + node[a, SERVICE] + way[a, b])
        load += node[b, DEMAND]
        length += way[a, b]
    tours.load[k], tours.length[k] = load, length
    late[k, last] = node[0, DUE]
    for at in range(last - 1, -1, -1):
        a, b = stops[k, at], stops[k, at + 1]
        late[k, at] = min(node[a, DUE], late[k, at + 1] - way[a, b] - node[a, SERVICE])


@lean
def copy_tour(source: Tours, target: Tours, k: int) -> None:
    """Make tour `k` of `target` the same as in `source`."""
    target.visits[k], target.load[k], target.length[k] = source.visits[k], source.load[k], source.length[k]
    for at in range(source.visits[k] + 2):
        target.stops[k, at] = source.stops[k, at]
        target.early[k, at] = source.early[k, at]
        target.late[k, at] = source.late[k, at]


@lean
def copy_touched(source: Tours, target: Tours, desk: Desk) -> None:
    """Make those tours of `target` that are touched, and who is where, the same as in `source`."""
    for k in range(len(source.visits)):
        if desk.touched[k]:
            copy_tour(source, target, k)
    for c in range(len(source.where)):
        target.where[c] = source.where[c]


@lean
def first_place(ground: Ground, tours: Tours, k: int, c: int) -> int:
    """Find the first place in tour `k` that is not over before stop `c` can be served; latest starts only grow."""
    over = ground.node[c, READY] + ground.node[c, SERVICE]
    low, high = 1, int(tours.visits[k]) + 1
    while low < high:
        middle = (low + high) // 2
        if tours.late[k, middle] + EPSILON < over:
            low = middle + 1
        else:
            high = middle
    return low


@lean
def cheapest(ground: Ground, tours: Tours, rng: Bits, k: int, c: int, best: float) -> tuple[float, int]:
    """Find the cheapest place for `c` in tour `k` if below `best`, now and then past one: cost, and before which."""
    way, node, stops, early, late = ground.way, ground.node, tours.stops, tours.early, tours.late
    place = -1
    for at in range(first_place(ground, tours, k, c), tours.visits[k] + 2):
        a, b = stops[k, at - 1], stops[k, at]
        start = max(node[c, READY], early[k, at - 1] + node[a, SERVICE] + way[a, c])
        if start > node[c, DUE] + EPSILON:
            break
        more = way[a, c] + way[c, b] - way[a, b]
        if more >= best or start + node[c, SERVICE] + way[c, b] > late[k, at] + EPSILON:
            continue
        if draw(rng) >= BLINK:
            best, place = more, at
    return best, place


@lean
def put_in(tours: Tours, c: int, k: int, at: int) -> None:
    """Put stop `c` into tour `k` before what stands at `at`."""
    for n in range(tours.visits[k] + 1, at - 1, -1):
        tours.stops[k, n + 1] = tours.stops[k, n]
    tours.stops[k, at] = c
    tours.visits[k] += 1
    tours.where[c] = k


@lean
def take_string(tours: Tours, desk: Desk, rng: Bits, c: int, length: int, gone: int) -> int:
    """Take `length` stops in a row around `c` out of its tour; in half of the cases some inside the string stay."""
    k = tours.where[c]
    stops, count = tours.stops, tours.visits[k]
    stay = 0
    if 1 < length < count and draw(rng) < SPLIT:
        stay = 1
        while length + stay < count and draw(rng) < LONGER:
            stay += 1
    span = length + stay
    at = 1
    while stops[k, at] != c:
        at += 1
    first = max(1, at - span + 1)
    final = min(at, count - span + 1)
    begin = first + int(draw(rng) * (final - first + 1))
    stay_from = begin + int(draw(rng) * (length + 1))
    write = begin
    for n in range(begin, count + 2):
        stop = stops[k, n]
        if n < begin + span and not stay_from <= n < stay_from + stay:
            desk.out[gone] = stop
            gone += 1
            tours.where[stop] = -1
        else:
            stops[k, write] = stop
            write += 1
    tours.visits[k] -= length
    return gone


@lean
def ruin(ground: Ground, tours: Tours, desk: Desk, rng: Bits, gone: int) -> int:
    """Take strings out of the tours around a stop drawn by lot, and mark these tours; gives how many are out."""
    used = 0
    for k in range(len(tours.visits)):
        desk.touched[k] = False
        used += tours.visits[k] > 0
    size = len(tours.where)
    longest = min(float(LONGEST_STRING), max(1.0, (size - 1 - gone) / max(1, used)))
    strings = int(1.0 + draw(rng) * (4.0 * MEAN_REMOVED / (1.0 + longest) - 1.0))
    seed = 1 + int(draw(rng) * (size - 1))
    for n in range(size - 1):
        c = ground.near[seed, n]
        k = tours.where[c]
        if k < 0 or desk.touched[k]:
            continue
        length = int(1.0 + draw(rng) * min(longest, float(tours.visits[k])))
        gone = take_string(tours, desk, rng, c, min(length, tours.visits[k]), gone)
        refresh(ground, tours, k)
        desk.touched[k] = True
        strings -= 1
        if strings <= 0:
            break
    return gone


@lean
def key_of(ground: Ground, c: int, by: int, chance: float) -> float:
    """By what a stop is sorted: size, distance or window, else by lot."""
    node = ground.node
    if by == 1:
        return -float(node[c, DEMAND])
    if by == 2:
        return -float(ground.way[0, c])
    if by == 3:
        return float(ground.way[0, c])
    if by == 4:
        return float(node[c, DUE] - node[c, READY])
    if by == 5:
        return float(node[c, READY])
    if by == 6:
        return -float(node[c, DUE])
    return chance


@lean
def sort_out(ground: Ground, desk: Desk, rng: Bits, gone: int) -> None:
    """Put what was taken out into one of several orders."""
    by = int(draw(rng) * 8)
    for n in range(gone):
        c = desk.out[n]
        key = key_of(ground, c, by, draw(rng))
        at = n
        while at > 0 and desk.keys[at - 1] > key:
            desk.keys[at], desk.out[at] = desk.keys[at - 1], desk.out[at - 1]
            at -= 1
        desk.keys[at], desk.out[at] = key, c


@lean
def recreate(ground: Ground, tours: Tours, desk: Desk, rng: Bits, gone: int) -> int:
    """Put each of what is out where it costs least; gives how many found no place, which are first in `out`."""
    left = 0
    for n in range(gone):
        c = desk.out[n]
        best, tour, place = np.inf, -1, -1
        empty_seen = False
        for k in range(len(tours.visits)):
            empty = tours.visits[k] == 0
            if tours.load[k] + ground.node[c, DEMAND] > ground.capacity + EPSILON or (empty and empty_seen):
                continue
            empty_seen = empty_seen or empty
            more, at = cheapest(ground, tours, rng, k, c, best)
            if at > 0:
                best, tour, place = more, k, at
        if tour < 0:
            desk.out[left] = c
            left += 1
        else:
            put_in(tours, c, tour, place)
            refresh(ground, tours, tour)
            desk.touched[tour] = True
    return left


@lean
def left_over(tours: Tours, desk: Desk) -> int:
    """Put those who are on no tour into `out`; gives how many."""
    gone = 0
    for c in range(1, len(tours.where)):
        if tours.where[c] < 0:
            desk.out[gone] = c
            gone += 1
    return gone


@lean
def missing(desk: Desk, left: int, more: float) -> float:
    """Add up how often those who are left over were left over before, and add `more` to each."""
    total = 0.0
    for n in range(left):
        total += desk.absences[desk.out[n]]
        desk.absences[desk.out[n]] += more
    return total


@lean
def total_of(lengths: Floats) -> float:
    """Add up the lengths of all tours, always in the same order."""
    total = 0.0
    for k in range(len(lengths)):
        total += lengths[k]
    return total


@lean
def search(
    ground: Ground, now: Tours, new: Tours, best: Tours, desk: Desk, rng: Bits, share: float, after: float, steps: int
) -> None:
    """Take so many steps from `now`, cooling as the share of the budget that is used goes on to `after`.

    `new` is for what is tried, and the same as `now` before and after; `best` has the best tours so far.
    """
    for k in range(len(now.visits)):
        refresh(ground, now, k)
        refresh(ground, new, k)
    now_left = left_over(now, desk)
    now_missed, now_cost = missing(desk, now_left, 0.0), total_of(now.length)
    for done in range(steps):
        gone = ruin(ground, new, desk, rng, left_over(new, desk))
        sort_out(ground, desk, rng, gone)
        left = recreate(ground, new, desk, rng, gone)
        missed, cost = missing(desk, left, 1.0), total_of(new.length)
        heat = WARM * (COLD / WARM) ** (share + (after - share) * done / steps) * cost
        if left < desk.best[0] or (left == desk.best[0] and cost < desk.best[1] - EPSILON):
            desk.best[0], desk.best[1] = left, cost
            for k in range(len(new.visits)):
                copy_tour(new, best, k)
        if left != now_left or missed != now_missed:
            better = left < now_left or missed < now_missed
        else:
            better = cost < now_cost - heat * log(1.0 - draw(rng))
        if better:
            copy_touched(new, now, desk)
            now_left, now_missed, now_cost = left, missed, cost
        else:
            copy_touched(now, new, desk)
