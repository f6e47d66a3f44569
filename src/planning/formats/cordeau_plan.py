"""Reads a plan for one of the dial-a-ride files back, so that it can be judged."""

from typing import Any

from planning.formats.routes import nobodys_run, read_cost, read_routes
from planning.formats.trouble import FileError
from planning.vocabulary.plan import Status, Unplanned
from planning.vocabulary.reason import Reason
from planning.vocabulary.ride import At, RidePlan, RideProblem, RideWhy, Stop, Tour


def read_ride_routes(problem: RideProblem, data: dict[str, Any]) -> RidePlan:
    """Read routes: nodes as in the file and when service starts. Raises FileError with the field."""
    tours = []
    for n, (vehicle, nodes, start) in enumerate(read_routes(data)):
        last = len(problem.matrix.places) - 1
        if strange := [node for node in nodes if not 0 <= node <= last]:
            raise FileError(f"The file has no node {strange[0]}.", field=f"routes[{n}].nodes")
        if not 0 <= vehicle < len(problem.vehicles):
            raise FileError(f"There is no vehicle {vehicle}.", field=f"routes[{n}].vehicle")
        tours.append(Tour(problem.vehicles[vehicle].id, 0, _stops(problem, nodes, start)))
    planned = {stop.trip for tour in tours for stop in tour.stops}
    out = tuple(Unplanned(one.id, (Reason(RideWhy.FULL),)) for one in problem.trips if one.id not in planned)
    return RidePlan(Status.FEASIBLE, tuple(tours), out, (), read_cost(data), nobodys_run())


def _stops(problem: RideProblem, nodes: tuple[int, ...], start: tuple[float, ...]) -> tuple[Stop, ...]:
    """Give each node what happens there: the first and the last are the depot, whichever way it is numbered."""
    trips, stops = len(problem.trips), []
    depot = problem.vehicles[0]
    for n, (node, at) in enumerate(zip(nodes, start, strict=True)):
        if n in (0, len(nodes) - 1):
            what, place, trip, service = (At.END, depot.end, None, 0.0) if n else (At.START, depot.start, None, 0.0)
            known = node in (depot.start, depot.end)
            place = place if known else node
        elif 1 <= node <= trips:
            what, place, trip, service = At.FETCH, node, problem.trips[node - 1].id, problem.trips[node - 1].service[0]
        else:
            other = problem.trips[node - trips - 1] if trips < node <= 2 * trips else None
            what, place = At.SET_DOWN, node
            trip, service = (other.id, other.service[1]) if other else (node, 0.0)
        stops.append(Stop(what, place, at, at, at + service, trip))
    return tuple(stops)
