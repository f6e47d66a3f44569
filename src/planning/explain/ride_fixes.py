"""What would help a trip that is left out: one thing otherwise, tried on the plan as it stands and judged."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from planning.explain.trying import Trial, copied, ready, with_trips
from planning.judge.rides import judge_tour
from planning.solvers.chance import seeded
from planning.solvers.rides.arrays import EARLIEST, LATEST, State, Task, desk_for, empty_memory
from planning.solvers.rides.reading import read, windows_of
from planning.solvers.rides.recreate import put_in_turn
from planning.solvers.rides.running import nodes_of, state_of
from planning.solvers.rides.search import take_halves_out
from planning.solvers.rides.suits import tours_of, why_not
from planning.solvers.rides.telling import tour_from
from planning.vocabulary.identity import Id, as_figure
from planning.vocabulary.plan import Fix
from planning.vocabulary.ride import RideProblem, RideWhy, Shift, Span, Trip, Vehicle

STEPS = (300, 600, 900, 1800)
"""Seconds that a window may be asked to give, smallest first."""
LONGER = 1.25
"""How much longer a ride may be asked to take."""
OVERTIME = 1800
SHIFTS = (3, 5)
"""Hours that one more driver may be asked for."""
HOUR = 3600


def fixes_for(problem: RideProblem, trial: Trial, r: int) -> Iterator[Fix]:
    """Try single changes for a trip left out (and its other way, where that is left out too); tell those that work."""
    other = int(trial.task.partner[r])
    trips = [r] if other < 0 or trial.state.tour_of[other] >= 0 else [r, other]
    for code, sign in ((RideWhy.EARLIER, -1), (RideWhy.LATER, 1)):
        if not _works(problem, trial, trips, _moved(problem, trips, sign * STEPS[-1])):
            continue
        works = (step for step in STEPS if _works(problem, trial, trips, _moved(problem, trips, sign * step)))
        yield Fix(code, (("seconds", next(works)),), len(trips))
    if _works(problem, trial, trips, _longer_ride(problem, trips)):
        longest = problem.trips[r].longest_ride
        yield Fix(RideWhy.LONGER_RIDE, (("seconds", round(longest * (LONGER - 1))),), len(trips))
    yield from _more_places(problem, trial, trips)
    yield from _longer_shift(problem, trial, trips)


def _moved(problem: RideProblem, trips: list[int], seconds: float) -> list[Trip]:
    """Let the first of the trips be fetched earlier, or set down later."""
    trip = problem.trips[trips[0]]
    fetch, drop = trip.pickup_window, trip.drop_window
    if seconds < 0:
        moved = replace(trip, pickup_window=Span(fetch.start + seconds, fetch.end))
    else:
        moved = replace(trip, drop_window=Span(drop.start, drop.end + seconds))
    return [moved, *(problem.trips[x] for x in trips[1:])]


def _longer_ride(problem: RideProblem, trips: list[int]) -> list[Trip]:
    first = problem.trips[trips[0]]
    return [replace(first, longest_ride=first.longest_ride * LONGER), *(problem.trips[x] for x in trips[1:])]


def _works(problem: RideProblem, trial: Trial, trips: list[int], changed: list[Trip]) -> bool:
    """Whether all of the trips find a place when they are as in `changed`, by the search and by the judge."""
    by_id = {trip.id: trip for trip in changed}
    if any(trip.pair is not None and not _in_order(problem, by_id, trip) for trip in changed):
        return False
    small = read(replace(problem, trips=tuple(changed), locks=()))
    task, n, few = trial.task, trial.task.trips, len(changed)
    node, ride, allowed = task.node.copy(), task.longest_ride.copy(), task.allowed.copy()
    for x, r in enumerate(trips):
        node[r], node[r + n] = small.node[x], small.node[x + few]
        ride[r], allowed[r] = small.longest_ride[x], small.allowed[x]
    found = with_trips(task._replace(node=node, longest_ride=ride, allowed=allowed), trial.state, trial.desk, trips)
    if found is None:
        return False
    whole = replace(problem, trips=tuple(by_id.get(trip.id, trip) for trip in problem.trips))
    return _judged(whole, task._replace(node=node, longest_ride=ride), *found)


def _in_order(problem: RideProblem, changed: dict[Id, Trip], trip: Trip) -> bool:
    other = changed.get(trip.pair, problem.trip(trip.pair))
    first, second = sorted((trip, other), key=lambda one: one.pickup_window.start)
    return first.drop_window.end <= second.pickup_window.start


def _judged(problem: RideProblem, task: Task, state: State, tours: list[int]) -> bool:
    """Whether the judge has nothing against the tours that were changed."""
    told = [tour_from(problem, task, state, tour) for tour in tours]
    return all(tour is not None and not judge_tour(problem, tour) for tour in told)


def _more_places(problem: RideProblem, trial: Trial, trips: list[int]) -> Iterator[Fix]:
    """One more place of a kind that the trip takes, in one car."""
    for kind, name in enumerate(problem.places):
        if not problem.trips[trips[0]].taken[kind]:
            continue
        room, allowed = trial.task.room.copy(), trial.task.allowed.copy()
        room[:, :, kind] += 1
        roomy = tuple(replace(one, seat_plans=_one_more(one, kind)) for one in problem.vehicles)
        some = tuple(problem.trips[r] for r in trips)
        allowed[trips] = read(replace(problem, trips=some, vehicles=roomy, locks=())).allowed
        task = trial.task._replace(room=room, allowed=allowed)
        found = with_trips(task, trial.state, trial.desk, trips)
        if found is None or len(set(found[1])) > 1:
            continue
        v = tours_of(problem)[found[1][0]][0]
        vehicle = problem.vehicles[v]
        if _judged(_with_vehicle(problem, v, replace(vehicle, seat_plans=_one_more(vehicle, kind))), task, *found):
            yield Fix(RideWhy.MORE_PLACES, (("vehicle", as_figure(vehicle.id)), ("place", name)), len(trips))


def _one_more(vehicle: Vehicle, kind: int) -> tuple[tuple[int, ...], ...]:
    return tuple((*plan[:kind], plan[kind] + 1, *plan[kind + 1 :]) for plan in vehicle.seat_plans)


def _longer_shift(problem: RideProblem, trial: Trial, trips: list[int]) -> Iterator[Fix]:
    """One driver who begins half an hour earlier and ends half an hour later."""
    task, n = trial.task, trial.task.trips
    node = task.node.copy()
    node[2 * n :, EARLIEST] -= OVERTIME
    node[2 * n :, LATEST] += OVERTIME
    allowed, own = task.allowed.copy(), windows_of(problem, ())
    for r in trips:
        node[r], node[r + n] = own[r], own[r + n]
        suits = [why_not(problem.trips[r], vehicle) is None for vehicle in problem.vehicles]
        allowed[r] = [suits[v] for v, _ in tours_of(problem)]
    task = task._replace(node=node, allowed=allowed, longest_tour=task.longest_tour + 2 * OVERTIME)
    state = copied(trial.state)
    ready(task, state)
    found = with_trips(task, state, trial.desk, trips)
    if found is None or len(set(found[1])) > 1:
        return
    v, s = tours_of(problem)[found[1][0]]
    vehicle = problem.vehicles[v]
    hours = vehicle.shifts[s].hours
    longer = replace(
        vehicle.shifts[s], hours=Span(hours.start - OVERTIME, hours.end + OVERTIME),
        longest=vehicle.shifts[s].longest + 2 * OVERTIME,
    )  # fmt: skip
    shifts = (*vehicle.shifts[:s], longer, *vehicle.shifts[s + 1 :])
    others = [shift for one in problem.vehicles if one.driver == vehicle.driver is not None for shift in one.shifts]
    others = [shift for shift in (*vehicle.shifts, *others) if shift is not vehicle.shifts[s]]
    if all(a.hours.end <= longer.hours.start or a.hours.start >= longer.hours.end for a in others):
        changed = _with_vehicle(problem, v, replace(vehicle, shifts=shifts))
        if _judged(changed, task, *found):
            yield Fix(RideWhy.LONGER_SHIFT, (("vehicle", as_figure(vehicle.id)), ("seconds", OVERTIME)), len(trips))


def _with_vehicle(problem: RideProblem, v: int, vehicle: Vehicle) -> RideProblem:
    return replace(problem, vehicles=(*problem.vehicles[:v], vehicle, *problem.vehicles[v + 1 :]))


def one_more_driver(problem: RideProblem, trial: Trial, out: list[int]) -> dict[int, tuple[Fix, ...]]:
    """Find the hours in which one more driver would serve most of those left out; told to each who would be served."""
    like = _most_useful(trial, out)
    if like is None:
        return {}
    of = problem.vehicles[tours_of(problem)[like][0]]
    first = int(min(problem.trips[r].pickup_window.start for r in out) // HOUR) * HOUR
    last = int(-(-max(problem.trips[r].drop_window.end for r in out) // HOUR)) * HOUR
    # Somebody else: a guardian who has agreed to one driver has not agreed to another.
    extra = replace(
        of, id=("one more", of.id), driver=("one more", of.driver), shifts=(Shift(Span(first - HOUR, last + HOUR)),)
    )
    wide = replace(problem, vehicles=(*problem.vehicles, extra))
    task = read(wide)
    begun = state_of(task, [*_renumbered(trial, task), []])
    best, hours, plan = 0, (0, 0), begun
    for start, length in ((h, n * HOUR) for n in SHIFTS for h in range(first - HOUR, max(last - HOUR, first), HOUR)):
        state = copied(begun)
        _serve(_with_hours(task, start, start + length), state, out)
        helped = int((state.tour_of[out] >= 0).sum())
        if helped > best:
            best, hours, plan = helped, (start, start + length), state
    if not best:
        return {}
    wide = replace(wide, vehicles=(*problem.vehicles, replace(extra, shifts=(Shift(Span(*hours)),))))
    served = [r for r in out if plan.tour_of[r] >= 0]
    if not _judged(wide, _with_hours(task, *hours), plan, sorted({int(plan.tour_of[r]) for r in served})):
        return {}
    fix = Fix(RideWhy.ONE_MORE_DRIVER, (("from", hours[0]), ("to", hours[1])), best)
    return dict.fromkeys(served, (fix,))


def _most_useful(trial: Trial, out: list[int]) -> int | None:
    """The tour whose vehicle may drive most of those left out."""
    if not trial.task.tours:
        return None
    return int(np.argmax(trial.task.allowed[out].sum(axis=0)))


def _renumbered(trial: Trial, task: Task) -> list[list[int]]:
    """The stops of each tour; trips have the same numbers in a day with one vehicle more."""
    return nodes_of(trial.task, trial.state)


def _with_hours(task: Task, start: float, end: float) -> Task:
    """The last tour with these hours."""
    node = task.node.copy()
    for here in (2 * task.trips + task.tours - 1, 2 * task.trips + 2 * task.tours - 1):
        node[here, EARLIEST], node[here, LATEST] = start, end
    return task._replace(node=node)


def _serve(task: Task, state: State, out: list[int]) -> None:
    """Put as many as possible of those left out in the plan, where each costs least."""
    desk = desk_for(task)
    for x, r in enumerate(out):
        desk.out[x], desk.was[x], desk.is_out[r] = r, -1, True
    touched = put_in_turn(task, state, desk, empty_memory(1 << 10), seeded(1), len(out), 0)
    take_halves_out(task, state, desk, len(out), touched)
