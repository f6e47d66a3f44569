"""PyVRP, asked in one way: until the budget is used, with a seed.

Wouda, Lan and Kool 2024, doi:10.1287/ijoc.2023.0055.

Only this module and `solvers.meals` import it.
"""

from dataclasses import dataclass
from typing import Any
from warnings import catch_warnings, simplefilter

import numpy as np
import pyvrp
from numpy.typing import NDArray
from pyvrp import ProblemData, Result, Solution
from pyvrp.exceptions import PenaltyBoundWarning

from planning.stopping import Running
from planning.vocabulary.tours import ToursProblem

type Floats = NDArray[np.float64]

SCALE = 10_000
"""PyVRP counts in whole numbers: so many to one unit of a benchmark file. Times are rounded up, so that a plan that is
right in whole numbers is right in fractions too."""
LEFT_OUT = 1_000_000
"""What a stop that is left out costs, in units of a benchmark file."""


@dataclass(slots=True)
class _Stop:
    """Ends PyVRP when a share of the budget is used. It asks before each iteration; `done` were done before."""

    running: Running
    done: int
    until: float
    counts: int

    def __call__(self, best_cost: float) -> bool:
        over = self.running.share(self.done + self.counts - 1) >= self.until
        self.done += self.counts
        return over


def run_pyvrp(
    data: ProblemData,
    running: Running,
    seed: int,
    begin: Solution | None = None,
    *,
    first: int = 0,
    until: float = 1.0,
    counts: int = 1,
) -> Result:
    """Search until a share of the budget is used; the same for the same data, seed and iterations.

    Each iteration counts as so many of the budget's.
    """
    stop = _Stop(running, first, until, counts)
    with catch_warnings():
        simplefilter("ignore", PenaltyBoundWarning)  # that all may not fit in is no news here, and told otherwise
        return pyvrp.solve(data, stop, seed=seed, collect_stats=False, initial_solution=begin)


def clients(problem: ToursProblem, way: Floats) -> ProblemData:
    """Put stops with windows the way PyVRP asks for them; all must be visited."""
    home, stops = problem.nodes[0], problem.nodes[1:]
    windows = [(_whole(one.ready), int(one.due * SCALE)) for one in stops]
    metres: Any = np.rint(way * SCALE).astype(np.int64)
    seconds: Any = np.ceil(way * SCALE).astype(np.int64)
    vehicles = pyvrp.VehicleType(
        problem.vehicles,
        capacity=[int(problem.capacity * SCALE)],
        tw_early=_whole(home.ready),
        tw_late=int(home.due * SCALE),
    )
    return ProblemData(
        [pyvrp.Location(one.x, one.y) for one in problem.nodes],
        [
            pyvrp.Client(
                place,
                delivery=[_whole(one.demand)],
                service_duration=_whole(one.service),
                tw_early=min(opens, closes),
                tw_late=closes,
            )
            for place, (one, (opens, closes)) in enumerate(zip(stops, windows, strict=True), 1)
        ],
        [pyvrp.Depot(0)],
        [vehicles],
        [metres],
        [seconds],
    )


def tours_of(solution: Solution) -> list[list[int]]:
    """Read the tours that keep every rule, as places in the problem; stops on others are left out."""
    return [
        [one.idx + 1 for one in route.schedule() if one.is_client()]
        for route in solution.routes()
        if route.is_feasible()
    ]


def solution_of(data: ProblemData, tours: list[list[int]]) -> Solution:
    """Put tours the way PyVRP begins from them."""
    kind = pyvrp.ActivityType.CLIENT
    stops = [[pyvrp.Activity(kind, place - 1) for place in tour] for tour in tours if tour]
    return Solution(data, [pyvrp.Route(data, each, 0) for each in stops])


def shipments(problem: ToursProblem) -> ProblemData:
    """Put pickups and deliveries with windows the way PyVRP asks for them."""
    model = pyvrp.Model()
    spots = [model.add_location(one.x, one.y) for one in problem.nodes]
    home = problem.nodes[0]
    depot = model.add_depot(spots[0], tw_early=_whole(home.ready), tw_late=_whole(home.due))
    model.add_vehicle_type(problem.vehicles, capacity=round(problem.capacity), start_depot=depot, end_depot=depot)
    for place, one in enumerate(problem.nodes):
        if one.partner is None or not is_pickup(problem, place):
            continue
        other = problem.nodes[one.partner]
        model.add_shipment(
            spots[place],
            spots[one.partner],
            pickup_tw_early=_whole(one.ready),
            pickup_tw_late=_whole(one.due),
            pickup_service_duration=_whole(one.service),
            delivery_tw_early=_whole(other.ready),
            delivery_tw_late=_whole(other.due),
            delivery_service_duration=_whole(other.service),
            amount=round(one.demand),
            required=False,
            prize=LEFT_OUT * SCALE,
        )
    for one, begin in zip(problem.nodes, spots, strict=True):
        for other, end in zip(problem.nodes, spots, strict=True):
            way = one.to(other)
            model.add_edge(begin, end, distance=round(way * SCALE), duration=_whole(way))
    return model.data()


def is_pickup(problem: ToursProblem, place: int) -> bool:
    """Whether this is the end where something is picked up; where nothing is, the one that stands first."""
    node = problem.nodes[place]
    return node.partner is not None and (node.demand > 0 or (node.demand == 0 and place < node.partner))


def _whole(amount: float) -> int:
    return -int(-amount * SCALE // 1)
