"""How long a municipality's week takes, and those of a country of 357: seconds as they add up, and memory."""

from pathlib import Path
from statistics import median

from tests.planning.bench.municipality import a_week
from tests.planning.bench.runner import Figure
from tests.planning.bench.spread import Spread

COUNTRY = 357
SEEDS = (1, 2, 3)


def measure(instances: Path | None, *, quick: bool, spread: Spread) -> list[Figure]:  # weeks are invented
    """Measure one week alone in a warm process, then all of them, one process a core."""
    spread.alone(a_week, 0)
    ones = [spread.alone(a_week, seed)[0] for seed in SEEDS]
    value = median(sum(one.values()) for one in ones)
    name = "a municipality's week: 240 trips, 300 meals, 120 requests, rota"
    return [
        Figure(name, value, "s", "at most 5", value <= 5, {"seeds": ones}),
        *_country(12 if quick else COUNTRY, spread),
    ]


def _country(many: int, spread: Spread) -> list[Figure]:
    """Seconds and memory after a tenth, a third, and all: what is linear has the same seconds a week at each."""
    weeks = spread.each(a_week, range(1, many + 1), "weeks")
    seconds = [sum(spent.values()) for spent, _ in weeks]
    marks = (max(1, many // 10), many // 3, many)
    detail = {
        "seconds after": {mark: round(sum(seconds[:mark]), 1) for mark in marks},
        "seconds a week": {mark: round(sum(seconds[:mark]) / mark, 2) for mark in marks},
        "MB at most": {mark: round(max(memory for _, memory in weeks[:mark])) for mark in marks},
    }
    first, last = (sum(seconds[:mark]) / mark for mark in (marks[0], many))
    return [
        Figure(f"{many} municipalities' weeks, all processors' seconds", sum(seconds), "s", detail=detail),
        Figure("the same: seconds a week, all over the first tenth", last / first, "times", "1 where it is linear"),
        Figure("the same: memory of a process at most", max(memory for _, memory in weeks), "MB"),
    ]
