"""Rides: gaps to the best known, against OR-Tools, first plans, explanations and replanning."""

import csv
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import thread_time
from typing import Any

from planning.formats.cordeau import read_cordeau
from planning.problems.rides import plan_rides
from planning.stopping import Budget
from planning.vocabulary.ride import RidePlan
from tests.planning.bench.rival import guided_local_search
from tests.planning.bench.runner import Figure, average, of_seeds
from tests.planning.bench.spread import Spread, ready
from tests.planning.rides.days import random_day

SETS = {"a": "cordeau_2006_a", "b": "ropke_2007_b", "R": "cordeau_laporte_2003_R"}
GOALS = (("a", 2.0, 0.4), ("b", 2.0, 0.4), ("a", 10.0, 0.2), ("b", 10.0, 0.2), ("R", 10.0, 2.0))
SEEDS = (1, 2, 3)
TEN = 10.0
NOTHING_FOUND = 40.0
"""What a rival that finds no plan of all trips counts as, in percent: as far off as the worst of the others."""

type Instance = tuple[str, str, float]
"""Name, text, best known cost."""


def measure(instances: Path | None, *, quick: bool, spread: Spread) -> list[Figure]:
    """Measure rides; published instances where a folder has them."""
    ready()
    figures = [] if instances is None else _published(instances, quick=quick, spread=spread)
    return [*figures, *_first_plan(), *_explained(), *_lost_driver()]


def _published(instances: Path, *, quick: bool, spread: Spread) -> list[Figure]:
    """Gaps by set and time, and against the rival on what has 40 trips and more and on the R set."""
    seeds, step = (SEEDS[:1], 4) if quick else (SEEDS, 1)
    known = {letter: _instances(instances, letter)[::step] for letter in SETS}
    runs = [(letter, seconds, one, seed) for letter, seconds, _ in GOALS for one in known[letter] for seed in seeds]
    gaps: dict[tuple[str, float, str], list[float | None]] = {}
    for (letter, seconds, one, _), gap in zip(runs, spread.each(_gap, runs, "rides"), strict=True):
        gaps.setdefault((letter, seconds, one[0]), []).append(gap)
    refused = sum(gap is None for each in gaps.values() for gap in each)
    figures = []
    for letter, seconds, goal in GOALS:
        detail = {key[2]: _of(each) for key, each in gaps.items() if key[:2] == (letter, seconds)}
        if detail:
            value = average([one["median"] for one in detail.values()])
            title = f"{letter}-set, mean gap to the best known, {seconds:g} s"
            figures.append(Figure(title, value, "%", f"at most {goal} %", value <= goal, detail))
    told = "plans of all trips that the judge refused or left some out"
    figures.append(Figure(told, refused, "plans", "none", not refused, {"of": len(runs)}))
    own = {name: _of(each)["median"] for (_, seconds, name), each in gaps.items() if seconds == TEN}
    return [*figures, *_against(known, own, spread)]


def _of(gaps: list[float | None]) -> dict[str, Any]:
    """What is kept of one instance; a plan that was refused counts as twice what is best known."""
    return of_seeds([100.0 if gap is None else gap for gap in gaps])


def _gap(run: tuple[str, float, Instance, int]) -> float | None:
    """Gap to the best known in percent; the judge is inside."""
    _, seconds, (_, text, best), seed = run
    plan = plan_rides(read_cordeau(text), Budget(seconds=seconds), seed=seed, reasons=False)
    return None if plan.unplanned else 100 * (plan.cost / best - 1)


def _against(known: dict[str, list[Instance]], own: dict[str, float], spread: Spread) -> list[Figure]:
    """Compare with OR-Tools' guided local search in the same ten seconds; ours is the median of the seeds."""
    chosen = [one for each in known.values() for one in each]
    chosen = [one for one in chosen if one[0].startswith("R") or int(one[0].split("-")[1]) >= 40]
    if not chosen:
        return []
    theirs, detail = [], {}
    for (name, _, best), (cost, spent) in zip(chosen, spread.each(_rival, chosen, "OR-Tools"), strict=True):
        gap = None if cost is None else 100 * (cost / best - 1)
        detail[name] = {"own": own[name], "rival": gap, "rival's processor seconds": round(spent, 1)}
        theirs.append(NOTHING_FOUND if gap is None else gap)
    ratio = average(theirs) / max(1e-9, average([own[name] for name in detail]))
    return [
        Figure("gap of OR-Tools GLS in the same 10 s, over ours", ratio, "times", "at least 10", ratio >= 10, detail)
    ]


def _rival(one: Instance) -> tuple[float | None, float]:
    """The cost the rival comes to, and the processor seconds it really had: its clock is the one on the wall."""
    began = thread_time()
    return guided_local_search(read_cordeau(one[1]), TEN), thread_time() - began


def _instances(folder: Path, letter: str) -> list[Instance]:
    """List the instances of a set that lie there: name, text, best known cost."""
    place = folder / SETS[letter]
    if not (place / "best_known.csv").is_file():
        return []
    with (place / "best_known.csv").open(encoding="utf-8") as file:
        best = {row["instance"]: float(row["best_known"]) for row in csv.DictReader(file)}
    paths = [(name, place / f"{name}.txt") for name in best]
    return [(name, path.read_text(encoding="utf-8"), best[name]) for name, path in paths if path.is_file()]


def timed(*given: Any, **more: Any) -> tuple[RidePlan, float]:
    begun = thread_time()
    plan = plan_rides(*given, **more)
    return plan, thread_time() - begun


def _first_plan() -> list[Figure]:
    """One step makes a full plan; all that surrounds it is counted."""
    times = [timed(random_day(seed, 25, 12), Budget(iterations=1), seed=seed, reasons=False)[1] for seed in SEEDS]
    value = 1000 * median(times)
    return [Figure("first full plan of 50 trips, the judge included", value, "ms", "at most 20", value <= 20)]


def _explained() -> list[Figure]:
    """What explaining adds for about 20 trips left out."""
    rows = []
    for seed in SEEDS:
        problem = random_day(seed, 30, 4)
        plan, with_reasons = timed(problem, Budget(iterations=300), seed=seed)
        _, without = timed(problem, Budget(iterations=300), seed=seed, reasons=False)
        rows.append(((with_reasons - without) * 20 / max(1, len(plan.unplanned)), len(plan.unplanned)))
    value = median(row[0] for row in rows)
    return [Figure("reasons and fixes of 20 trips left out", value, "s", "at most 0.1", value <= 0.1, {"rows": rows})]


def _lost_driver() -> list[Figure]:
    """A driver falls ill: a new plan with the changes listed."""
    rows = []
    for seed in SEEDS:
        problem = random_day(seed, 25, 12)
        plan, _ = timed(problem, Budget(iterations=3000), seed=seed, reasons=False)
        lost = max(plan.tours, key=lambda tour: len(tour.stops)).vehicle
        smaller = replace(problem, vehicles=tuple(one for one in problem.vehicles if one.id != lost))
        again, seconds = timed(smaller, Budget(iterations=3000), seed=seed, previous=plan)
        rows.append((seconds, len(again.changes), len(again.unplanned)))
    value = median(row[0] for row in rows)
    return [
        Figure("one driver lost of 12, 50 trips: new plan", value, "s", "at most 0.5", value <= 0.5, {"rows": rows})
    ]
