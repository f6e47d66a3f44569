"""Search for tours from one depot: our own search, and PyVRP where something is picked up and delivered on the way."""

import numpy as np

from planning.solvers import strings
from planning.solvers.routing import is_pickup, run_pyvrp, shipments
from planning.stopping import Running
from planning.vocabulary.tours import Node, ToursProblem

PART = 64
"""Iterations between two looks at the clock for a problem of 100 stops; fewer for larger ones."""

type Lists = list[list[int]]


def tours_with_windows(problem: ToursProblem, running: Running, seed: int) -> tuple[Lists, int]:
    """Give the stops of each vehicle, as places in `problem.nodes`, and how many iterations it took."""
    state = _State(problem, seed)
    done = 0
    while (share := running.share(done)) < 1:
        part = PART
        if running.budget.iterations is not None:
            part = min(part, running.budget.iterations - done)
        share_after = running.budget.iterations and (done + part) / running.budget.iterations
        state.search(share, share_after or share, part)
        done += part
    return state.best_tours(), done


def tours_with_pairs(problem: ToursProblem, running: Running, seed: int) -> tuple[Lists, int]:
    """Give the stops of each vehicle where what is picked up is delivered on the same tour, and the iterations."""
    found = run_pyvrp(shipments(problem), running, seed)
    pickups = [place for place in range(len(problem.nodes)) if is_pickup(problem, place)]
    tours = []
    for route in found.best.routes():
        stops = []
        for one in route.schedule():
            if one.is_shipment():
                place = pickups[one.idx]
                stops.append(place if one.is_pickup() else problem.nodes[place].partner or 0)
        tours.append(stops)
    return tours, found.num_iterations


def warm_up() -> None:
    """Have the search compiled, or fetched from where it is kept, before a clock is started."""
    tiny = ToursProblem("", (Node(0, 0, 0, 0, 0, 9, 0), Node(1, 1, 0, 1, 0, 9, 0)), 1, 1)
    _State(tiny, 1).search(0.0, 1.0, 1)


class _State:
    """Where the search stands, as arrays."""

    def __init__(self, problem: ToursProblem, seed: int) -> None:
        nodes, size = problem.nodes, len(problem.nodes)
        self.capacity = float(problem.capacity)
        tours = min(problem.vehicles, size - 1)
        self.way = np.array([[one.to(other) for other in nodes] for one in nodes])
        self.node = np.array([[one.demand, one.ready, one.due, one.service] for one in nodes])
        order = np.argsort(self.way, axis=1, kind="stable")
        self.near = order[order != 0].reshape(size, size - 1)
        self.stops = np.zeros((tours, size + 2), np.int64)
        self.count = np.zeros(tours, np.int64)
        self.where = np.full(size, -1, np.int64)
        self.absences = np.ones(size)
        self.best_stops, self.best_count = self.stops.copy(), self.count.copy()
        self.best = np.array([float(size), np.inf])
        self.rng = np.random.SeedSequence(seed).generate_state(1, np.uint64) | np.uint64(1)

    def search(self, share: float, share_after: float, iterations: int) -> None:
        """Go on searching."""
        strings.search(
            share, share_after, iterations, self.capacity, self.rng, self.stops, self.count, self.where, self.absences,
            self.best_stops, self.best_count, self.best, self.near, self.way, self.node,
        )  # fmt: skip

    def best_tours(self) -> Lists:
        """Give the best tours so far."""
        return [row[1 : count + 1].tolist() for row, count in zip(self.best_stops, self.best_count, strict=True)]
