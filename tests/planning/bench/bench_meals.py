"""Rounds with windows against PyVRP run bare: same files, same processor seconds, same seeds.

Run by the bench's runner, or alone: `python -m tests.planning.bench.bench_meals [FOLDER]`.
"""

import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import mean, median
from time import thread_time

import numpy as np
import pyvrp

from planning.distances import Matrix
from planning.formats.solomon import read_sections, read_table
from planning.problems.meals import plan_meals
from planning.problems.tours import plan_tours
from planning.stopping import Budget
from planning.vocabulary.meal import Door, Driver, Kitchen, MealProblem, Wave
from planning.vocabulary.tours import Node, ToursProblem

try:
    from tests.planning.bench.runner import Figure
except ImportError:  # the runner is another part's

    @dataclass(frozen=True)
    class Figure:  # type: ignore[no-redef]
        """One measured figure."""

        name: str
        value: float
        unit: str
        goal: str
        reached: bool | None
        detail: dict


SCALE = 1000
SEEDS = (1, 2, 3)


def measure(instances: Path | None, *, quick: bool) -> list[Figure]:
    """Give the mean cost against PyVRP bare, with as many vehicles as each file has, and a day of meals."""
    seconds, seeds = (1.0, SEEDS[:1]) if quick else (10.0, SEEDS)
    rows = {}
    for problem in _problems(instances):
        ours, bare = [], []
        for seed in seeds:
            plan = plan_tours(problem, Budget(seconds=seconds), seed=seed)
            ours.append(plan.cost if not plan.left_out else float("inf"))
            bare.append(_bare(problem, seconds, seed))
        rows[problem.name] = {"ours": median(ours), "bare": median(bare)}
    both = [row for row in rows.values() if row["bare"] < float("inf")]
    gaps = [100 * (row["ours"] / row["bare"] - 1) for row in both]
    short = sum(row["ours"] == float("inf") for row in rows.values())
    none = len(rows) - len(both)
    said = {name: {key: None if one == float("inf") else one for key, one in row.items()} for name, row in rows.items()}
    gap = mean(gaps) if gaps else 0.0
    return [
        Figure("rounds: cost over PyVRP bare", gap, "%", "≤ 0.1", gap <= 0.1,
               {"seconds": seconds, "seeds": len(seeds), "instances": said, "bare found none": none}),
        Figure("rounds: files where not all are served", short, "files", "0", short == 0, {"bare": none}),
        _a_day(quick=quick),
    ]  # fmt: skip


def _problems(instances: Path | None) -> list[ToursProblem]:
    """Read what is in the folder of the two sets, or make some."""
    if instances is None:
        return [_ring(seed) for seed in (1, 2)]
    found = []
    for path in sorted([*instances.glob("**/*.vrptw"), *instances.glob("**/*.txt")]):
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        if "NODE_COORD_SECTION" in text:
            found.append(read_sections(text))
        elif "CUST NO." in text:
            found.append(read_table(text))
    return found


def _ring(seed: int) -> ToursProblem:
    draw = Random(seed)  # an instance, not a secret
    nodes = [Node(0, 50, 50, 0, 0, 1000, 0)]
    for n in range(1, 101):
        ready = draw.randrange(0, 700)
        nodes.append(Node(n, draw.random() * 100, draw.random() * 100, draw.randrange(5, 30), ready, ready + 120, 10))
    return ToursProblem(f"made {seed}", tuple(nodes), 25, 200)


def _bare(problem: ToursProblem, seconds: float, seed: int) -> float:
    """Run PyVRP as its own reader would, distances to the thousandth; infinite where it finds no plan."""
    model = pyvrp.Model()
    spots = [model.add_location(one.x, one.y) for one in problem.nodes]
    home = problem.nodes[0]
    depot = model.add_depot(spots[0])
    model.add_vehicle_type(problem.vehicles, capacity=round(problem.capacity), start_depot=depot, end_depot=depot,
                           tw_early=round(home.ready * SCALE), tw_late=round(home.due * SCALE))  # fmt: skip
    for one, spot in zip(problem.nodes[1:], spots[1:], strict=True):
        model.add_client(spot, delivery=round(one.demand), service_duration=round(one.service * SCALE),
                         tw_early=round(one.ready * SCALE), tw_late=round(one.due * SCALE))  # fmt: skip
    for a, begin in zip(problem.nodes, spots, strict=True):
        for b, end in zip(problem.nodes, spots, strict=True):
            model.add_edge(begin, end, round(a.to(b) * SCALE), round(a.to(b) * SCALE))
    data, until = model.data(), thread_time() + seconds
    best = pyvrp.solve(data, lambda _: thread_time() >= until, seed=seed, collect_stats=False).best
    if not best.is_feasible():
        return float("inf")
    total = 0.0
    for route in best.routes():
        stops = [0, *(one.idx + 1 for one in route.schedule() if one.is_client()), 0]
        total += sum(problem.nodes[a].to(problem.nodes[b]) for a, b in pairwise(stops))
    return total


def _a_day(*, quick: bool) -> Figure:
    """Measure a day of 60 doors and 7 drivers in three villages, from the question to the judged plan."""
    draw, doors = Random(4), 60  # an instance, not a secret
    middles = [(draw.random() * 22_000, draw.random() * 16_000) for _ in range(3)]
    homes = [draw.randrange(3) for _ in range(doors)]
    spots = [(11_000.0, 8_000.0)]
    spots += [(middles[k][0] + draw.gauss(0, 1500), middles[k][1] + draw.gauss(0, 1500)) for k in homes]
    at = np.array(spots)
    metres = 1.3 * np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    problem = MealProblem(
        (Kitchen("kitchen", 0, 37_800, 45_000),),
        tuple(Door(n, n + 1, homes[n], 39_600, 46_800) for n in range(doors)),
        tuple(
            Driver(("car", n), frozenset({n % 3}), frozenset({"kitchen"}), 14, (Wave(36_000, 50_400),))
            for n in range(7)
        ),
        Matrix(tuple(range(len(spots))), metres / 12.5, metres),
    )
    began = thread_time()
    plan = plan_meals(problem, Budget(iterations=200 if quick else 600), seed=1)
    spent = thread_time() - began
    return Figure("meals: one day, 60 doors", spent, "s", "a week of 5 such days in ≤ 5 s with all else", spent <= 0.6,
                  {"left out": len(plan.unserved), "metres": plan.metres, "rounds": len(plan.rounds)})  # fmt: skip


if __name__ == "__main__":
    for figure in measure(Path(sys.argv[1]) if len(sys.argv) > 1 else None, quick="--quick" in sys.argv):
        sys.stdout.write(f"{figure}\n")
