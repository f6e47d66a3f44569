"""Why a trip is not planned, and what would help. Only what was tried, works and passed the judge is told."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from planning.explain.ride_fixes import fixes_for, one_more_driver
from planning.explain.trying import Trial, alone, place_for
from planning.solvers.rides.arrays import EARLIEST, LATEST, SERVICE, State, Task
from planning.solvers.rides.reading import FAR, windows_of
from planning.solvers.rides.suits import tours_of, why_not
from planning.vocabulary.identity import as_figure
from planning.vocabulary.plan import Unplanned
from planning.vocabulary.reason import Figure, Reason
from planning.vocabulary.ride import RideProblem, RideWhy, Trip


def explain(problem: RideProblem, task: Task, state: State, *, tell: bool = True) -> tuple[Unplanned, ...]:
    """Say for each trip left out why, and with `tell` what would help, cheapest first."""
    out = [int(r) for r in np.flatnonzero(state.tour_of < 0)]
    if not out:
        return ()
    trial = Trial.of(task, state)
    reasons = {r: tuple(_reasons(problem, trial, r)) for r in out}
    more = one_more_driver(problem, trial, out) if tell else {}
    found = []
    for r in out:
        fixes = (*fixes_for(problem, trial, r), *more.get(r, ())) if tell else ()
        found.append(Unplanned(problem.trips[r].id, reasons[r], fixes))
    return tuple(found)


def _reasons(problem: RideProblem, trial: Trial, r: int) -> Iterator[Reason]:
    """Say what stands in the way: of the trip itself, else of each vehicle by its first rule."""
    trip, hopeless = problem.trips[r], list(_hopeless(problem, trial.task, r))
    if not problem.vehicles:
        hopeless.append(Reason(RideWhy.NO_VEHICLE))
    if hopeless:
        yield from hopeless
        return
    yield from _by_vehicle(problem, trial, r, trip)
    other = int(trial.task.partner[r])
    if other >= 0 and place_for(trial.task, trial.state, trial.desk, r)[0] >= 0:
        yield Reason(RideWhy.PAIR, (("trip", as_figure(problem.trips[other].id)),))


def _hopeless(problem: RideProblem, task: Task, r: int) -> Iterator[Reason]:
    """What no vehicle could mend: no road, too long a way, times that cannot be met."""
    n = task.trips
    direct, stay = float(task.drive[r, r + n]), float(task.node[r, SERVICE])
    if direct >= FAR:
        yield Reason(RideWhy.NO_WAY)
    elif direct > task.longest_ride[r]:
        longest = ("longest", round(float(task.longest_ride[r])))
        yield Reason(RideWhy.TOO_LONG, (("seconds", round(direct)), longest))
    else:
        fetch, drop = windows_of(problem, ())[[r, r + n]]
        late = max(
            float(fetch[EARLIEST] + stay + direct - drop[LATEST]),
            float(drop[EARLIEST] - task.longest_ride[r] - stay - fetch[LATEST]),
            float(fetch[EARLIEST] - fetch[LATEST]),
            float(drop[EARLIEST] - drop[LATEST]),
        )
        if late > 0:
            yield Reason(RideWhy.TIMES_MISS, (("seconds", round(late)),))


def _by_vehicle(problem: RideProblem, trial: Trial, r: int, trip: Trip) -> Iterator[Reason]:
    """Count the vehicles by what keeps the trip out of them, in the order of the rules."""
    could = alone(trial, r)
    counts: Counter[RideWhy] = Counter()
    for v, vehicle in enumerate(problem.vehicles):
        code = why_not(trip, vehicle)
        if code is None:
            own = [x for x, (of, _) in enumerate(tours_of(problem)) if of == v]
            code = RideWhy.FULL if could[own].any() else RideWhy.OUTSIDE_HOURS
        counts[code] += 1
    for code in RideWhy:
        if counts[code]:
            figures: tuple[Figure, ...] = (("vehicles", counts[code]),)
            if code is RideWhy.NEEDS:
                lacking = (need for need in sorted(trip.needs) if any(need not in v.features for v in problem.vehicles))
                figures = (("need", next(lacking)), *figures)
            yield Reason(code, figures)
