"""The same problem, seed and steps give the same plan in every process, whatever the order of hashes there."""

import os
import subprocess
import sys

from planning.problems.assigning import assign
from planning.problems.meals import plan_meals
from planning.problems.rides import plan_rides
from planning.problems.rotas import plan_rota
from planning.stopping import Budget
from tests.planning.bench.quarters import quarter
from tests.planning.bench.weeks import week
from tests.planning.meals.days import EVA, FRED
from tests.planning.meals.days import day as meals
from tests.planning.rides.days import random_day


def told() -> dict[str, str]:
    """Write out a plan of each kind, with the name of what was asked."""
    ride = plan_rides(random_day(7), Budget(iterations=80), seed=5)
    meal = plan_meals(meals(drivers=(EVA, FRED)), Budget(iterations=30), seed=3)
    helped = assign(week(12, 24, rich=True), Budget(iterations=50), seed=3)
    rota = plan_rota(quarter(8, 3, 5), Budget(iterations=2000), seed=3, effort=0.3)
    return {
        "rides": f"{ride.run.problem} {ride.tours} {ride.cost} {ride.unplanned}",
        "meals": f"{meal.run.problem} {meal.rounds} {meal.gain} {meal.unserved}",
        "weeks": f"{helped.run.problem} {helped.pairs} {helped.open}",
        "rotas": f"{rota.run.problem} {rota.seats} {rota.open} {rota.bound}",
    }


def test_the_same_plans_in_another_process() -> None:
    script = "from tests.planning.test_same_everywhere import told; print(told())"
    env = {**os.environ, "PYTHONHASHSEED": "2", "PYTHONPATH": f"src{os.pathsep}."}
    other = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, check=True, text=True)
    assert other.stdout.strip() == str(told())
