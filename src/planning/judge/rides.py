"""Is this plan of rides right? Each rule once more, slow and plain, from the problem and the stops alone."""

from collections.abc import Iterator
from itertools import pairwise

from planning.judge.schedules import TOLERANCE, Call, earliest, eight_steps
from planning.judge.suggestions import Breach
from planning.vocabulary.identity import Id
from planning.vocabulary.ride import At, RidePlan, RideProblem, Shift, Span, Stop, Tour, Trip, Vehicle


def judge_rides(problem: RideProblem, plan: RidePlan) -> tuple[Breach, ...]:
    """Everything wrong with `plan` as an answer to `problem`; empty means that it is right."""
    wrong = [*_everyone_once(problem, plan), *_off_the_map(problem, plan)]
    if wrong:
        return tuple(wrong)
    for tour in plan.tours:
        wrong += judge_tour(problem, tour)
    wrong += _pairs(problem, plan)
    wrong += _locks(problem, plan)
    if abs(plan.cost - _cost(problem, plan)) > 0.01 + 1e-6 * abs(plan.cost):
        wrong.append(Breach(f"does not cost {plan.cost:.3f} but {_cost(problem, plan):.3f}"))
    return tuple(wrong)


def _everyone_once(problem: RideProblem, plan: RidePlan) -> Iterator[Breach]:
    """Each trip is fetched and set down once, or is among those not planned; each shift is driven once."""
    found = [stop.trip for tour in plan.tours for stop in tour.stops if stop.at is At.FETCH]
    dropped = [stop.trip for tour in plan.tours for stop in tour.stops if stop.at is At.SET_DOWN]
    out = [one.id for one in plan.unplanned]
    for trip in problem.trips:
        times = found.count(trip.id), dropped.count(trip.id), out.count(trip.id)
        if times not in {(1, 1, 0), (0, 0, 1)}:
            yield Breach("is not planned once or left out once", trip.id)
    known = {trip.id for trip in problem.trips}
    for who in [*found, *dropped, *out]:
        if who not in known:
            yield Breach("is not a trip of the day", who)
    shifts = [(tour.vehicle, tour.shift) for tour in plan.tours]
    there = {vehicle.id: len(vehicle.shifts) for vehicle in problem.vehicles}
    for vehicle, shift in shifts:
        if shifts.count((vehicle, shift)) > 1 or not 0 <= shift < there.get(vehicle, 0):
            yield Breach(f"has no such shift free: {shift}", vehicle)


def _off_the_map(problem: RideProblem, plan: RidePlan) -> Iterator[Breach]:
    """Each stop is at a place that the day knows."""
    known = set(problem.matrix.places)
    for tour in plan.tours:
        for stop in tour.stops:
            if stop.place not in known and (stop.place is not None or stop.at is not At.BREAK):
                yield Breach(f"stops where there is no place: {stop.place!r}", tour.vehicle)


def judge_tour(problem: RideProblem, tour: Tour) -> list[Breach]:
    """Everything wrong with one tour, whatever the others do."""
    vehicle = problem.vehicle(tour.vehicle)
    shift = vehicle.shifts[tour.shift]
    ends = [stop.at for stop in tour.stops]
    if len(ends) < 2 or ends[0] is not At.START or ends[-1] is not At.END or set(ends[1:-1]) & {At.START, At.END}:
        return [Breach("does not go from its start to its end", vehicle.id)]
    if (tour.stops[0].place, tour.stops[-1].place) != (vehicle.start, vehicle.end):
        return [Breach("starts or ends in another place than its own", vehicle.id)]
    wrong = list(_order(problem, tour))
    if wrong:
        return wrong
    wrong += _times(problem, vehicle, shift, tour)
    wrong += _promises(problem, tour)
    wrong += _rests(problem, vehicle, shift, tour)
    wrong += _aboard(problem, vehicle, tour)
    for trip in (problem.trip(stop.trip) for stop in tour.stops if stop.at is At.FETCH):
        wrong += _may_go(trip, vehicle)
    return wrong + _can_be_driven(problem, vehicle, shift, tour)


