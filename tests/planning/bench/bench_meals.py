"""Rounds with windows against PyVRP run bare: same files, same processor seconds, same seeds; and days of meals."""

from itertools import pairwise
from math import inf
from pathlib import Path
from random import Random
from statistics import median
from time import thread_time

import pyvrp

from planning.explain.meals import Explaining
from planning.formats.solomon import read_sections, read_table
from planning.problems.meals import plan_meals
from planning.problems.tours import plan_tours
from planning.solvers.meal_rounds import Fleet
from planning.stopping import Budget
from planning.vocabulary.meal import MealPlan, MealProblem
from planning.vocabulary.tours import Node, ToursProblem
from tests.planning.bench.municipality import meals_of_a_day
from tests.planning.bench.runner import Figure, average, of_seeds
from tests.planning.bench.spread import Spread

SCALE = 1000
SEEDS = (1, 2, 3)

type Run = tuple[ToursProblem, float, int]


def measure(instances: Path | None, *, quick: bool, spread: Spread) -> list[Figure]:
    """Give the mean cost against PyVRP bare, with as many vehicles as each file has, and days of meals."""
    seconds, seeds = (1.0, SEEDS[:1]) if quick else (10.0, SEEDS)
    problems = _problems(instances)
    runs = [(problem, seconds, seed) for problem in problems for seed in seeds]
    both = spread.each(_both, runs, "rounds")
    gaps: dict[str, float] = {}
    detail: dict[str, dict[str, object]] = {}
    short, none = 0, 0
    for problem in problems:
        found = [row for run, row in zip(runs, both, strict=True) if run[0].name == problem.name]
        ours, bare = ([row[n] for row in found] for n in (0, 1))
        short += median(ours) == inf
        none += median(bare) == inf
        if median(bare) < inf:
            gaps[problem.name] = 100 * (median(ours) / median(bare) - 1)
        detail[problem.name] = {"gap": gaps.get(problem.name), "ours": of_seeds(ours), "bare": of_seeds(bare)}
    gap = average(list(gaps.values()))
    said = {"seconds": seconds, "seeds": len(seeds), "bare found none": none, "instances": detail}
    return [
        Figure("rounds: cost over PyVRP bare", gap, "%", "at most 0.1 %", gap <= 0.1, said),
        Figure("rounds: files where not all are served", short, "files", "none", short == 0, {"bare": none}),
        _a_day(quick=quick),
        _explained(),
    ]


def _both(run: Run) -> tuple[float, float]:
    """Cost of ours and of PyVRP bare, one after the other in one process; infinite where not all are served."""
    problem, seconds, seed = run
    plan = plan_tours(problem, Budget(seconds=seconds), seed=seed)
    return inf if plan.left_out else plan.cost, _bare(problem, seconds, seed)


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
    problem = meals_of_a_day(4)
    began = thread_time()
    plan = plan_meals(problem, Budget(iterations=200 if quick else 600), seed=1)
    spent = thread_time() - began
    detail = {"left out": len(plan.unserved), "metres": plan.metres, "rounds": len(plan.rounds)}
    return Figure("meals: one day, 60 doors", spent, "s", "a week in 5 s with all else", spent <= 0.6, detail)


def _explained() -> Figure:
    """Measure what reasons and fixes of 20 doors without a meal take: days of 60 doors with too few drivers."""
    rows = []
    for seed in SEEDS:
        problem = meals_of_a_day(seed, drivers=4)
        plan = plan_meals(problem, Budget(iterations=200), seed=seed)
        missing, asked = _asked(problem, plan)
        began = thread_time()
        told = [asked.why(door) for door in missing]
        spent = thread_time() - began
        rows.append((20 * spent / max(1, len(told)), len(told)))
    value = median(row[0] for row in rows)
    return Figure("meals: reasons and fixes of 20 doors", value, "s", "at most 0.1", value <= 0.1, {"rows": rows})


def _asked(problem: MealProblem, plan: MealPlan) -> tuple[list[int], Explaining]:
    """Put a finished plan back as what is asked for reasons, and name who is left out."""
    fleet, places = Fleet(problem), {door.id: place for place, door in enumerate(problem.doors)}
    tours = {
        fleet.option_of(one.driver, one.wave, one.kitchen) or 0: [places[stop.door] for stop in one.stops]
        for one in plan.rounds
    }
    return [places[one.id] for one in plan.unserved], Explaining(problem, fleet, tours, None, plan.run)
