"""How a day of rides becomes the arrays that the search works on.

Windows are made no wider than they can be used (Cordeau 2006, doi:10.1287/opre.1060.0283), which loses nothing.
"""

from collections.abc import Mapping

import numpy as np

from planning.solvers.rides.arrays import EARLIEST, LATEST, SERVICE, Flags, Reals, Task, Whole
from planning.solvers.rides.suits import goes_well, keeps_apart, tours_of, why_not
from planning.solvers.rides.tours import fingerprints
from planning.vocabulary.identity import Id
from planning.vocabulary.ride import RideProblem, Shift

FAR = 1e9
"""Stands for no way at all."""
NEIGHBOURS = 120


def read(problem: RideProblem, before: Mapping[Id, Id] | None = None) -> Task:
    """Give the arrays of a day. `before` is which vehicle each trip had in the plan before."""
    tours = tours_of(problem)
    n, m = len(problem.trips), len(tours)
    drive, price = _ways(problem, tours)
    node = windows_of(problem, tours)
    ride = np.array([min(trip.longest_ride, FAR) for trip in problem.trips], np.float64)
    _tighten(node, drive, ride, n, m)
    allowed, frozen = _allowed(problem, tours, node)
    opening = np.array([problem.vehicles[v].fixed_cost for v, _ in tours], np.float64)
    change = _changes(problem, tours, before or {})
    apart, fond = _company(problem)
    most = 4 * float(price[price < FAR].max(initial=0.0)) + float(opening.max(initial=0.0)) + 1.0
    most += float(change.max(initial=0.0)) + float(fond.sum(axis=1).max(initial=0.0))
    shifts = [problem.vehicles[v].shifts[s] for v, s in tours]
    longest = np.array([min(shift.longest, FAR) for shift in shifts], np.float64)
    load, room = _places(problem, tours)
    rests = _rests(shifts)
    kind = _kinds(node[2 * n :], drive, price, (allowed.T, opening, change.T, rests, longest, room), n, m)
    return Task(
        trips=n, tours=m, drive=drive, price=price, node=node, longest_ride=ride, load=load, room=room,
        longest_tour=longest, rests=rests, allowed=allowed, opening=opening, change=change,
        worth=np.array([10 * most * trip.priority for trip in problem.trips], np.float64), frozen=frozen, kind=kind,
        partner=_partners(problem), apart=apart, fond=fond,
        rich=bool(opening.any() or change.any() or fond.any()),
        near=_near(drive, node, n), mark=fingerprints(2 * n + 2 * m),
    )  # fmt: skip


def _ways(problem: RideProblem, tours: tuple[tuple[int, int], ...]) -> tuple[Reals, Reals]:
    """Seconds and prices from node to node; a car that stands elsewhere is fetched first and brought back last."""
    matrix, trips, vehicles = problem.matrix, problem.trips, problem.vehicles
    places = [trip.pickup for trip in trips] + [trip.drop for trip in trips]
    places += [vehicles[v].start for v, _ in tours] + [vehicles[v].end for v, _ in tours]
    rows = np.array([matrix.row(place) for place in places], np.int64)
    tables = []
    for table, passing in ((matrix.seconds, 1.0), (matrix.metres, 0.0)):
        full = np.ascontiguousarray(table[np.ix_(rows, rows)])
        for x, (v, _) in enumerate(tours):
            vehicle = vehicles[v]
            if vehicle.fetched_at is not None:
                pool, wait = matrix.row(vehicle.fetched_at), passing * vehicle.fetching
                begin, end = 2 * len(trips) + x, 2 * len(trips) + len(tours) + x
                full[begin, :] = table[matrix.row(vehicle.start), pool] + wait + table[pool, rows]
                full[:, end] = table[rows, pool] + wait + table[pool, matrix.row(vehicle.end)]
        tables.append(np.minimum(full, FAR))
    drive, metres = tables
    return drive, np.minimum(problem.second_price * drive + problem.metre_price * metres, FAR)


def windows_of(problem: RideProblem, tours: tuple[tuple[int, int], ...]) -> Reals:
    """Earliest and latest start and length of service of each node; told times are kept."""
    told = {lock.trip: lock for lock in problem.locks}
    fetch, drop = [], []
    for trip in problem.trips:
        first, last = trip.pickup_window.start, trip.pickup_window.end
        if lock := told.get(trip.id):
            first, last = max(first, lock.fetch - lock.give), min(last, lock.fetch + lock.give)
        fetch.append((first, last, trip.service[0]))
        first, last = trip.drop_window.start, trip.drop_window.end
        if trip.received is not None:
            first, last = max(first, trip.received.start), min(last, trip.received.end - trip.service[1])
        drop.append((first, last, trip.service[1]))
    hours = [problem.vehicles[v].shifts[s].hours for v, s in tours]
    ends = [(span.start, span.end, 0.0) for span in hours]
    return np.array(fetch + drop + ends + ends, np.float64).reshape(-1, 3)


