"""How what the search found becomes tours with times and places."""

from dataclasses import replace

from planning.solvers.rides.arrays import EARLIEST, EPS, SERVICE, Reals, State, Task
from planning.solvers.rides.schedule import times_of, tour_nodes
from planning.solvers.rides.suits import tours_of
from planning.vocabulary.ride import At, RideProblem, Stop, Tour


def tours_from(problem: RideProblem, task: Task, state: State) -> tuple[Tour, ...]:
    """Give the tours that serve someone, with the times of each stop."""
    told = (tour_from(problem, task, state, x) for x in range(task.tours) if state.length[x] > 2)
    return tuple(tour for tour in told if tour is not None)


def tour_from(problem: RideProblem, task: Task, state: State, x: int) -> Tour | None:
    """Give one tour with the times of each stop; None when it cannot be driven."""
    nodes = tour_nodes(task, state, x)
    found = times_of(task, nodes)
    if found is None:
        return None
    v, shift = tours_of(problem)[x]
    return Tour(problem.vehicles[v].id, shift, _stops(problem, task, nodes, *found))


def _stops(problem: RideProblem, task: Task, nodes: list[int], when: list[float], gaps: list[int]) -> tuple[Stop, ...]:
    """Give the stops with their times; the breaks come before positions `gaps`."""
    n, stops = task.trips, list[Stop]()
    vehicle = problem.vehicles[tours_of(problem)[nodes[0] - 2 * n][0]]
    for i, (here, start) in enumerate(zip(nodes, when, strict=True)):
        arrive, leave = start, start + float(task.node[here, SERVICE])
        if i > 0:
            arrive = stops[-1].leave + float(task.drive[nodes[i - 1], here])
        if here < n:
            trip = problem.trips[here]
            stop = Stop(At.FETCH, trip.pickup, arrive, start, leave, trip.id)
        elif here < 2 * n:
            trip = problem.trips[here - n]
            stop = Stop(At.SET_DOWN, trip.drop, arrive, start, leave, trip.id)
        elif i == 0:
            stop = Stop(At.START, vehicle.start, arrive, start, leave)
        else:
            stop = Stop(At.END, vehicle.end, arrive, start, leave)
        had = [x for x, gap in enumerate(gaps) if i == gap and i > 0]
        stops += _with_breaks(stops[-1], stop, task.rests[nodes[0] - 2 * n, had]) if had else [stop]
    return tuple(stops)


def _with_breaks(before: Stop, after: Stop, rests: Reals) -> list[Stop]:
    """Put breaks between two stops, at one of them if that can be: the first one for as long as there is time."""
    later, sooner = _resting(before, after, rests, wait=True), _resting(before, after, rests, wait=False)
    return sooner if any(stop.place is None for stop in later) else later


def _resting(before: Stop, after: Stop, rests: Reals, *, wait: bool) -> list[Stop]:
    """Have each break as soon as it may begin, and drive on between them: at once, or when it must (`wait`)."""
    told, free, way = list[Stop](), before.leave, after.arrive - before.leave
    left = way
    for x, rest in enumerate(rests):
        begin, come = max(free, float(rest[EARLIEST])), free + left
        if not wait or begin + float(rests[x:, SERVICE].sum()) + way > after.start + EPS:
            left = max(0.0, left - (begin - free))
        place = before.place if left >= way else after.place if left <= EPS else None
        free = begin + float(rest[SERVICE])
        told.append(Stop(At.BREAK, place, min(come, begin), begin, free))
    return [*told, replace(after, arrive=free + left)]


def cost_of(problem: RideProblem, task: Task, state: State) -> float:
    """What the plan costs by the problem's prices; trips left out and changes of an earlier plan do not count."""
    cost = 0.0
    for tour in range(task.tours):
        nodes = tour_nodes(task, state, tour)
        if len(nodes) > 2:
            cost += float(state.cost[tour]) + float(task.opening[tour])
    if task.fond.size:
        same = (state.tour_of[:, None] == state.tour_of[None, :]) & (state.tour_of[:, None] >= 0)
        cost -= 0.5 * float(task.fond[same].sum())
    return cost
