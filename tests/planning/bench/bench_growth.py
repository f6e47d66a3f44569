"""How the cost of rides grows with the day, from 25 to 800 trips; by region above what one search can hold."""

from dataclasses import dataclass
from pathlib import Path

from planning.solvers.rides.regions import LARGEST
from planning.stopping import Budget
from tests.planning.bench.bench_rides import TEN, timed
from tests.planning.bench.runner import Figure
from tests.planning.bench.spread import Spread, ready
from tests.planning.rides.days import random_day


def measure(_instances: Path | None, *, quick: bool, spread: Spread) -> list[Figure]:
    """From 25 to 800 trips: how long until a plan is within one percent of the best that was found, and gaps."""
    ready()
    sizes, budgets = ((25, 50, 100), (1.0, 2.0)) if quick else ((25, 50, 100, 200, 400, 800), (1.0, 2, 5, 10, 20, 60))
    runs = [(trips, seconds) for trips in reversed(sizes) for seconds in (0.0, *budgets)]
    found = dict(zip(runs, spread.each(_grown, runs, "growth"), strict=True))
    figures = []
    for trips in sizes:
        costs = {seconds: found[trips, seconds].cost for seconds in budgets}
        gaps = {seconds: 100 * (cost / min(costs.values()) - 1) for seconds, cost in costs.items()}
        left = [found[trips, seconds].left_out for seconds in budgets]
        near = min((seconds for seconds, gap in gaps.items() if gap <= 1), default=max(budgets))
        detail = {
            "gaps": gaps,
            "costs": costs,
            "left out": left,
            "steps": [found[trips, seconds].steps for seconds in budgets],
            "first plan, s": found[trips, 0.0].spent,
            "within 1 %, s": near,
            "by region": trips > LARGEST,
        }
        at = budgets[-1] if quick else TEN
        figures.append(Figure(f"{trips} trips: at {at:g} s, above the best found", gaps[at], "%", detail=detail))
    return figures


def _grown(run: tuple[int, float]) -> "Grown":
    """One plan of a made-up day; the first one where it has no seconds."""
    trips, seconds = run
    budget = Budget(seconds=seconds) if seconds else Budget(iterations=1)
    plan, spent = timed(random_day(trips, trips // 2, max(4, trips // 3)), budget, seed=1, reasons=False)
    return Grown(plan.cost, len(plan.unplanned), plan.run.iterations, spent)


@dataclass(frozen=True, slots=True)
class Grown:
    """What is kept of a plan when it is measured how cost grows."""

    cost: float
    left_out: int
    steps: int
    spent: float
