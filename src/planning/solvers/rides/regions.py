"""More than one search can hold: the tours are dealt into regions, each is searched alone, and they are dealt anew.

Decomposition by neighbouring tours, as in Taillard & Voss 2002 (POPMUSIC, doi:10.1007/978-1-4615-1507-4_27). A first
plan for all comes from cheapest insertion; then in each round every region gets its share of the steps.
"""

import numpy as np

from planning.solvers.rides.arrays import Reals, State, Task, Whole
from planning.solvers.rides.running import improve, nodes_of, state_of
from planning.stopping import Budget, Running

LARGEST = 200
"""Trips that one search holds well."""
REGION = 110
ROUNDS = 4
FIRST = 2
"""Steps that make the first plan of all."""


def improve_by_region(task: Task, running: Running, *, seed: int, start: State | None = None) -> tuple[State, int]:
    """Search, by regions where the day is too large; the best plan and the steps taken in all."""
    if task.trips <= LARGEST:
        return improve(task, running, seed=seed, start=start, hot=0.01 if start is None else 0.002)
    opening = Budget(iterations=FIRST).begin()
    state, done = improve(task, opening, seed=seed, start=start)
    for turn in range(ROUNDS):
        parts = _parts(task, state, turn)
        begun = running.share(done)
        for x, tours in enumerate(parts):
            until = begun + (1 - begun) / (ROUNDS - turn) * (x + 1) / len(parts)
            if running.share(done) >= until:
                continue
            done = _improve_part(task, state, tours, running, until, seed + 1000 * turn + x, done, turn)
    return state, done


def _parts(task: Task, state: State, turn: int) -> list[list[int]]:
    """Deal the tours into regions of neighbours: each begins with the farthest tour left, nearest first."""
    middles = _apart(task, state)
    left = [tour for tour in range(task.tours) if task.allowed[:, tour].any()]
    parts: list[list[int]] = []
    first = left[(turn * 7919) % len(left)] if left else 0
    while left:
        seed = max(left, key=lambda tour: (middles[first, tour], -tour)) if not parts or turn % 2 == 0 else left[0]
        part, trips = list[int](), 0
        for tour in sorted(left, key=lambda tour: (middles[seed, tour], tour)):
            if part and trips >= REGION:
                break
            part.append(tour)
            trips += max(2, (int(state.length[tour]) - 2) // 2)
        parts.append(part)
        left = [tour for tour in left if tour not in set(part)]
    return parts


def _apart(task: Task, state: State) -> Reals:
    """How far tours are from each other: the mean way between what they call on, or between where they begin."""
    size = task.tours
    calls = [nodes or [2 * task.trips + tour] for tour, nodes in enumerate(nodes_of(task, state))]
    share = np.zeros((size, task.drive.shape[0]))
    for tour, nodes in enumerate(calls):
        share[tour, nodes] = 1 / len(nodes)
    way: Reals = share @ np.minimum(task.drive, 1e6) @ share.T
    return way + way.T


def _improve_part(
    task: Task, state: State, tours: list[int], running: Running, until: float, seed: int, done: int, turn: int
) -> int:
    """Search one region and put what was found back; the steps taken in all."""
    served = np.flatnonzero(np.isin(state.tour_of, tours))
    free = np.flatnonzero((state.tour_of < 0) & task.allowed[:, tours].any(axis=1))
    partner = task.partner[free]
    whole = np.union1d(served, free)
    trips = np.union1d(served, free[(partner < 0) | np.isin(partner, whole)])
    if not len(trips):
        return done
    part = _cut(task, trips, np.array(tours, np.int64))
    apart = (task.partner[trips] >= 0) & (part.partner < 0)
    # The other half of these is served in another region: no plan that leaves one out is ever the best one here.
    part.worth[apart] += task.worth.sum() + state.cost[tours].sum()
    rows = {int(trip): x for x, trip in enumerate(trips)}
    n, small = task.trips, len(trips)
    start = state_of(part, [
        [rows[h] if h < n else rows[h - n] + small for h in map(int, state.stops[t, 1 : state.length[t] - 1])]
        for t in tours
    ])  # fmt: skip
    share = until - running.share(done)
    budget = _share_of(running.budget, share)
    best, steps = improve(part, budget.begin(), seed=seed, start=start, hot=0.004 / (turn + 1))
    for x, nodes in enumerate(nodes_of(part, best)):
        row = [int(trips[h]) if h < small else int(trips[h - small]) + n for h in nodes]
        stops = [2 * n + tours[x], *row, 2 * n + task.tours + tours[x]]
        state.stops[tours[x], : len(stops)], state.length[tours[x]] = stops, len(stops)
    for x, trip in enumerate(trips):
        state.tour_of[trip] = tours[int(best.tour_of[x])] if best.tour_of[x] >= 0 else -1
    state.cost[tours] = best.cost
    return done + steps


def _share_of(budget: Budget, share: float) -> Budget:
    """Give a part of a budget."""
    return Budget(
        None if budget.iterations is None else max(1, round(budget.iterations * share)),
        None if budget.seconds is None else max(1e-3, budget.seconds * share),
    )


def _cut(task: Task, trips: Whole, tours: Whole) -> Task:
    """Give the arrays of some trips and some tours."""
    n, m = task.trips, task.tours
    nodes = np.concatenate([trips, trips + n, 2 * n + tours, 2 * n + m + tours])
    rows = {int(trip): x for x, trip in enumerate(trips)}
    table = np.ix_(nodes, nodes)
    pairs = np.ix_(trips, trips) if task.apart.size else (slice(0, 0), slice(0, 0))
    friends = np.ix_(trips, trips) if task.fond.size else (slice(0, 0), slice(0, 0))
    near = [[rows[z] for z in map(int, task.near[trip]) if z in rows] for trip in trips]
    return task._replace(
        trips=len(trips), tours=len(tours), drive=task.drive[table], price=task.price[table], node=task.node[nodes],
        longest_ride=task.longest_ride[trips], load=task.load[nodes], room=task.room[tours],
        longest_tour=task.longest_tour[tours], rests=task.rests[tours], allowed=task.allowed[np.ix_(trips, tours)],
        opening=task.opening[tours], change=task.change[np.ix_(trips, tours)], worth=task.worth[trips],
        frozen=task.frozen[trips], kind=np.unique(task.kind[tours], return_inverse=True)[1].astype(np.int64),
        partner=np.array([rows.get(int(other), -1) for other in task.partner[trips]], np.int64),
        apart=np.ascontiguousarray(task.apart[pairs]), fond=np.ascontiguousarray(task.fond[friends]),
        near=_even(near, len(trips)), mark=task.mark[nodes],
    )  # fmt: skip


def _even(near: list[list[int]], trips: int) -> Whole:
    """Make the rows of neighbours equally long: what is missing is filled from the beginning of the row."""
    wide = max(1, min(max(map(len, near)), trips - 1))
    rows = [([*row, *(x for x in range(trips) if x != at and x not in set(row))] or [at])[:wide]
            for at, row in enumerate(near)]  # fmt: skip
    return np.array(rows, np.int64).reshape(trips, wide)
