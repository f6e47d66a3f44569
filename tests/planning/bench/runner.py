"""Measure the planning engine, into build/bench/planning.json: `make bench-planning [INSTANCES=folder]`.

Each part has a module `bench_<part>.py` beside this one with `measure(instances, quick=…) -> list[Figure]`. Figures
are processor seconds of one core, medians of three seeds where a seed matters. The folder holds published instances;
without one the runner says so, and generated ones are measured.
"""

import argparse
import json
import sys
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from statistics import mean
from typing import Any

HERE = Path(__file__).parent
OUT = Path("build/bench/planning.json")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what was measured, what was wanted, and whether it was reached (None where nothing was set)."""

    name: str
    value: float
    unit: str
    goal: str = ""
    reached: bool | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def say(words: str) -> None:
    """Tell whoever waits."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def average(values: list[float]) -> float:
    """Give the mean, and not-a-number where nothing was measured."""
    return mean(values) if values else float("nan")


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
    said = parser.parse_args(words)
    folder = Path(said.folder) if said.folder else None
    if folder is None:
        say("No folder of instances was named (INSTANCES=folder): generated ones are measured.")
    elif not folder.is_dir():
        say(f"There is no folder {folder}.")
        return 2
    written: dict[str, Any] = {"instances": None if folder is None else folder.name, "figures": []}
    for part in parts(said.only):
        figures = import_module(f"tests.planning.bench.bench_{part}").measure(folder, quick=said.quick)
        for one in figures:
            mark = {True: "reached", False: "NOT REACHED", None: ""}[one.reached]
            say(f"{part:10} {one.name:58} {one.value:12.4f} {one.unit:8} {one.goal:22} {mark}")
            written["figures"].append({"part": part, **asdict(one)})
        OUT.parent.mkdir(parents=True, exist_ok=True)
        OUT.write_text(json.dumps(written, indent=1, default=str), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