def _order(problem: RideProblem, tour: Tour) -> Iterator[Breach]:
    """A trip is fetched where it should be, and set down later in the same tour."""
    sitting: set[Id] = set()
    for stop in tour.stops:
        if stop.at is At.FETCH:
            sitting.add(stop.trip)
            if stop.place != problem.trip(stop.trip).pickup:
                yield Breach("is fetched in another place", stop.trip)
        elif stop.at is At.SET_DOWN:
            if stop.trip not in sitting:
                yield Breach("is set down before being fetched", stop.trip)
            sitting.discard(stop.trip)
            if stop.place != problem.trip(stop.trip).drop:
                yield Breach("is set down in another place", stop.trip)
    for who in sorted(sitting, key=repr):
        yield Breach("is never set down", who)


def seconds_between(problem: RideProblem, vehicle: Vehicle, before: Stop, after: Stop) -> float:
    """How long the way takes, by where the car stands when it is fetched first and brought back last."""
    places, waits = [before.place, after.place], 0.0
    if vehicle.fetched_at is not None and before.at is At.START:
        places.insert(1, vehicle.fetched_at)
        waits += vehicle.fetching
    if vehicle.fetched_at is not None and after.at is At.END:
        places.insert(-1, vehicle.fetched_at)
        waits += vehicle.fetching
    rows = [problem.matrix.row(place) for place in places]
    return waits + sum(float(problem.matrix.seconds[a, b]) for a, b in pairwise(rows))


def _moving(tour: Tour) -> list[Stop]:
    return [stop for stop in tour.stops if stop.at is not At.BREAK]


def _times(problem: RideProblem, vehicle: Vehicle, shift: Shift, tour: Tour) -> Iterator[Breach]:
    """Driving, hours and the longest working time, by the times that the plan tells."""
    for stop in tour.stops:
        if stop.start < stop.arrive - TOLERANCE:
            yield Breach("begins before the car is there", stop.trip or vehicle.id)
    stops = _moving(tour)
    for before, after in pairwise(stops):
        if after.arrive < before.leave + seconds_between(problem, vehicle, before, after) - TOLERANCE:
            yield Breach("is reached sooner than one can drive", after.trip or vehicle.id)
    begin, end = stops[0].start, stops[-1].start
    if begin < shift.hours.start - TOLERANCE or end > shift.hours.end + TOLERANCE:
        yield Breach("works outside the hours", vehicle.id)
    if end - begin > shift.longest + TOLERANCE:
        yield Breach("works too long", vehicle.id)


def _promises(problem: RideProblem, tour: Tour) -> Iterator[Breach]:
    """Windows, service, rides and hand-overs: what each passenger has been promised."""
    fetched: dict[Id, float] = {}
    for stop in tour.stops:
        if stop.at not in {At.FETCH, At.SET_DOWN}:
            continue
        trip, is_fetch = problem.trip(stop.trip), stop.at is At.FETCH
        window, service = (trip.pickup_window, trip.service[0]) if is_fetch else (trip.drop_window, trip.service[1])
        if not window.start - TOLERANCE <= stop.start <= window.end + TOLERANCE:
            yield Breach(f"has its {stop.at} outside the window", trip.id)
        if abs(stop.leave - stop.start - service) > TOLERANCE:
            yield Breach(f"has another time for its {stop.at} than it takes", trip.id)
        if is_fetch:
            fetched[trip.id] = stop.leave
        elif stop.start - fetched[trip.id] > trip.longest_ride + TOLERANCE:
            yield Breach("rides too long", trip.id)
        if not is_fetch and trip.received is not None and not _meets(stop, trip.received):
            yield Breach("is handed over when nobody is there", trip.id)


def _meets(stop: Stop, there: Span) -> bool:
    return there.start - TOLERANCE <= stop.start and stop.leave <= there.end + TOLERANCE


