"""The dial-a-ride files of Cordeau & Laporte 2003, Cordeau 2006 and Ropke, Cordeau & Laporte 2007.

First line: vehicles, nodes, longest tour, places, longest ride. Then a line for each node: number, x, y, service,
load, earliest, latest; node 0 is the depot, 1 … n where one is fetched, n+1 … 2n where one is set down; 2n+1 is the
depot once more, where tours end, whether or not the file repeats it. Distances and times are unrounded Euclidean, in
the file's own unit.
"""

from itertools import pairwise
from math import hypot
from typing import Any

import numpy as np

from planning.distances import Matrix
from planning.formats.trouble import FileError, number
from planning.vocabulary.identity import Id
from planning.vocabulary.ride import At, RidePlan, RideProblem, Shift, Span, Tour, Trip, Vehicle

HEAD = ("vehicles", "nodes", "longest tour", "places", "longest ride")
ROW = ("number", "x", "y", "service", "load", "earliest", "latest")


def read_cordeau(text: str) -> RideProblem:
    """Read a file. Raises FileError with the line and the field that are wrong."""
    lines = [(at, line.split()) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise FileError("The file is empty.", line=1, field=HEAD[0])
    cars, _, longest, places, ride = _numbers(lines[0], HEAD)
    rows = [_numbers(line, ROW) for line in lines[1:]]
    trips = (len(rows) - 1) // 2
    if trips < 1 or len(rows) not in {2 * trips + 1, 2 * trips + 2}:
        raise FileError("There is a depot, and two nodes for each trip.", line=lines[-1][0], field="nodes")
    for node, ((at, _), row) in enumerate(zip(lines[1:], rows, strict=True)):
        _check(at, row, node, is_pickup=1 <= node <= trips)
    if cars < 1 or places < 1 or ride <= 0 or longest <= 0:
        raise FileError("Each number is above 0.", line=lines[0][0], field="vehicles")
    if len(rows) == 2 * trips + 1:
        rows.append(rows[0])
    nodes = tuple(range(len(rows)))
    table = np.array([[hypot(a[1] - b[1], a[2] - b[2]) for b in rows] for a in rows])
    shift = Shift(Span(rows[0][5], rows[0][6]), longest)
    return RideProblem(
        tuple(_trip(rows, node, node + trips, ride) for node in range(1, trips + 1)),
        tuple(Vehicle(v, 0, nodes[-1], (shift,), ((int(places),),)) for v in range(int(cars))),
        Matrix(nodes, table, table),
    )


def _numbers(line: tuple[int, list[str]], fields: tuple[str, ...]) -> list[float]:
    """Give the numbers of a line. Raises FileError for one that is missing or is no number."""
    at, words = line
    if len(words) < len(fields):
        raise FileError("The line ends before it.", line=at, field=fields[len(words)])
    return [number(word, at, field) for word, field in zip(words, fields, strict=False)]


def _check(line: int, row: list[float], node: int, *, is_pickup: bool) -> None:
    """Raise FileError for a node that is another than stands to reason here, or says what cannot be."""
    if row[0] != node:
        raise FileError(f"Node {node} stands here, not {row[0]:g}.", line=line, field="number")
    if row[3] < 0:
        raise FileError(f"Service takes 0 or more, not {row[3]:g}.", line=line, field="service")
    if is_pickup and (row[4] < 0 or row[4] % 1):
        raise FileError(f"A trip takes 0 or more whole places, not {row[4]:g}.", line=line, field="load")
    if row[5] > row[6]:
        raise FileError(f"It is before the earliest, {row[5]:g}.", line=line, field="latest")


def _trip(rows: list[list[float]], fetch: int, drop: int, ride: float) -> Trip:
    up, down = rows[fetch], rows[drop]
    return Trip(
        fetch, fetch, fetch, drop, Span(up[5], up[6]), Span(down[5], down[6]), ride,
        load=(int(up[4]),), service=(up[3], down[3]),
    )  # fmt: skip


def as_result(problem: RideProblem, plan: RidePlan, reasons: tuple[str, ...] = ()) -> dict[str, Any]:
    """Write a plan as the benchmark result: node numbers as in the file, and when service starts at each.

    `reasons` are what the judge found wrong. The cost is what the literature counts: distance driven.
    """
    numbers: dict[Id, int] = {vehicle.id: v for v, vehicle in enumerate(problem.vehicles)}
    return {
        "cost": round(sum(_driven(problem, tour) for tour in plan.tours), 6),
        "judge": {"ok": not reasons, "reasons": list(reasons)},
        "routes": [_route(numbers, tour) for tour in plan.tours],
        "seed": plan.run.seed,
        "iterations": plan.run.iterations,
        "seconds": round(plan.run.seconds, 3),
    }


def _route(numbers: dict[Id, int], tour: Tour) -> dict[str, Any]:
    stops = [stop for stop in tour.stops if stop.at is not At.BREAK]
    return {
        "vehicle": numbers[tour.vehicle],
        "nodes": [stop.place for stop in stops],
        "start": [round(stop.start, 6) for stop in stops],
    }


def _driven(problem: RideProblem, tour: Tour) -> float:
    rows = [problem.matrix.row(stop.place) for stop in tour.stops]
    return sum(float(problem.matrix.metres[a, b]) for a, b in pairwise(rows))
