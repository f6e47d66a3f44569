"""Tours from one depot with windows, as the public benchmark sets ask: the shortest with the vehicles given."""

from itertools import pairwise

from planning.judge.tours import judge_tours
from planning.solvers.tours import tours_with_pairs, tours_with_windows, warm_up
from planning.stopping import Budget
from planning.vocabulary.fingerprint import fingerprint
from planning.vocabulary.plan import Run, Status, WrongPlanError
from planning.vocabulary.tours import Tour, ToursPlan, ToursProblem

STRINGS = "string removals"
PYVRP = "PyVRP 0.14"


def plan_tours(problem: ToursProblem, budget: Budget, *, seed: int) -> ToursPlan:
    """Find short tours. Where not all can be visited with these vehicles, as few as possible are left out.

    Raises WrongPlanError when the judge would not let the plan out.
    """
    warm_up()
    running = budget.begin()
    search = tours_with_pairs if problem.paired else tours_with_windows
    found, iterations = search(problem, running, seed)
    tours = timed(problem, found)
    visited = {number for tour in tours for number in tour.nodes}
    left_out = tuple(one.number for one in problem.nodes[1:] if one.number not in visited)
    run = Run(
        engine=PYVRP if problem.paired else STRINGS,
        seed=seed,
        iterations=iterations,
        seconds=running.seconds,
        problem=fingerprint(problem),
        cut_short=running.cut_short(iterations),
    )
    status = Status.PARTIAL if left_out else Status.FEASIBLE
    plan = ToursPlan(status, tours, length(problem, found), left_out, run)
    wrong = [one for one in judge_tours(problem, plan) if "left out" not in one.what]
    if wrong:
        raise WrongPlanError(f"{wrong[0].who}: {wrong[0].what}")
    return plan


def timed(problem: ToursProblem, found: list[list[int]]) -> tuple[Tour, ...]:
    """Give each tour that goes anywhere its times: service starts as early as it can."""
    tours: list[Tour] = []
    for stops in found:
        if not stops:
            continue
        places = [0, *stops, 0]
        start = [problem.nodes[0].ready]
        for before, place in pairwise(places):
            a, b = problem.nodes[before], problem.nodes[place]
            start.append(max(b.ready, start[-1] + a.service + a.to(b)))
        tours.append(Tour(len(tours), tuple(problem.nodes[one].number for one in places), tuple(start)))
    return tuple(tours)


def length(problem: ToursProblem, found: list[list[int]]) -> float:
    """Add up the unrounded distances of all tours."""
    total = 0.0
    for stops in found:
        places = [0, *stops, 0]
        total += sum(problem.nodes[a].to(problem.nodes[b]) for a, b in pairwise(places))
    return total
