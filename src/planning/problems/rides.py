"""Who drives whom, and when: `plan_rides`."""

from dataclasses import replace
from importlib.metadata import version

import numpy as np

from planning.distances import Matrix
from planning.explain.rides import explain
from planning.judge.rides import judge_rides
from planning.problems.ride_changes import changes_between
from planning.solvers.rides.closing import shorten
from planning.solvers.rides.keeping import before_of, kept
from planning.solvers.rides.reading import read
from planning.solvers.rides.regions import improve_by_region
from planning.solvers.rides.running import warm
from planning.solvers.rides.telling import cost_of, tours_from
from planning.stopping import Budget
from planning.vocabulary.fingerprint import fingerprint
from planning.vocabulary.plan import Run, Status, WrongPlanError
from planning.vocabulary.ride import RidePlan, RideProblem


def plan_rides(
    problem: RideProblem, budget: Budget, *, seed: int, previous: RidePlan | None = None, reasons: bool = True
) -> RidePlan:
    """Plan a day of rides, or plan it again with as little change as it takes.

    The budget counts steps of the search. With `previous`, what still holds of it is kept, each trip that changes
    vehicle is weighed against `change_price`, locks are kept, and the changes are listed; where nothing is lost and
    nothing new is asked, nothing changes. `reasons` is whether to say why trips are left out and what would help.
    Raises WrongPlanError when the judge finds something wrong: an error of ours.
    """
    name = _name(problem)
    if previous is not None and previous.run.problem == name:
        return previous
    problem = on_shortest_ways(problem)
    task = read(problem, before_of(previous))
    warm(task)
    running = budget.begin()
    start = None if previous is None else kept(problem, task, previous)
    state, done = start, 0
    if state is None or (state.tour_of < 0).any():
        state, done = improve_by_region(task, running, seed=seed, start=start)
    seconds, tours = running.seconds, tours_from(problem, task, state)
    run = Run(
        f"own search, numba {version('numba')}", seed, done, seconds, name,
        cut_short=running.cut_short(done),
    )  # fmt: skip
    unplanned = explain(problem, task, state, tell=reasons)
    status = Status.PARTIAL if unplanned else Status.FEASIBLE
    plan = RidePlan(status, tours, unplanned, (), cost_of(problem, task, state), run)
    if previous is not None:
        plan = replace(plan, changes=changes_between(previous, plan))
    if wrong := judge_rides(problem, plan):
        raise WrongPlanError("; ".join(f"{breach.who}: {breach.what}" for breach in wrong[:5]))
    return plan


def _name(problem: RideProblem) -> str:
    """Name the question, its roads included."""
    matrix = problem.matrix
    tables = [np.ascontiguousarray(table).tobytes().hex() for table in (matrix.seconds, matrix.metres)]
    locks = sorted(problem.locks, key=lambda lock: repr(lock.trip))
    rest = (problem.places, problem.second_price, problem.metre_price, problem.company, problem.change_price)
    return fingerprint(problem.trips, problem.vehicles, tuple(locks), rest, tuple(matrix.places), *tables)


def on_shortest_ways(problem: RideProblem) -> RideProblem:
    """Give the problem with no way longer than one by another place, so that leaving a stop out never takes longer.

    This is what is planned, and what a plan must be judged by.
    """
    matrix = problem.matrix
    seconds, metres = np.array(matrix.seconds, np.float64), np.array(matrix.metres, np.float64)
    shorten(seconds, metres)
    return replace(problem, matrix=Matrix(tuple(matrix.places), seconds, metres))
