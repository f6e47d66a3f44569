"""What of an earlier plan still holds, so that a new one changes as little as it can."""

from collections.abc import Mapping

from planning.solvers.rides.arrays import State, Task
from planning.solvers.rides.running import state_of
from planning.solvers.rides.schedule import can_be_driven, room_enough
from planning.solvers.rides.suits import tours_of
from planning.vocabulary.identity import Id
from planning.vocabulary.ride import At, RidePlan, RideProblem


def vehicles_of(plan: RidePlan) -> dict[Id, Id]:
    """Say which vehicle each planned trip has."""
    return {stop.trip: tour.vehicle for tour in plan.tours for stop in tour.stops if stop.at is At.FETCH}


def kept(problem: RideProblem, task: Task, plan: RidePlan) -> State:
    """Give the earlier plan without what no longer works: trips that are gone, vehicles that are lost, times that clash.

    A tour that cannot be driven any more loses the trips that are not told, last first, until it can.
    """
    rows = {trip.id: r for r, trip in enumerate(problem.trips)}
    places = {(problem.vehicles[v].id, s): x for x, (v, s) in enumerate(tours_of(problem))}
    tours: list[list[int]] = [[] for _ in range(task.tours)]
    for tour in plan.tours:
        x = places.get((tour.vehicle, tour.shift))
        if x is None:
            continue
        for stop in tour.stops:
            r = rows.get(stop.trip, -1)
            if r >= 0 and task.allowed[r, x] and stop.at in {At.FETCH, At.SET_DOWN}:
                tours[x].append(r if stop.at is At.FETCH else r + task.trips)
        tours[x] = _shortened(task, tours[x], x)
    return state_of(task, _without_halves(task, tours))


def _shortened(task: Task, nodes: list[int], tour: int) -> list[int]:
    """Leave trips out until a tour can be driven: first what is not told, last fetched first."""
    n = task.trips
    while nodes:
        whole = [2 * n + tour, *nodes, 2 * n + task.tours + tour]
        if can_be_driven(task, whole) and room_enough(task, whole):
            break
        loose = [here for here in nodes if here < n and not task.frozen[here]] or [here for here in nodes if here < n]
        nodes = [here for here in nodes if here not in {loose[-1], loose[-1] + n}]
    return nodes


def _without_halves(task: Task, tours: list[list[int]]) -> list[list[int]]:
    """Leave out each trip whose other way is gone, unless it is told."""
    served = {here for nodes in tours for here in nodes if here < task.trips}
    halves = {r for r in served if task.partner[r] >= 0 and int(task.partner[r]) not in served and not task.frozen[r]}
    return [[here for here in nodes if here % task.trips not in halves] for nodes in tours]


def before_of(plan: RidePlan | None) -> Mapping[Id, Id]:
    """Give the vehicles of the plan before, where there was one."""
    return {} if plan is None else vehicles_of(plan)
