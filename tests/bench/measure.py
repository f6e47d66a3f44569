"""Measuring: interleaved rounds, statements, and the noise-free figure of shared buffers (decisions 32).

Absolute figures are goals, never assertions: a benchmark writes them to build/bench/<name>.json and may assert ratios.
"""

import gc
import json
import os
import platform
import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5
MANY = 500
CONTROL = re.compile(r"^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET |SELECT set_config)", re.IGNORECASE)
FROM = re.compile(r'\bFROM\s+"?(\w+)', re.IGNORECASE)
READS = re.compile(r"^\s*(SELECT|WITH)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds: the median of the rounds' medians, the 95th percentile over all, and each round's median."""

    median: float
    p95: float
    rounds: tuple[float, ...]


def interleaved(
    candidates: dict[str, Callable[[], Any]], *, times: int = 20, rounds: int = ROUNDS
) -> dict[str, Timing]:
    """Time each candidate `times` times a round, round about, so that a busy machine slows all alike."""
    taken: dict[str, list[list[float]]] = {name: [] for name in candidates}
    for work in candidates.values():
        work()
    for _ in range(rounds):
        for name, work in candidates.items():
            gc.collect()
            taken[name].append([_milliseconds(work) for _ in range(times)])
    return {name: _timing(all_rounds) for name, all_rounds in taken.items()}


def _milliseconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - began) / 1e6


def _timing(all_rounds: list[list[float]]) -> Timing:
    medians = tuple(round(statistics.median(one), 3) for one in all_rounds)
    everything = sorted(t for one in all_rounds for t in one)
    p95 = everything[min(len(everything) - 1, int(len(everything) * 0.95))]
    return Timing(round(statistics.median(medians), 3), round(p95, 3), medians)


@dataclass(slots=True)
class Asked:
    """What a piece of work asked of the database."""

    queries: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def statements(self) -> list[str]:
        """Statements beside transaction control and the scope's own setting."""
        return [sql for sql, _values in self.queries if not CONTROL.match(sql)]


@contextmanager
def listening() -> Iterator[Asked]:
    """Note every statement that goes to the database."""
    asked = Asked()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.queries.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield asked


@dataclass(frozen=True, slots=True)
class Cost:
    """What the reading statements cost whatever else the machine does.

    `buffers` are pages of shared buffers, `rows` those answered, `read` those looked at in tables to find the answer;
    `each` is the buffers of every statement, in order, with the table it begins at.
    """

    buffers: int
    rows: int
    read: int
    each: tuple[tuple[str, int], ...] = ()


def cost(asked: Asked) -> Cost:
    """Ask the reading statements again, in the open scope, and return what they touch."""
    rows, read, each = 0, 0, []
    with connection.cursor() as cursor:
        for sql, params in asked.queries:
            if READS.match(sql) and not CONTROL.match(sql):
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
                plan = cursor.fetchone()[0][0]["Plan"]
                each.append((_first_table(sql), plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]))
                rows += round(plan["Actual Rows"])
                read += round(_read(plan))
    return Cost(sum(pages for _table, pages in each), rows, read, tuple(each))


def _first_table(sql: str) -> str:
    """Return the first table that a statement names."""
    found = FROM.search(sql)
    return found.group(1) if found else "?"


def _read(plan: dict[str, Any]) -> float:
    """Return the rows that a plan's scans of tables look at, those passed over included."""
    mine = 0.0
    if "Relation Name" in plan:
        passed = plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
        mine = (plan["Actual Rows"] + passed) * plan["Actual Loops"]
    return mine + sum(_read(below) for below in plan.get("Plans", ()))


def read_through(asked: Asked) -> list[str]:
    """Return the tables of which a statement reads many rows without an index."""

    def those(plan: dict[str, Any]) -> Iterator[str]:
        if plan["Node Type"] == "Seq Scan":
            passed = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
            if passed * plan["Actual Loops"] > MANY:
                yield plan["Relation Name"]
        for below in plan.get("Plans", ()):
            yield from those(below)

    found: list[str] = []
    with connection.cursor() as cursor:
        for sql, params in asked.queries:
            if READS.match(sql) and not CONTROL.match(sql):
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
                found += those(cursor.fetchone()[0][0]["Plan"])
    return sorted(set(found))


def write(name: str, figures: dict[str, Any], *, goal: str = "", reached: bool | None = None) -> Path:
    """Write figures where `make bench` puts them, with the goal if there is one, and what they were measured on."""
    target = ROOT / "build" / "bench" / f"{name}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (server,) = cursor.fetchone()
    machine = {
        "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 2), "python": platform.python_version(),
        "django": django.get_version(), "postgresql": server.split(" ")[0],
    }  # fmt: skip
    shown = {k: _plain(v) for k, v in figures.items()}
    told = {"name": name, "goal": goal, "reached": reached, "figures": shown, "machine": machine}
    target.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    return target


def _plain(value: Any) -> Any:
    if isinstance(value, Timing):
        return {"median_ms": value.median, "p95_ms": value.p95, "rounds_ms": list(value.rounds)}
    return value