def _rests(problem: RideProblem, vehicle: Vehicle, shift: Shift, tour: Tour) -> Iterator[Breach]:
    """Each break is had before, after, or under way with nobody aboard and time for it."""
    taken = [stop for stop in tour.stops if stop.at is At.BREAK]
    if taken and not shift.breaks:
        yield Breach("has a break that nobody asked for", vehicle.id)
        return
    for one in shift.breaks:
        had = [stop for stop in taken if _within(one.window, stop.start)]
        before = tour.stops[0].start >= one.window.start + one.seconds - TOLERANCE
        after = tour.stops[-1].leave <= one.window.end + TOLERANCE
        if not had and not before and not after:
            yield Breach("has no break", vehicle.id)
        if any(stop.leave - stop.start < one.seconds - TOLERANCE for stop in had):
            yield Breach("has too short a break", vehicle.id)
    if not all(any(_within(one.window, stop.start) for one in shift.breaks) for stop in taken):
        yield Breach("has a break at another time than it may", vehicle.id)
    ends = [stop.at for stop in tour.stops]
    for x, at in enumerate(ends):
        if at is At.BREAK and ends[:x].count(At.FETCH) != ends[:x].count(At.SET_DOWN):
            yield Breach("has a break with someone in the car", vehicle.id)
    moving = [x for x, at in enumerate(ends) if at is not At.BREAK]
    for first, last in pairwise(moving):
        if last > first + 1 and not _fit_between(problem, vehicle, tour.stops[first : last + 1]):
            yield Breach("has a break somewhere else than where the car stands", vehicle.id)


def _within(window: Span, start: float) -> bool:
    return window.start - TOLERANCE <= start <= window.end + TOLERANCE


def _fit_between(problem: RideProblem, vehicle: Vehicle, stops: tuple[Stop, ...]) -> bool:
    """Whether the breaks and the way fit between two stops: breaks before it is driven, then on it, then at its end."""
    (before, *rests, after), way = stops, seconds_between(problem, vehicle, stops[0], stops[-1])
    if any(later.start < one.leave - TOLERANCE for one, later in pairwise(stops)):
        return False
    told = [stop.place for stop in rests]
    for first in range(len(rests) + 1):
        for last in range(first, len(rests) + 1):
            there = [before.place] * first + [None] * (last - first) + [after.place] * (len(rests) - last)
            begin = rests[first - 1].leave if first else before.leave
            end = rests[last].start if last < len(rests) else after.arrive
            driven = end - begin - sum(stop.leave - stop.start for stop in rests[first:last])
            if told == there and driven >= way - TOLERANCE:
                return True
    return False


def _aboard(problem: RideProblem, vehicle: Vehicle, tour: Tour) -> Iterator[Breach]:
    """At each moment what is aboard fits one seat plan, and nobody sits with someone they may not ride with."""
    sitting: list[Trip] = []
    for stop in tour.stops:
        if stop.at is At.SET_DOWN:
            sitting = [trip for trip in sitting if trip.id != stop.trip]
        if stop.at is not At.FETCH:
            continue
        new = problem.trip(stop.trip)
        for trip in sitting:
            if trip.person in new.not_with or new.person in trip.not_with:
                yield Breach("rides with someone they may not ride with", new.id)
        sitting.append(new)
        needed = [sum(trip.taken[kind] for trip in sitting) for kind in range(len(problem.places))]
        if not any(all(need <= has for need, has in zip(needed, plan, strict=True)) for plan in vehicle.seat_plans):
            yield Breach(f"holds {needed}, more than any seat plan", vehicle.id)


def _may_go(trip: Trip, vehicle: Vehicle) -> Iterator[Breach]:
    """Features, a guardian's consent, and who may not drive whom."""
    if trip.needs - vehicle.features:
        yield Breach("needs what the vehicle and its driver do not have", trip.id)
    if trip.agreed is not None and vehicle.driver not in trip.agreed:
        yield Breach("goes with a driver that the guardian has not agreed to", trip.id)
    if vehicle.id in trip.not_with or vehicle.driver in trip.not_with or trip.person in vehicle.refuses:
        yield Breach("goes with a driver they may not go with", trip.id)


