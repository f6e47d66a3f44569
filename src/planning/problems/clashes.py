"""Which requests one person cannot both take: minutes that overlap, and the way between."""

from datetime import timedelta

import numpy as np

from planning.problems.candidates import EPOCH, Numbers
from planning.solvers.offers import Clashes
from planning.vocabulary.assignment import METRES_A_MINUTE, AssignmentProblem
from planning.vocabulary.request import Request
from planning.vocabulary.window import MINUTES_A_DAY


def clashing(problem: AssignmentProblem) -> Clashes:
    """Find, for each request, those that the same person cannot take beside it.

    A request for any time of a day has that day to itself among what is newly planned: when it will be is settled
    between the two, and nothing else may stand in the way of it.
    """
    starts, ends = _minutes(problem)
    fixed = np.array([request.window is not None for request in problem.requests], np.bool_)
    order = np.lexsort((ends, starts))
    sorted_starts, sorted_fixed = starts[order], fixed[order]
    reach = np.searchsorted(sorted_starts, ends[order] + _longest_way(problem), side="left").tolist()
    first, second = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for place, number in enumerate(order.tolist()):
        later = order[place + 1 : reach[place]]
        gap = sorted_starts[place + 1 : reach[place]] - ends[number]
        hit = gap < 0
        doubtful = np.flatnonzero(~hit & sorted_fixed[place + 1 : reach[place]]) if fixed[number] else ()
        for at in doubtful:
            hit[at] = gap[at] < minutes_between(problem, problem.requests[number], problem.requests[later[at]])
        second.append(later[hit])
        first.append(np.full(len(second[-1]), number, np.int64))
    return Clashes.of_pairs(len(problem.requests), np.concatenate(first), np.concatenate(second))


def _minutes(problem: AssignmentProblem) -> tuple[Numbers, Numbers]:
    """First minute of each request and the one after its last, counted from 1970; the whole day for any time.

    A fixed time that touches the day of an any-time request is widened by nothing: the day itself overlaps it.
    """
    starts, ends = [], []
    for request in problem.requests:
        begin = (request.day - EPOCH.date()) // timedelta(days=1) * MINUTES_A_DAY + (request.start_minute or 0)
        starts.append(begin)
        ends.append(begin + (MINUTES_A_DAY if request.window is None else request.duration_min))
    return np.array(starts, np.int64), np.array(ends, np.int64)


def minutes_between(problem: AssignmentProblem, first: Request, second: Request) -> int:
    """Whole minutes on the way from one task to the next; a day where there is no way."""
    places = problem.request_places
    if problem.roads is not None and first.id in places and second.id in places:
        seconds = problem.roads.seconds[problem.roads.row(places[first.id]), problem.roads.row(places[second.id])]
        return int(min(MINUTES_A_DAY, -(-seconds // 60)))
    metres = second.village_metres.get(first.village)
    if first.place is not None and second.place is not None:
        metres = max(metres or 0, first.place.metres_to(second.place))
    return problem.between_min if metres is None else min(MINUTES_A_DAY, -(-metres // METRES_A_MINUTE))


def _longest_way(problem: AssignmentProblem) -> int:
    """Minutes that no way between two tasks takes more than: which pairs need not be looked at."""
    longest = problem.between_min
    for request in problem.requests:
        longest = max(longest, -(-max(request.village_metres.values(), default=0) // METRES_A_MINUTE))
    if problem.roads is not None and problem.request_places:
        rows = [problem.roads.row(place) for place in dict.fromkeys(problem.request_places.values())]
        between = problem.roads.seconds[np.ix_(rows, rows)]
        longest = max(longest, int(min(MINUTES_A_DAY, -(-between.max() // 60))))
    points = [request.place for request in problem.requests if request.place is not None]
    if points:
        low = min(points, key=lambda point: point.lat), min(points, key=lambda point: point.lon)
        high = max(points, key=lambda point: point.lat), max(points, key=lambda point: point.lon)
        degrees = high[0].lat - low[0].lat + high[1].lon - low[1].lon
        # A degree is never more than 111.2 km, and a guess never more than 1.4 times the straight line.
        longest = max(longest, int(degrees * 111_200 * 1.4 // METRES_A_MINUTE) + 1)
    return min(MINUTES_A_DAY, longest)
