"""Large-neighbourhood search with simulated annealing: take some trips out, put them back, keep what is better.

Ropke & Pisinger 2006 (doi:10.1287/trsc.1050.0135), with the mix of ways that was measured best for dial-a-ride here.
"""

from math import exp

from planning.solvers.chance import Bits, draw
from planning.solvers.compiling import lean
from planning.solvers.rides.arrays import Desk, Memory, State, Task
from planning.solvers.rides.recreate import recreate, touch
from planning.solvers.rides.ruin import ruin
from planning.solvers.rides.tours import refresh, take_out, total


@lean
def take_all_out(task: Task, state: State, desk: Desk, count: int) -> int:
    """Take those who were chosen out of their tours; how many tours are touched."""
    touched = 0
    for x in range(count):
        trip = desk.out[x]
        tour = state.tour_of[trip]
        desk.was[x] = tour
        if tour >= 0:
            touched = touch(state, desk, tour, touched)
            take_out(state.stops, state.length, tour, trip, task.trips)
            state.tour_of[trip] = -1
    for x in range(touched):
        refresh(task, state, desk.touched[x])
    return touched


@lean
def take_halves_out(task: Task, state: State, desk: Desk, count: int, touched: int) -> tuple[int, int]:
    """Take out each trip whose partner found no place: nobody is driven out and left there."""
    for x in range(count):
        other = task.partner[desk.out[x]]
        if state.tour_of[desk.out[x]] >= 0 or other < 0 or state.tour_of[other] < 0 or task.frozen[other]:
            continue
        tour = state.tour_of[other]
        if not desk.is_out[other]:
            desk.is_out[other] = True
            desk.out[count], desk.was[count] = other, tour
            count += 1
        touched = touch(state, desk, tour, touched)
        take_out(state.stops, state.length, tour, other, task.trips)
        state.tour_of[other] = -1
        refresh(task, state, tour)
    return count, touched


@lean
def undo(task: Task, state: State, desk: Desk, count: int, touched: int) -> None:
    """Put everything back as it was before this step."""
    for x in range(touched):
        tour = desk.touched[x]
        state.length[tour] = desk.kept_length[tour]
        for y in range(desk.kept_length[tour]):
            here = desk.kept_stops[tour, y]
            state.stops[tour, y] = here
            state.place[here] = y
        state.cost[tour], state.print[tour] = desk.kept_cost[tour], desk.kept_print[tour]
        state.stale[tour] = True
    for x in range(count):
        state.tour_of[desk.out[x]] = desk.was[x]


@lean
def copy(task: Task, source: State, target: State) -> None:
    """Make `target` the same plan as `source`."""
    for tour in range(task.tours):
        target.length[tour] = source.length[tour]
        for x in range(source.length[tour]):
            target.stops[tour, x] = source.stops[tour, x]
        refresh(task, target, tour)
    for trip in range(task.trips):
        target.tour_of[trip] = source.tour_of[trip]


@lean
def search(
    task: Task, state: State, best: State, desk: Desk, memory: Memory, rng: Bits, steps: int, heat: float, most: int
) -> tuple[float, float]:
    """Take so many steps from `state`, at one temperature; `best` is bettered where it can be. Cost of both."""
    for tour in range(task.tours):
        refresh(task, state, tour)
        refresh(task, best, tour)
    now, least = total(task, state), total(task, best)
    for _ in range(steps):
        count = ruin(task, state, desk, rng, most)
        touched = take_all_out(task, state, desk, count)
        touched = recreate(task, state, desk, memory, rng, count, touched)
        count, touched = take_halves_out(task, state, desk, count, touched)
        cost = total(task, state)
        if cost < now - 1e-9 or draw(rng) < exp(-(cost - now) / heat):
            now = cost
            if cost < least - 1e-7:
                least = cost
                copy(task, state, best)
        else:
            undo(task, state, desk, count, touched)
        for x in range(touched):
            desk.is_touched[desk.touched[x]] = False
    return least, now
