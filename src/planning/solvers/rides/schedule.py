"""When each stop of a tour is: no later than it must be, and nobody sits waiting in the car for no reason."""

import numpy as np

from planning.solvers.compiling import lean
from planning.solvers.rides.arrays import EARLIEST, LATEST, SERVICE, Reals, State, Task, Whole
from planning.solvers.rides.timing import settle, settle_rested


@lean
def wait_at_the_door(stops: Whole, count: int, when: Reals, trips: int, drive: Reals, node: Reals) -> None:
    """Begin the tour and fetch people as late as what follows allows; later stops stay when they are."""
    for i in range(count - 2, -1, -1):
        here = stops[i]
        if here < trips or here >= 2 * trips:
            last = min(when[i + 1] - node[here, SERVICE] - drive[here, stops[i + 1]], node[here, LATEST])
            if last > when[i]:
                when[i] = last


def times_of(task: Task, nodes: list[int]) -> tuple[list[float], list[int]] | None:
    """Give when service starts at each node of a tour, ends included, and before which positions the breaks come.

    A break at position 0 is had before the tour, and one after the last position after it. None when the tour cannot be
    driven.
    """
    stops, count, n = np.array(nodes, np.int64), len(nodes), task.trips
    tour = nodes[0] - 2 * n
    place = np.zeros(2 * n + 2 * task.tours, np.int64)
    place[stops] = np.arange(count)
    when = task.node[stops, EARLIEST].copy()
    longest = task.longest_tour[tour]
    rests = task.rests[tour]
    asked = int((rests[:, SERVICE] > 0).sum())
    if asked:
        gaps, ride = np.zeros(len(rests), np.int64), task.longest_ride
        if not settle_rested(stops, count, rests, gaps, when, place, n, task.drive, task.node, ride, longest):
            return None
        return [float(start) for start in when], [int(gap) for gap in gaps[:asked]]
    if not settle(stops, count, 1, count, when, place, n, task.drive, task.node, task.longest_ride, longest):
        return None
    wait_at_the_door(stops, count, when, n, task.drive, task.node)
    return [float(start) for start in when], []


def tour_nodes(task: Task, state: State, tour: int) -> list[int]:
    """Give the nodes of a tour, ends included."""
    return [int(x) for x in state.stops[tour, : state.length[tour]]]


def can_be_driven(task: Task, nodes: list[int]) -> bool:
    """Whether the times of a tour can be kept, break included."""
    return times_of(task, nodes) is not None


def room_enough(task: Task, nodes: list[int]) -> bool:
    """Whether what is aboard fits a seat plan at any time, and nobody sits with someone they may not ride with."""
    tour, sitting = nodes[0] - 2 * task.trips, np.zeros(task.load.shape[1], np.int64)
    aboard: set[int] = set()
    for here in nodes[1:-1]:
        sitting += task.load[here]
        if not (sitting <= task.room[tour]).all(axis=1).any():
            return False
        if here >= task.trips:
            aboard.discard(here - task.trips)
            continue
        if task.apart.size and any(task.apart[here, other] for other in aboard):
            return False
        aboard.add(here)
    return True
