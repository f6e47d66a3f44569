"""Search for tours from one depot: our own search, and PyVRP where something is picked up and delivered on the way."""

import numpy as np

from planning.solvers import strings
from planning.solvers.chance import seeded
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
        tours = min(problem.vehicles, size - 1)
        at = np.array([(one.x, one.y) for one in nodes])
        way = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
        node = np.array([(one.demand, one.ready, one.due, one.service) for one in nodes], np.float64)
        order = np.argsort(way, axis=1, kind="stable")
        near = order[order != 0].reshape(size, size - 1)
        self.ground = strings.Ground(float(problem.capacity), way, node, near)
        self.now, self.new, self.best = (strings.no_tours(tours, size) for _ in range(3))
        self.desk = strings.desk_for(tours, size)
        self.rng = seeded(seed)

    def search(self, share: float, share_after: float, steps: int) -> None:
        """Go on searching."""
        strings.search(self.ground, self.now, self.new, self.best, self.desk, self.rng, share, share_after, steps)

    def best_tours(self) -> Lists:
        """Give the best tours so far."""
        return [row[1 : many + 1].tolist() for row, many in zip(self.best.stops, self.best.visits, strict=True)]
