"""Tours under way: putting a trip in, taking it out, and knowing what follows."""

import numpy as np

from planning.solvers.chance import Bits
from planning.solvers.compiling import lean
from planning.solvers.rides.arrays import EARLIEST, LATEST, Reals, State, Task, Whole
from planning.solvers.rides.timing import hold_back, settle

LEFT, RIGHT, AGAIN = np.uint64(13), np.uint64(7), np.uint64(17)


@lean
def stir(x: np.uint64) -> np.uint64:
    """Mix the bits of a fingerprint, so that the order of what goes into it counts."""
    x ^= x << LEFT
    x ^= x >> RIGHT
    x ^= x << AGAIN
    return x


@lean
def refresh(task: Task, state: State, tour: int) -> None:
    """Note where the stops of a changed tour stand, what it costs, and its fingerprint."""
    stops, count = state.stops[tour], state.length[tour]
    price, mark, place = task.price, task.mark, state.place
    begin = 2 * task.trips + task.kind[tour]
    cost, seen = 0.0, stir(mark[begin])
    place[stops[0]] = 0
    for i in range(1, count):
        here = stops[i]
        place[here] = i
        cost += price[stops[i - 1], here]
        if i < count - 1:
            seen = stir(seen ^ mark[here])
    state.cost[tour] = cost if count > 2 else 0.0
    state.print[tour] = seen
    state.stale[tour] = True


@lean
def work_out(task: Task, state: State, tour: int) -> bool:
    """Work out the earliest and latest schedule of a tour and what is aboard after each stop; False if it cannot be."""
    n, count = task.trips, state.length[tour]
    stops, soonest, latest = state.stops[tour], state.soonest[tour], state.latest[tour]
    for i in range(count):
        soonest[i] = task.node[stops[i], EARLIEST]
        latest[i] = task.node[stops[i], LATEST]
    longest = task.longest_tour[tour]
    fine = settle(stops, count, 1, count, soonest, state.place, n, task.drive, task.node, task.longest_ride, longest)
    hold_back(stops, count, latest, state.place, n, task.drive, task.node, task.longest_ride, longest)
    for kind in range(task.load.shape[1]):
        aboard = 0
        for i in range(count):
            aboard += task.load[stops[i], kind]
            state.aboard[tour, i, kind] = aboard
    state.stale[tour] = False
    return fine


@lean
def put_in(stops: Whole, length: Whole, tour: int, trip: int, trips: int, fetch: int, drop: int) -> None:
    """Put a trip in a tour: fetched after what stands at `fetch`, set down after what stands at `drop`."""
    row, count = stops[tour], length[tour]
    for x in range(count - 1, drop, -1):
        row[x + 2] = row[x]
    row[drop + 2] = trip + trips
    for x in range(drop, fetch, -1):
        row[x + 1] = row[x]
    row[fetch + 1] = trip
    length[tour] = count + 2


@lean
def take_out(stops: Whole, length: Whole, tour: int, trip: int, trips: int) -> None:
    """Take a trip out of a tour."""
    row, kept = stops[tour], 0
    for x in range(length[tour]):
        if row[x] != trip and row[x] != trip + trips:
            row[kept] = row[x]
            kept += 1
    length[tour] = kept


@lean
def insert(task: Task, state: State, tour: int, trip: int, spot: int) -> None:
    """Put a trip in at a spot found by `inserting.cheapest`."""
    wide = state.stops.shape[1]
    put_in(state.stops, state.length, tour, trip, task.trips, spot // wide, spot % wide)
    state.tour_of[trip] = tour
    refresh(task, state, tour)


@lean
def has_room(load: Whole, trip: int, aboard: Whole, tour: int, x: int, room: Whole) -> bool:
    """Whether a trip and what is aboard after position `x` fit one of the tour's seat plans."""
    for plan in range(room.shape[1]):
        fits = True
        for kind in range(load.shape[1]):
            if load[trip, kind] + aboard[tour, x, kind] > room[tour, plan, kind]:
                fits = False
                break
        if fits:
            return True
    return False


@lean
def fond_of(fond: Reals, tour_of: Whole, trip: int, tour: int) -> float:
    """What it is worth that `trip` shares this tour with those it would rather ride with."""
    total = 0.0
    for other in range(fond.shape[0]):
        if fond[trip, other] > 0.0 and tour_of[other] == tour and other != trip:
            total += fond[trip, other]
    return total


@lean
def total(task: Task, state: State) -> float:
    """What the plan costs in all, those left out included."""
    cost = 0.0
    for tour in range(task.tours):
        cost += state.cost[tour]
        if state.length[tour] > 2:
            cost += task.opening[tour]
    for trip in range(task.trips):
        tour = state.tour_of[trip]
        if tour < 0:
            cost += task.worth[trip]
        else:
            cost += task.change[trip, tour]
            if task.fond.shape[0] > 0:
                cost -= 0.5 * fond_of(task.fond, state.tour_of, trip, tour)
    return cost


def fingerprints(count: int) -> Bits:
    """Random numbers for recognising tours, the same in every run."""
    return np.random.SeedSequence(20261122).generate_state(count, np.uint64).astype(np.uint64)
