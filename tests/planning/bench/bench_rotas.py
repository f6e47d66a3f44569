"""How good a rota is after a second, against what CP-SAT proves."""

from pathlib import Path
from statistics import median
from time import process_time

from planning.problems.rotas import plan_rota
from planning.stopping import Budget
from planning.vocabulary.rota import RotaProblem
from tests.planning.bench.quarters import quarter
from tests.planning.bench.runner import Figure
from tests.planning.bench.spread import Spread

SEEDS = (1, 2, 3)
EFFORT = 60.0
"""Deterministic time that the proof may take: a minute or two on two cores."""


def measure(instances: Path | None, *, quick: bool, spread: Spread) -> list[Figure]:  # rotas are invented
    """Measure the gap after one second for 60 people and a quarter, the time to prove it, and larger rotas."""
    plan_rota(quarter(8, 3, 5), Budget(iterations=1_000), seed=1)
    problem = quarter(60, 13, 20)
    costs, took = _planned(problem, 1.0)
    began = process_time()
    proof = plan_rota(problem, Budget(seconds=1.0), seed=1, effort=5.0 if quick else EFFORT)
    assert proof.bound is not None
    gap = 100 * (median(costs) - proof.bound) / proof.bound
    detail = {"costs": costs, "bound": proof.bound, "best": proof.cost, "seconds": took, "status": str(proof.status)}
    figures = [
        Figure("rota 60 x 13 weeks, 260 turns, gap after 1 s", gap, "%", "at most 3 (reach: 1)", gap <= 3, detail),
        Figure(
            "rota 60 x 13 weeks, proof", process_time() - began, "s", "", None, {"proven": proof.bound == proof.cost}
        ),
    ]
    for people, weeks, turns in () if quick else ((60, 26, 20), (300, 13, 120)):
        costs, took = _planned(quarter(people, weeks, turns), 1.0)
        name = f"rota {people} x {weeks} weeks, {weeks * turns} turns, cost after 1 s"
        figures.append(Figure(name, median(costs), "", "", None, {"costs": costs, "seconds": took}))
    return figures


def _planned(problem: RotaProblem, seconds: float) -> tuple[list[int], list[float]]:
    """Plan with each seed; `seconds` are the search's own, what is measured holds the judge too."""
    costs, took = [], []
    for seed in SEEDS:
        began = process_time()
        costs.append(plan_rota(problem, Budget(seconds=seconds), seed=seed).cost)
        took.append(round(process_time() - began, 3))
    return costs, took
