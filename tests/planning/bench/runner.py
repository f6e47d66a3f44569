"""Measure the planning engine, into build/bench/planning.json: `make bench-planning [INSTANCES=folder]`.

Each part has a module `bench_<part>.py` beside this one with `measure(instances, quick=…, spread=…) -> list[Figure]`.
Figures are processor seconds of one core, medians of three seeds where a seed matters. Single runs are spread over
processes, one a core (`BENCH="--jobs 1"` for fewer). The folder holds published instances; without one the runner says
so, and generated ones are measured.
"""

import argparse
import json
import os
import platform
import sys
import time
from dataclasses import asdict, dataclass, field
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from statistics import mean, median
from typing import Any

from tests.planning.bench.spread import Spread, say

HERE = Path(__file__).parent
OUT = Path("build/bench/planning.json")
USED = ("numpy", "numba", "scipy", "ortools", "pyvrp")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what was measured, what was wanted, and whether it was reached (None where nothing was set)."""

    name: str
    value: float
    unit: str
    goal: str = ""
    reached: bool | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def average(values: list[float]) -> float:
    """Give the mean, and not-a-number where nothing was measured."""
    return mean(values) if values else float("nan")


def of_seeds(values: list[float]) -> dict[str, Any]:
    """Give what is kept of one instance: the median and the mean of its seeds, and each."""
    return {"median": median(values), "mean": mean(values), "each": values}


def machine(jobs: int) -> dict[str, Any]:
    """Say what it was measured on, and how busy that was when it began."""
    return {
        "cores": os.cpu_count(),
        "jobs": jobs,
        "load": [round(one, 1) for one in os.getloadavg()],
        "python": platform.python_version(),
        "machine": platform.machine(),
        "versions": {name: version(name) for name in USED},
    }


def parts(only: str) -> list[str]:
    """Name the parts there are, in the order of the alphabet."""
    names = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    return [name for name in names if only in {"", name}]


def main(words: list[str]) -> int:
    """Measure every part, say what came of it, and write it down."""
    parser = argparse.ArgumentParser(description="Measure the planning engine.")
    parser.add_argument("folder", nargs="?", default="", help="folder with published instances")
    parser.add_argument("--quick", action="store_true", help="fewer instances, seeds and seconds")
    parser.add_argument("--only", default="", help="one part")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes; one a core if not said")
    said = parser.parse_args(words)
    folder = Path(said.folder) if said.folder else None
    if folder is None:
        say("No folder of instances was named (INSTANCES=folder): generated ones are measured.")
    elif not folder.is_dir():
        say(f"There is no folder {folder}.")
        return 2
    written: dict[str, Any] = {
        "instances": None if folder is None else folder.name,
        "quick": said.quick,
        "machine": machine(said.jobs),
        "seconds": {},
        "figures": [],
    }
    with Spread(said.jobs) as spread:
        for part in parts(said.only):
            began = time.monotonic()
            module = import_module(f"tests.planning.bench.bench_{part}")
            tell(part, module.measure(folder, quick=said.quick, spread=spread), written)
            written["seconds"][part] = round(time.monotonic() - began, 1)
            written["machine"]["load after"] = [round(one, 1) for one in os.getloadavg()]
            OUT.parent.mkdir(parents=True, exist_ok=True)
            OUT.write_text(json.dumps(written, indent=1, default=str), encoding="utf-8")
    return 0


def tell(part: str, figures: list[Figure], written: dict[str, Any]) -> None:
    """Say what came of a part."""
    for one in figures:
        mark = {True: "reached", False: "NOT REACHED", None: ""}[one.reached]
        say(f"{part:12} {one.name:60} {one.value:12.4f} {one.unit:8} {one.goal:22} {mark}")
        written["figures"].append({"part": part, **asdict(one)})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
