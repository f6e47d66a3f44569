"""Is a week of pairs right? Each rule once more, person by person and minute by minute."""

from collections import Counter
from datetime import timedelta
from itertools import combinations

from planning.judge.suggestions import Breach, may_be_asked
from planning.vocabulary.assignment import METRES_A_MINUTE, AssignmentPlan, AssignmentProblem, Pair
from planning.vocabulary.identity import Id
from planning.vocabulary.request import Request
from planning.vocabulary.volunteer import Volunteer

A_DAY = timedelta(days=1)


def judge_assignment(problem: AssignmentProblem, plan: AssignmentPlan) -> tuple[Breach, ...]:
    """Everything wrong with `plan` as an answer to `problem`; empty means that it is right."""
    wrong = list(judge_pairs(problem, plan.pairs))
    given = Counter(pair.request for pair in plan.pairs)
    said_open = Counter(one.id for one in plan.open)
    for request in problem.requests:
        full = given[request.id] == problem.seats(request.id)
        if full == (request.id in said_open):
            wrong.append(Breach("is both given and open" if full else "is neither given nor open", request.id))
    if max(said_open.values(), default=1) > 1 or said_open.keys() - {one.id for one in problem.requests}:
        wrong.append(Breach("what is open is not what was asked"))
    return tuple(wrong)


def judge_pairs(problem: AssignmentProblem, pairs: tuple[Pair, ...]) -> tuple[Breach, ...]:
    """Everything wrong with who helps with what, whatever is left open."""
    requests = {one.id: one for one in problem.requests}
    rows = {one.id: one for one in problem.volunteers}
    if unknown := [pair for pair in pairs if pair.request not in requests or pair.volunteer not in rows]:
        return tuple(Breach("is not among those given", pair.request) for pair in unknown)
    wrong = [Breach("a locked pair is gone", lock.request) for lock in problem.locked if lock not in pairs]
    by_person: dict[Id, list[Volunteer]] = {}
    for row in problem.volunteers:
        by_person.setdefault(row.person, []).append(row)
    people: dict[Id, list[tuple[Request, Volunteer, bool]]] = {}
    helpers: dict[Id, list[Volunteer]] = {}
    for pair in pairs:
        request, row = requests[pair.request], rows[pair.volunteer]
        people.setdefault(row.person, []).append((request, row, pair in problem.locked))
        helpers.setdefault(request.id, []).append(row)
        if pair not in problem.locked:
            wrong += _pair(problem, request, row)
    for person, tasks in people.items():
        mine = by_person[person]
        wrong += (Breach(what, person) for what in _person(problem, mine, tasks))
    return tuple(wrong + _company(problem, helpers) + _linked(problem, helpers))


def _pair(problem: AssignmentProblem, request: Request, row: Volunteer) -> list[Breach]:
    """Find what is wrong with one pair by itself."""
    wrong = []
    if not may_be_asked(row, request, problem.on):
        wrong.append(Breach("cannot be asked", row.id))
    if problem.roads is not None and row.id in problem.volunteer_places and request.id in problem.request_places:
        begin, end = problem.volunteer_places[row.id], problem.request_places[request.id]
        metres = float(problem.roads.metres[problem.roads.row(begin), problem.roads.row(end)])
        most = float("inf") if row.max_distance_m is None else row.max_distance_m
        if metres == float("inf") or round(metres) > most:
            wrong.append(Breach("is too far by road", row.id))
    if row.person in problem.new and request.id not in problem.duos:
        wrong.append(Breach("is new and would go alone", row.id))
    return wrong


def _person(
    problem: AssignmentProblem, rows: list[Volunteer], tasks: list[tuple[Request, Volunteer, bool]]
) -> list[str]:
    """Find what is wrong with all that one person would do."""
    wrong = []
    for (one, _, locked), (other, _, also_locked) in combinations(tasks, 2):
        if one.id == other.id:
            wrong.append("is on the same request twice")
        elif not (locked and also_locked) and not _can_do_both(problem, one, other):
            wrong.append("has two tasks that clash")
    for row in rows:
        if row.ceiling is None:
            continue
        form = "%G-%V" if row.ceiling.per == "week" else "%Y-%m"
        agreed = [day.strftime(form) for day in row.agreed]
        for period in {request.day.strftime(form) for request, _, locked in tasks if not locked}:
            planned = sum(request.day.strftime(form) == period for request, _, _ in tasks)
            if agreed.count(period) + planned > row.ceiling.times:
                wrong.append("has more than they have said they want")
    return wrong


def _can_do_both(problem: AssignmentProblem, one: Request, other: Request) -> bool:
    """Whether one person can take both: an any-time request has its day alone, others have the way between them."""
    before, after = one.window, other.window
    if before is None or after is None:
        return not {day for day, _, _ in one.days} & {day for day, _, _ in other.days}
    if (after.start, after.end) < (before.start, before.end):
        return _can_do_both(problem, other, one)
    return not before.overlaps(after) and after.start - before.end >= _way(problem, one, other)


def _way(problem: AssignmentProblem, first: Request, second: Request) -> timedelta:
    """Time on the way from one task to the next, in whole minutes, a day at most."""
    named = problem.request_places
    if problem.roads is not None and first.id in named and second.id in named:
        row, column = problem.roads.row(named[first.id]), problem.roads.row(named[second.id])
        seconds = float(problem.roads.seconds[row, column])
        return A_DAY if seconds > 86_400 else timedelta(minutes=-int(-seconds // 60))
    known = [metres for village, metres in second.village_metres.items() if village == first.village]
    if first.place is not None and second.place is not None:
        known.append(first.place.metres_to(second.place))
    if not known:
        return timedelta(minutes=problem.between_min)
    return min(A_DAY, timedelta(minutes=-(-max(known) // METRES_A_MINUTE)))


def _company(problem: AssignmentProblem, helpers: dict[Id, list[Volunteer]]) -> list[Breach]:
    """Find requests with too many or too few, and duos where both are new."""
    wrong = []
    locked = {(lock.request, lock.volunteer) for lock in problem.locked}
    for request, rows in helpers.items():
        all_locked = all((request, row.id) in locked for row in rows)
        if len(rows) != problem.seats(request) and not all_locked:
            wrong.append(Breach("has not as many as it takes", request))
        if sum(row.person in problem.new for row in rows) > 1 and not all_locked:
            wrong.append(Breach("has two who are new", request))
    return wrong


def _linked(problem: AssignmentProblem, helpers: dict[Id, list[Volunteer]]) -> list[Breach]:
    """Find linked requests that are not one person's, or that only some of are given."""
    wrong = []
    locked = {lock.request for lock in problem.locked}
    for group in problem.linked:
        people = {one: {row.person for row in helpers.get(one, ())} for one in group}
        free = [one for one in group if one not in locked]
        given = {frozenset(people[one]) for one in free}
        if len({person for one in people.values() for person in one}) > 1 or len(given) > 1:
            wrong.append(Breach("is not taken as a whole by one person", group[0]))
    return wrong
