"""How long a week of requests takes, from words to a judged plan."""

from pathlib import Path
from statistics import median
from time import process_time

from planning.problems.assigning import assign
from planning.stopping import Budget
from tests.planning.bench.runner import Figure
from tests.planning.bench.spread import Spread
from tests.planning.bench.weeks import week

SEEDS = (1, 2, 3)
NODES = Budget(iterations=10_000, seconds=60)


def measure(instances: Path | None, *, quick: bool, spread: Spread) -> list[Figure]:  # weeks are invented
    """Measure one request, a village's week, a city's, and rich weeks that HiGHS must solve."""
    assign(week(20, 20), NODES, seed=1)
    figures = [_figure("one request among 2,000 volunteers", 2_000, 1, goal=0.1, rich=False)]
    sizes = ((60, 120), (250, 600)) if quick else ((60, 120), (250, 600), (500, 1_250), (1_000, 2_500), (2_000, 5_000))
    figures += [
        _figure(f"a week, {people} volunteers, {asked} requests", people, asked, goal=3.0 if asked == 5_000 else None)
        for people, asked in sizes
    ]
    rich = ((60, 120),) if quick else ((60, 120), (250, 600))
    return figures + [
        _figure(f"a rich week, {people} volunteers, {asked} requests", people, asked, rich=True)
        for people, asked in rich
    ]


def _figure(name: str, people: int, asked: int, *, goal: float | None = None, rich: bool = False) -> Figure:
    took, plans = [], []
    for seed in SEEDS:
        problem = week(people, asked, seed=seed, rich=rich, rural=people < 100)
        began = process_time()
        plans.append(assign(problem, NODES, seed=seed))
        took.append(process_time() - began)
    value = median(took)
    detail = {
        "seconds": [round(one, 3) for one in took],
        "proven": [plan.proven for plan in plans],
        "open": [len(plan.open) for plan in plans],
    }
    proven = all(plan.proven for plan in plans)
    told = "" if goal is None else f"at most {goal} s, proven"
    return Figure(name, value, "s", told, None if goal is None else value <= goal and proven, detail)