def _can_be_driven(problem: RideProblem, vehicle: Vehicle, shift: Shift, tour: Tour) -> list[Breach]:
    """Ask both evaluations about the order of stops; a tour with a break on the way is left to its own times."""
    stops = _moving(tour)
    calls: list[Call] = []
    at = {stop.trip: x for x, stop in enumerate(stops) if stop.at is At.FETCH}
    for x, stop in enumerate(stops):
        if stop.at is At.FETCH:
            window = problem.trip(stop.trip).pickup_window
            calls.append(Call(x, window.start, window.end, problem.trip(stop.trip).service[0]))
        elif stop.at is At.SET_DOWN:
            trip = problem.trip(stop.trip)
            window = trip.drop_window
            calls.append(Call(x, window.start, window.end, trip.service[1], at[trip.id], trip.longest_ride))
        else:
            calls.append(Call(x, shift.hours.start, shift.hours.end))

    def way(before: object, after: object) -> float:
        return seconds_between(problem, vehicle, stops[int(str(before))], stops[int(str(after))])

    exact = earliest(calls, way, shift.longest) is not None
    if not exact and eight_steps(calls, way, shift.longest) is not None:
        return [Breach("the two evaluations do not agree about this tour", vehicle.id)]
    return [] if exact else [Breach("cannot be driven in this order", vehicle.id)]


def _pairs(problem: RideProblem, plan: RidePlan) -> Iterator[Breach]:
    """Out and home: both or neither, and home is after out."""
    out = {one.id for one in plan.unplanned}
    when = {(stop.trip, stop.at): stop.start for tour in plan.tours for stop in tour.stops}
    for trip in problem.trips:
        if trip.pair is None:
            continue
        if (trip.id in out) != (trip.pair in out):
            yield Breach("is planned without the way back", trip.id)
        elif trip.id not in out:
            first, second = sorted((trip.id, trip.pair), key=lambda one: when[one, At.FETCH])
            if when[second, At.FETCH] < when[first, At.SET_DOWN] - TOLERANCE:
                yield Breach("begins before the other way has ended", second)


def _locks(problem: RideProblem, plan: RidePlan) -> Iterator[Breach]:
    """What has been told stays; a lock that cannot be kept is told among those not planned."""
    found = {stop.trip: (tour.vehicle, stop.start) for tour in plan.tours for stop in tour.stops if stop.at is At.FETCH}
    for lock in problem.locks:
        vehicle, start = found.get(lock.trip, (lock.vehicle, lock.fetch))
        if vehicle != lock.vehicle or abs(start - lock.fetch) > lock.give + TOLERANCE:
            yield Breach("was told otherwise and must stay", lock.trip)


def _cost(problem: RideProblem, plan: RidePlan) -> float:
    """Driving, fixed costs, and what it is worth that friends share a tour."""
    cost = 0.0
    for tour in plan.tours:
        vehicle, stops = problem.vehicle(tour.vehicle), _moving(tour)
        cost += vehicle.fixed_cost
        for before, after in pairwise(stops):
            cost += problem.second_price * seconds_between(problem, vehicle, before, after)
            cost += problem.metre_price * _metres(problem, vehicle, before, after)
        riders = [problem.trip(stop.trip) for stop in stops if stop.at is At.FETCH]
        for x, one in enumerate(riders):
            for other in riders[x + 1 :]:
                likes = other.person in one.rather_with or one.person in other.rather_with
                cost -= problem.company if likes and one.person != other.person else 0.0
    return cost


def _metres(problem: RideProblem, vehicle: Vehicle, before: Stop, after: Stop) -> float:
    places = [before.place, after.place]
    if vehicle.fetched_at is not None:
        places[1:1] = [vehicle.fetched_at] * (before.at is At.START)
        places[-1:-1] = [vehicle.fetched_at] * (after.at is At.END)
    rows = [problem.matrix.row(place) for place in places]
    return sum(float(problem.matrix.metres[a, b]) for a, b in pairwise(rows))
