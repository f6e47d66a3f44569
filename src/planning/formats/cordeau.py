"""The dial-a-ride files of Cordeau & Laporte 2003, Cordeau 2006 and Ropke, Cordeau & Laporte 2007.

First line: vehicles, nodes, longest tour, places, longest ride. Then a line for each node: number, x, y, service,
load, earliest, latest; node 0 is the depot, 1 … n where one is fetched, n+1 … 2n where one is set down; 2n+1 is the
depot once more, where tours end, whether or not the file repeats it. Distances and times are unrounded Euclidean, in the file's own unit.
"""

from itertools import pairwise
from math import hypot
from typing import Any

import numpy as np

from planning.distances import Matrix
from planning.vocabulary.identity import Id
from planning.vocabulary.ride import At, RidePlan, RideProblem, Shift, Span, Tour, Trip, Vehicle

HEAD = ("vehicles", "nodes", "longest tour", "places", "longest ride")
ROW = ("number", "x", "y", "service", "load", "earliest", "latest")


class BrokenFileError(ValueError):
    """The file does not say what it should. `line` counts from 1; `field` is what is wrong there."""

    def __init__(self, line: int, field: str, what: str) -> None:
        super().__init__(f"Line {line}, {field}: {what}")
        self.line, self.field = line, field


def read_cordeau(text: str) -> RideProblem:
    """Read a file. Raises BrokenFileError with the line and the field that are wrong."""
    lines = [(at, line.split()) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise BrokenFileError(1, "vehicles", "the file is empty.")
    cars, _, longest, places, ride = _numbers(lines[0], HEAD)
    rows = [_numbers(line, ROW) for line in lines[1:]]
    trips = (len(rows) - 1) // 2
    if trips < 1 or len(rows) not in {2 * trips + 1, 2 * trips + 2}:
        raise BrokenFileError(lines[-1][0], "nodes", "there is a depot, and two nodes for each trip.")
    for (at, _), row, number in zip(lines[1:], rows, range(len(rows)), strict=False):
        if row[0] != number:
            raise BrokenFileError(at, "number", f"node {number} stands here, not {row[0]:g}.")
        if row[5] > row[6]:
            raise BrokenFileError(at, "latest", f"it is before the earliest, {row[5]:g}.")
    if cars < 1 or places < 1 or ride <= 0 or longest <= 0:
        raise BrokenFileError(lines[0][0], "vehicles", "each number is above 0.")
    if len(rows) == 2 * trips + 1:
        rows.append(rows[0])
    nodes = tuple(range(len(rows)))
    table = np.array([[hypot(a[1] - b[1], a[2] - b[2]) for b in rows] for a in rows])
    shift = Shift(Span(rows[0][5], rows[0][6]), longest)
    return RideProblem(
        tuple(_trip(rows, number, number + trips, ride) for number in range(1, trips + 1)),
        tuple(Vehicle(v, 0, nodes[-1], (shift,), ((int(places),),)) for v in range(int(cars))),
        Matrix(nodes, table, table),
    )


def _numbers(line: tuple[int, list[str]], fields: tuple[str, ...]) -> list[float]:
    """Give the numbers of a line. Raises BrokenFileError for one that is missing or is no number."""
    at, words = line
    found = []
    for x, field in enumerate(fields):
        if x >= len(words):
            raise BrokenFileError(at, field, "the line ends before it.")
        try:
            found.append(float(words[x]))
        except ValueError:
            raise BrokenFileError(at, field, f"{words[x]!r} is not a number.") from None
    return found


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
