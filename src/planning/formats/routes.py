"""Plans of the public benchmark sets as JSON: cost, judge, and the nodes of each route with when service starts."""

from typing import Any

from planning.formats.trouble import FileError
from planning.judge.suggestions import Breach
from planning.vocabulary.plan import Run, Status
from planning.vocabulary.tours import Tour, ToursPlan, ToursProblem


def tours_result(plan: ToursPlan, wrong: tuple[Breach, ...]) -> dict[str, Any]:
    """Write a plan: node numbers as in the file, depot at both ends; cost is unrounded Euclidean distance."""
    return {
        "cost": plan.cost,
        "judge": verdict(wrong),
        "routes": [{"vehicle": one.vehicle, "nodes": list(one.nodes), "start": list(one.start)} for one in plan.tours],
        "seed": plan.run.seed,
        "iterations": plan.run.iterations,
        "seconds": round(plan.run.seconds, 3),
    }


def verdict(wrong: tuple[Breach, ...]) -> dict[str, Any]:
    """Write what the judge says."""
    return {"ok": not wrong, "reasons": [one.what if one.who is None else f"{one.who}: {one.what}" for one in wrong]}


def read_routes(data: dict[str, Any]) -> list[tuple[int, tuple[int, ...], tuple[float, ...]]]:
    """Read the routes of a plan: vehicle, nodes, and times. Raises FileError with the field."""
    routes = data.get("routes")
    if not isinstance(routes, list):
        raise FileError("A plan has a list of routes.", field="routes")
    found = []
    for n, one in enumerate(routes):
        where = f"routes[{n}]"
        if not isinstance(one, dict):
            raise FileError("A route has vehicle, nodes and start.", field=where)
        nodes, start, vehicle = one.get("nodes"), one.get("start"), one.get("vehicle", n)
        if not isinstance(nodes, list) or not all(isinstance(node, int) for node in nodes):
            raise FileError("Nodes are a list of whole numbers.", field=f"{where}.nodes")
        if not isinstance(start, list) or not all(isinstance(at, int | float) for at in start):
            raise FileError("Times are a list of numbers, one for each node.", field=f"{where}.start")
        if not isinstance(vehicle, int):
            raise FileError("A vehicle is a whole number.", field=f"{where}.vehicle")
        if len(start) != len(nodes):
            raise FileError(f"{len(nodes)} nodes have as many times, not {len(start)}.", field=f"{where}.start")
        found.append((vehicle, tuple(nodes), tuple(float(at) for at in start)))
    return found


def read_cost(data: dict[str, Any]) -> float:
    """Read what a plan says that it costs. Raises FileError where it does not."""
    cost = data.get("cost")
    if not isinstance(cost, int | float) or isinstance(cost, bool):
        raise FileError("A plan says what it costs.", field="cost")
    return float(cost)


def read_tours(problem: ToursProblem, data: dict[str, Any]) -> ToursPlan:
    """Read a plan for a problem with windows; who is on no route is left out."""
    tours = tuple(Tour(*one) for one in read_routes(data))
    visited = {number for one in tours for number in one.nodes}
    left_out = tuple(one.number for one in problem.nodes[1:] if one.number not in visited)
    return ToursPlan(Status.FEASIBLE, tours, read_cost(data), left_out, nobodys_run())


def nobodys_run() -> Run:
    """Say of a plan that was read that it was not found here."""
    return Run("read from a file", 0, 0, 0.0, "")