def _tighten(node: Reals, drive: Reals, ride: Reals, n: int, m: int) -> None:
    """Move the windows of both ends of each trip as near to each other as they can be used."""
    if not n or not m:
        return
    up, down, begin, end = slice(0, n), slice(n, 2 * n), slice(2 * n, 2 * n + m), slice(2 * n + m, 2 * n + 2 * m)
    direct = drive[np.arange(n), np.arange(n, 2 * n)]
    out = (node[begin, EARLIEST, None] + drive[begin, up]).min(axis=0)
    back = (node[end, LATEST][None, :] - drive[down, end]).max(axis=1) - node[down, SERVICE]
    node[up, EARLIEST] = np.maximum(node[up, EARLIEST], out)
    node[down, LATEST] = np.minimum(node[down, LATEST], back)
    for _ in range(2):
        stay = node[up, SERVICE]
        node[up, EARLIEST] = np.maximum(node[up, EARLIEST], node[down, EARLIEST] - ride - stay)
        node[up, LATEST] = np.minimum(node[up, LATEST], node[down, LATEST] - direct - stay)
        node[down, EARLIEST] = np.maximum(node[down, EARLIEST], node[up, EARLIEST] + stay + direct)
        node[down, LATEST] = np.minimum(node[down, LATEST], node[up, LATEST] + stay + ride)


def _allowed(problem: RideProblem, tours: tuple[tuple[int, int], ...], node: Reals) -> tuple[Flags, Flags]:
    """Which trip may go in which tour, and which trips stay where they are."""
    n = len(problem.trips)
    told = {lock.trip: lock.vehicle for lock in problem.locks}
    allowed = np.zeros((n, len(tours)), np.bool_)
    for r, trip in enumerate(problem.trips):
        ends = node[[r, n + r]]
        if (ends[:, EARLIEST] > ends[:, LATEST]).any():
            continue
        suits = [why_not(trip, vehicle) is None and told.get(trip.id, vehicle.id) == vehicle.id
                 for vehicle in problem.vehicles]  # fmt: skip
        allowed[r] = [suits[v] for v, _ in tours]
    return allowed, np.array([trip.id in told for trip in problem.trips], np.bool_)


def _changes(problem: RideProblem, tours: tuple[tuple[int, int], ...], before: Mapping[Id, Id]) -> Reals:
    """What it costs to give a trip another vehicle than it had."""
    change = np.zeros((len(problem.trips), len(tours)))
    for r, trip in enumerate(problem.trips):
        if (had := before.get(trip.id)) is not None:
            change[r] = [0.0 if problem.vehicles[v].id == had else problem.change_price for v, _ in tours]
    return change


def _company(problem: RideProblem) -> tuple[Flags, Reals]:
    """Who may not, and who would rather, ride together; no rows when it is nobody."""
    trips = problem.trips
    apart, fond = np.zeros((0, 0), np.bool_), np.zeros((0, 0))
    if any(trip.not_with for trip in trips):
        apart = np.array([[keeps_apart(one, other) for other in trips] for one in trips], np.bool_)
    if problem.company > 0 and any(trip.rather_with for trip in trips):
        fond = problem.company * np.array([[goes_well(one, other) for other in trips] for one in trips], np.float64)
    return (apart if apart.any() else apart[:0, :0]), fond


def _places(problem: RideProblem, tours: tuple[tuple[int, int], ...]) -> tuple[Whole, Whole]:
    """What each node takes, and what each tour holds. A vehicle with fewer plans has its first again."""
    kinds = len(problem.places)
    taken = np.array([trip.taken for trip in problem.trips], np.int64).reshape(-1, kinds)
    load = np.concatenate([taken, -taken, np.zeros((2 * len(tours), kinds), np.int64)])
    plans = max((len(vehicle.seat_plans) for vehicle in problem.vehicles), default=1)
    room = np.zeros((len(tours), plans, kinds), np.int64)
    for x, (v, _) in enumerate(tours):
        own = problem.vehicles[v].seat_plans
        room[x] = own + (own[0],) * (plans - len(own))
    return load, room


def _rests(shifts: list[Shift]) -> Reals:
    """The breaks of each tour; what a tour has fewer of lasts 0 seconds."""
    rests = np.zeros((len(shifts), max([1, *(len(shift.breaks) for shift in shifts)]), 3))
    for x, shift in enumerate(shifts):
        for y, rest in enumerate(shift.breaks):
            rests[x, y] = rest.window.start, rest.window.end, rest.seconds
    return rests


def _kinds(ends: Reals, drive: Reals, price: Reals, more: tuple[Flags | Reals | Whole, ...], n: int, m: int) -> Whole:
    """Number the tours so that those alike in everything have the same number."""
    known: dict[bytes, int] = {}
    kind = np.zeros(m, np.int64)
    for x in range(m):
        rows = [table[2 * n + x, : 2 * n] for table in (drive, price)]
        rows += [table[: 2 * n, 2 * n + m + x] for table in (drive, price)]
        rows += [ends[x], ends[m + x], *(np.asarray(part[x]) for part in more)]
        kind[x] = known.setdefault(b"|".join(np.ascontiguousarray(row).tobytes() for row in rows), len(known))
    return kind


def _partners(problem: RideProblem) -> Whole:
    rows = {trip.id: r for r, trip in enumerate(problem.trips)}
    return np.array([-1 if trip.pair is None else rows[trip.pair] for trip in problem.trips], np.int64)


def _near(drive: Reals, node: Reals, n: int) -> Whole:
    """Sort for each trip the others by how alike they are, in place and time."""
    if n < 2:
        return np.zeros((n, max(n, 1)), np.int64)
    middle = node[: 2 * n, :2].mean(axis=1)
    alike = np.zeros((n, n))
    for part in (slice(0, n), slice(n, 2 * n)):
        alike += drive[part, part] + 0.3 * np.abs(middle[part, None] - middle[None, part])
    np.fill_diagonal(alike, np.inf)
    return np.argsort(alike, axis=1, kind="stable")[:, : min(n - 1, NEIGHBOURS)].astype(np.int64)
