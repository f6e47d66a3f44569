"""An invented municipality's week: five days of 48 trips and of 60 meals, 120 requests, and a rota of 13 weeks."""

from random import Random
from resource import RUSAGE_SELF, getrusage
from time import process_time

import numpy as np

from planning.distances import Matrix
from planning.problems.assigning import assign
from planning.problems.meals import plan_meals
from planning.problems.rides import plan_rides
from planning.problems.rotas import plan_rota
from planning.stopping import Budget
from planning.vocabulary.meal import Door, Driver, Kitchen, MealProblem, Wave
from tests.planning.bench.quarters import quarter
from tests.planning.bench.weeks import week
from tests.planning.rides.days import random_day

DAYS = 5
RIDES, MEALS, ROTA, NODES = (
    Budget(iterations=4_000),
    Budget(iterations=600),
    Budget(iterations=4_000_000),
    Budget(iterations=10_000),
)


def meals_of_a_day(seed: int, doors: int = 60, drivers: int = 7) -> MealProblem:
    """Make a day of meals: three villages around one kitchen, each with drivers of its own."""
    draw = Random(seed)  # an instance, not a secret
    middles = [(draw.random() * 22_000, draw.random() * 16_000) for _ in range(3)]
    homes = [draw.randrange(3) for _ in range(doors)]
    spots = [(11_000.0, 8_000.0)]
    spots += [(middles[k][0] + draw.gauss(0, 1500), middles[k][1] + draw.gauss(0, 1500)) for k in homes]
    at = np.array(spots)
    metres = 1.3 * np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    waves = (Wave(36_000, 50_400),)
    return MealProblem(
        (Kitchen("kitchen", 0, 37_800, 45_000),),
        tuple(Door(n, n + 1, homes[n], 39_600, 46_800) for n in range(doors)),
        tuple(Driver(("car", n), frozenset({n % 3}), frozenset({"kitchen"}), 14, waves) for n in range(drivers)),
        Matrix(tuple(range(len(spots))), metres / 12.5, metres),
    )


def a_week(number: int) -> tuple[dict[str, float], float]:
    """Plan a municipality's week, reasons and the judge included: processor seconds of each part, and MB at most."""
    began, spent = process_time(), {}
    for part, work in (("rides", _rides), ("meals", _meals), ("requests", _requests), ("rota", _rota)):
        work(number)
        spent[part] = process_time() - began
        began = process_time()
    return spent, getrusage(RUSAGE_SELF).ru_maxrss / 1024


def _rides(number: int) -> None:
    for day in range(DAYS):
        plan_rides(random_day(DAYS * number + day, people=24, cars=16), RIDES, seed=1)


def _meals(number: int) -> None:
    for day in range(DAYS):
        plan_meals(meals_of_a_day(DAYS * number + day), MEALS, seed=1)


def _requests(number: int) -> None:
    assign(week(60, 120, seed=number, rural=True), NODES, seed=1)


def _rota(number: int) -> None:
    plan_rota(quarter(60, 13, 20, seed=number), ROTA, seed=1)
