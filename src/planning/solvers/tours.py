"""Search for tours from one depot: our own search between two of PyVRP's; PyVRP alone where pairs share a tour."""

from math import ceil

import numpy as np

from planning.solvers import strings
from planning.solvers.chance import seeded
from planning.solvers.routing import clients, is_pickup, run_pyvrp, shipments, solution_of, tours_of
from planning.stopping import Running
from planning.vocabulary.tours import Node, ToursProblem

PART = 64
"""Iterations between two looks at the clock for a problem of 100 stops; fewer for larger ones."""

FIRST, LAST = 0.3, 0.7
"""Shares of the budget when our own search begins, and when PyVRP goes on."""

type Lists = list[list[int]]


def tours_with_windows(problem: ToursProblem, running: Running, seed: int) -> tuple[Lists, int]:
    """Give the stops of each vehicle, as places in `problem.nodes`, and how many iterations it took.

    PyVRP goes first and last, our own search between; each goes on from the best tours so far. Where PyVRP found too
    few vehicles for all, and our own did too, our own goes on to the end. One of PyVRP's iterations takes
    about as long as `PART` of ours, and counts as so many.
    """
    state = _State(problem, seed)
    data = clients(problem, state.ground.way)
    found = run_pyvrp(data, running, seed, until=FIRST, counts=PART)
    state.begin(tours_of(found.best))
    done = state.search(running, PART * found.num_iterations, LAST)
    if not state.left_over:
        found = run_pyvrp(data, running, seed, solution_of(data, state.best_tours()), first=done, counts=PART)
        state.begin(tours_of(found.best))
        done += PART * found.num_iterations
    done = state.search(running, done, 1.0)
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
    _State(tiny, 1).step(0.0, 1.0, 1)


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
        self.shape = (tours, size)
        self.now, self.new, self.best = (strings.no_tours(*self.shape) for _ in range(3))
        self.desk = strings.desk_for(*self.shape)
        self.rng = seeded(seed)

    def begin(self, tours: Lists) -> None:
        """Go on from these tours, where they are better than what there is; who is on none of them is left over."""
        new = strings.no_tours(*self.shape)
        for k, stops in enumerate(tours):
            new.stops[k, 1 : len(stops) + 1] = stops
            new.visits[k] = len(stops)
            new.where[stops] = k
            strings.refresh(self.ground, new, k)
        found = int((new.where[1:] < 0).sum()), float(new.length.sum())
        if found < (self.left_over, float(self.desk.best[1])):
            self.desk.best[:] = found
            for plan in (self.now, self.new, self.best):
                for one, other in zip(plan, new, strict=True):
                    np.copyto(one, other)

    def search(self, running: Running, done: int, until: float) -> int:
        """Go on searching until a share of the budget is used, and be cold by then; gives the iterations after it."""
        wanted = running.budget.iterations
        while (share := running.share(done)) < until:
            part = PART if wanted is None else max(1, min(PART, ceil(until * wanted) - done))
            after = share if wanted is None else (done + part) / wanted
            self.step(share / until, after / until, part)
            done += part
        return done

    def step(self, share: float, after: float, steps: int) -> None:
        """Search for so many steps."""
        strings.search(self.ground, self.now, self.new, self.best, self.desk, self.rng, share, after, steps)

    @property
    def left_over(self) -> int:
        """How many are on none of the best tours."""
        return int(self.desk.best[0])

    def best_tours(self) -> Lists:
        """Give the best tours so far."""
        return [row[1 : many + 1].tolist() for row, many in zip(self.best.stops, self.best.visits, strict=True)]
