"""Rides: gaps to the best known, against OR-Tools, first plans, explanations, replanning, and how cost grows."""

import csv
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import thread_time
from typing import Any

from planning.formats.cordeau import read_cordeau
from planning.problems.rides import plan_rides
from planning.stopping import Budget
from planning.vocabulary.ride import RidePlan, RideProblem
from tests.planning.bench.rival import guided_local_search
from tests.planning.bench.runner import Figure, average
from tests.planning.rides.days import random_day

SETS = {"a": "cordeau_2006_a", "b": "ropke_2007_b", "R": "cordeau_laporte_2003_R"}
GOALS = (("a", 2.0, 0.4), ("b", 2.0, 0.4), ("a", 10.0, 0.2), ("b", 10.0, 0.2), ("R", 10.0, 2.0))
SEEDS = (1, 2, 3)


def measure(instances: Path | None, *, quick: bool) -> list[Figure]:
    """Measure rides; published instances where a folder has them."""
    plan_rides(random_day(1, people=8), Budget(iterations=200), seed=1)  # loads what is compiled
    figures = [] if instances is None else _published(instances, quick=quick)
    return [*figures, *_first_plan(), *_explained(), *_lost_driver(), *_growth(quick=quick)]


def _published(instances: Path, *, quick: bool) -> list[Figure]:
    """Gaps by set and time, and against the rival on what has 40 trips and more and on the R set."""
    figures, seeds = [], SEEDS[:1] if quick else SEEDS
    refused = 0
    for letter, seconds, goal in GOALS:
        gaps: dict[str, float] = {}
        for name, text, best in _instances(instances, letter)[:: 4 if quick else 1]:
            problem = read_cordeau(text)
            found = [_gap(problem, seconds, seed, best) for seed in seeds]
            refused += sum(gap is None for gap in found)
            gaps[name] = median(gap if gap is not None else 100.0 for gap in found)
        if gaps:
            value = average(list(gaps.values()))
            title = f"{letter}-set, mean gap to the best known, {seconds:g} s"
            figures.append(Figure(title, value, "%", f"at most {goal} %", value <= goal, gaps))
    figures.append(
        Figure("plans of all trips that the judge refused or left some out", refused, "plans", "none", not refused)
    )
    return [*figures, *_against(instances, quick=quick)]


def _gap(problem: RideProblem, seconds: float, seed: int, best: float) -> float | None:
    plan = plan_rides(problem, Budget(seconds=seconds), seed=seed, reasons=False)  # the judge is inside
    return None if plan.unplanned else 100 * (plan.cost / best - 1)


def _against(instances: Path, *, quick: bool) -> list[Figure]:
    """Compare with OR-Tools' guided local search in the same ten seconds."""
    ours, theirs, detail = [], [], {}
    chosen = [one for letter in SETS for one in _instances(instances, letter)]
    chosen = [one for one in chosen if one[0].startswith("R") or int(one[0].split("-")[1]) >= 40]
    for name, text, best in chosen[:: 4 if quick else 1]:
        problem = read_cordeau(text)
        own = _gap(problem, 10.0, 1, best)
        cost = guided_local_search(problem, 10.0)
        # What finds no plan of all trips counts as far off as the worst of the others.
        detail[name] = {"own": own, "rival": None if cost is None else 100 * (cost / best - 1)}
        ours.append(100.0 if own is None else own)
        theirs.append(40.0 if cost is None else 100 * (cost / best - 1))
    ratio = average(theirs) / max(1e-9, average(ours))
    return [
        Figure("gap of OR-Tools GLS in the same 10 s, over ours", ratio, "times", "at least 10", ratio >= 10, detail)
    ]


def _instances(folder: Path, letter: str) -> list[tuple[str, str, float]]:
    """List the instances of a set that lie there: name, text, best known cost."""
    place = folder / SETS[letter]
    if not (place / "best_known.csv").is_file():
        return []
    with (place / "best_known.csv").open(encoding="utf-8") as file:
        best = {row["instance"]: float(row["best_known"]) for row in csv.DictReader(file)}
    paths = [(name, place / f"{name}.txt") for name in best]
    return [(name, path.read_text(encoding="utf-8"), best[name]) for name, path in paths if path.is_file()]


def _timed(*given: Any, **more: Any) -> tuple[RidePlan, float]:
    begun = thread_time()
    plan = plan_rides(*given, **more)
    return plan, thread_time() - begun


def _first_plan() -> list[Figure]:
    """One step makes a full plan; all that surrounds it is counted."""
    times = [_timed(random_day(seed, 25, 12), Budget(iterations=1), seed=seed, reasons=False)[1] for seed in SEEDS]
    value = 1000 * median(times)
    return [Figure("first full plan of 50 trips, the judge included", value, "ms", "at most 20", value <= 20)]


def _explained() -> list[Figure]:
    """What explaining adds for about 20 trips left out."""
    rows = []
    for seed in SEEDS:
        problem = random_day(seed, 30, 4)
        plan, with_reasons = _timed(problem, Budget(iterations=300), seed=seed)
        _, without = _timed(problem, Budget(iterations=300), seed=seed, reasons=False)
        rows.append(((with_reasons - without) * 20 / max(1, len(plan.unplanned)), len(plan.unplanned)))
    value = median(row[0] for row in rows)
    return [Figure("reasons and fixes of 20 trips left out", value, "s", "at most 0.1", value <= 0.1, {"rows": rows})]


def _lost_driver() -> list[Figure]:
    """A driver falls ill: a new plan with the changes listed."""
    rows = []
    for seed in SEEDS:
        problem = random_day(seed, 25, 12)
        plan, _ = _timed(problem, Budget(iterations=3000), seed=seed, reasons=False)
        lost = max(plan.tours, key=lambda tour: len(tour.stops)).vehicle
        smaller = replace(problem, vehicles=tuple(one for one in problem.vehicles if one.id != lost))
        again, seconds = _timed(smaller, Budget(iterations=3000), seed=seed, previous=plan)
        rows.append((seconds, len(again.changes), len(again.unplanned)))
    value = median(row[0] for row in rows)
    return [
        Figure("one driver lost of 12, 50 trips: new plan", value, "s", "at most 0.5", value <= 0.5, {"rows": rows})
    ]


def _growth(*, quick: bool) -> list[Figure]:
    """Cost after 2 s against cost after 10 s, from 25 to 800 trips."""
    figures = []
    for trips in (25, 50, 100) if quick else (25, 50, 100, 200, 400, 800):
        problem = random_day(trips, trips // 2, max(3, trips // 5))
        short, took = _timed(problem, Budget(seconds=2.0), seed=1, reasons=False)
        long, _ = _timed(problem, Budget(seconds=10.0), seed=1, reasons=False)
        detail = {
            "steps": short.run.iterations, "left_out": [len(short.unplanned), len(long.unplanned)],
            "cost": [short.cost, long.cost], "all_seconds": took,
        }  # fmt: skip
        value = 100 * (short.cost / long.cost - 1)
        figures.append(Figure(f"{trips} trips: cost at 2 s above that at 10 s", value, "%", detail=detail))
    return figures
