"""How a search goes on until its budget is used: hot at first, cooler towards the end.

Simulated annealing (Kirkpatrick, Gelatt & Vecchi 1983, doi:10.1126/science.220.4598.671) over the steps of `search`.
"""

from collections.abc import Sequence

import numpy as np

from planning.solvers.chance import seeded
from planning.solvers.rides.arrays import CACHE, State, Task, desk_for, empty_memory, empty_state
from planning.solvers.rides.search import search
from planning.solvers.rides.tours import refresh
from planning.stopping import Budget, Running

HOT, COLD = 0.01, 0.0003
"""Temperature at the beginning and the end, as a share of what the first plan costs."""
MOST_OUT = 20


def state_of(task: Task, tours: Sequence[Sequence[int]]) -> State:
    """Make the plan in which each tour makes these stops (nodes, without its ends)."""
    state = empty_state(task)
    for x, nodes in enumerate(tours):
        row = [2 * task.trips + x, *nodes, 2 * task.trips + task.tours + x]
        state.stops[x, : len(row)], state.length[x] = row, len(row)
        for here in nodes:
            if here < task.trips:
                state.tour_of[here] = x
        refresh(task, state, x)
    return state


def nodes_of(task: Task, state: State) -> list[list[int]]:
    """Give the stops of each tour (nodes, without its ends)."""
    return [[int(x) for x in state.stops[tour, 1 : state.length[tour] - 1]] for tour in range(task.tours)]


def improve(
    task: Task, running: Running, *, seed: int, start: State | None = None, hot: float = HOT, done: int = 0
) -> tuple[State, int]:
    """Search until the budget is used, from nothing or from `start`; the best plan and the steps taken in all."""
    state, best = (start, empty_state(task)) if start is not None else (empty_state(task), empty_state(task))
    if start is not None:
        _copy(start, best)
    if not task.trips or not task.tours or bool(task.frozen.all()):
        return best, done
    desk, memory, rng = desk_for(task), empty_memory(_memory_for(task)), seeded(seed)
    most = min(MOST_OUT, max(6, int(0.35 * task.trips)), task.trips)
    chunk = max(20, 4000 // task.trips)
    base, first, began = 0.0, 1, done
    while (share := running.share(done)) < 1:
        heat = 1.0 if base <= 0 else max(1e-9, base * hot * (COLD / hot) ** share)
        steps = _within(running.budget, done, 1 if done == began else chunk)
        least, _ = search(task, state, best, desk, memory, rng, steps, heat, most)
        done += steps
        if base <= 0 and done - began > first + chunk:
            left_out = float(task.worth[best.tour_of < 0].sum())
            base = max(1.0, least - left_out)
    return best, done


def _within(budget: Budget, done: int, steps: int) -> int:
    """Take no more steps than the budget has left."""
    return steps if budget.iterations is None else min(steps, budget.iterations - done)


def _memory_for(task: Task) -> int:
    """Fewer places where few insertions can be tried."""
    return min(CACHE, 1 << max(12, int(task.trips * task.tours * 64).bit_length()))


def _copy(source: State, target: State) -> None:
    for one, other in zip(source, target, strict=True):
        np.copyto(other, one)


def warm(task: Task) -> None:
    """Load the compiled search, so that the clock of the first plan does not pay for it."""
    state = empty_state(task)
    search(task, state, empty_state(task), desk_for(task), empty_memory(1 << 4), seeded(0), 0, 1.0, 1)
