"""OR-Tools' routing with guided local search, as the rival on the published instances."""

from math import ceil
from typing import Any

from planning.vocabulary.ride import RideProblem

SCALE = 100


def guided_local_search(problem: RideProblem, seconds: float) -> float | None:
    """Give the cost of the plan it finds in so many seconds; None when it does not serve all.

    Trips are optional at a high price, since with all of them required it often finds nothing at all.
    """
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    trips, cars = problem.trips, len(problem.vehicles)
    n = len(trips)
    places = [0, *(trip.pickup for trip in trips), *(trip.drop for trip in trips)]
    way = [[float(problem.matrix.metres[problem.matrix.row(a), problem.matrix.row(b)]) for b in places] for a in places]
    stay = [0.0, *(trip.service[0] for trip in trips), *(trip.service[1] for trip in trips)]
    manager = pywrapcp.RoutingIndexManager(2 * n + 1, cars, 0)
    model = pywrapcp.RoutingModel(manager)
    whole = [[ceil(x * SCALE - 1e-9) for x in row] for row in way]
    model.SetArcCostEvaluatorOfAllVehicles(model.RegisterTransitMatrix(whole))
    timed = [[whole[a][b] + round(stay[a] * SCALE) for b in range(2 * n + 1)] for a in range(2 * n + 1)]
    model.AddDimension(model.RegisterTransitMatrix(timed), 10**7, 10**7, False, "time")
    load = [0, *(trip.taken[0] for trip in trips), *(-trip.taken[0] for trip in trips)]
    rooms = [vehicle.seat_plans[0][0] for vehicle in problem.vehicles]
    model.AddDimensionWithVehicleCapacity(model.RegisterUnaryTransitVector(load), 0, rooms, True, "load")
    _constrain(problem, model, manager, stay)
    asked = pywrapcp.DefaultRoutingSearchParameters()
    asked.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    asked.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    asked.time_limit.FromMilliseconds(int(seconds * 1000))
    found = model.SolveWithParameters(asked)
    return None if found is None else _cost(model, manager, found, way, n, cars)


def _constrain(problem: RideProblem, model: Any, manager: Any, stay: list[float]) -> None:
    """Windows, rides, tours and pairs."""
    time, n = model.GetDimensionOrDie("time"), len(problem.trips)
    for v, vehicle in enumerate(problem.vehicles):
        shift = vehicle.shifts[0]
        time.SetSpanUpperBoundForVehicle(int(shift.longest * SCALE), v)
        for end in (model.Start(v), model.End(v)):
            time.CumulVar(end).SetRange(int(shift.hours.start * SCALE), int(shift.hours.end * SCALE))
    for r, trip in enumerate(problem.trips, 1):
        fetch, drop = manager.NodeToIndex(r), manager.NodeToIndex(r + n)
        for at, window in ((fetch, trip.pickup_window), (drop, trip.drop_window)):
            time.CumulVar(at).SetRange(ceil(window.start * SCALE), int(window.end * SCALE))
        model.AddPickupAndDelivery(fetch, drop)
        solver, longest = model.solver(), int((trip.longest_ride + stay[r]) * SCALE)
        solver.Add(model.VehicleVar(fetch) == model.VehicleVar(drop))
        solver.Add(time.CumulVar(fetch) <= time.CumulVar(drop))
        solver.Add(time.CumulVar(drop) - time.CumulVar(fetch) <= longest)
        time.SetPickupToDeliveryLimitFunctionForPair(lambda *_, longest=longest: longest, r - 1)
        for at in (fetch, drop):
            model.AddDisjunction([at], 10**6)


def _cost(model: Any, manager: Any, found: Any, way: list[list[float]], n: int, cars: int) -> float | None:
    """Give the distance driven, or None when someone is left out."""
    cost, seen = 0.0, set[int]()
    for v in range(cars):
        at = model.Start(v)
        while not model.IsEnd(at):
            after = found.Value(model.NextVar(at))
            here, then = manager.IndexToNode(at), manager.IndexToNode(after)
            cost += way[here][then]
            seen.add(here)
            at = after
    return cost if len(seen - {0}) == 2 * n else None
