"""Where in a tour does one more trip cost least? Cheap tests that are necessary first, then the exact one.

The places are scanned as in Ropke & Pisinger 2006 (doi:10.1287/trsc.1050.0135); what must hold at once (windows pushed
forward along the tour, room, the ride so far) cuts the scan, and only what is cheaper than the best so far meets the
exact test of `timing`. What was found is remembered by the fingerprint of trip and tour, since a search that changes
little asks the same question many times.
"""

import numpy as np

from planning.solvers.compiling import lean
from planning.solvers.rides.arrays import EARLIEST, EPS, LATEST, SERVICE, Desk, Flags, Memory, Reals, State, Task, Whole
from planning.solvers.rides.timing import settle, settle_rested
from planning.solvers.rides.tours import has_room, work_out

# The arrays are handed on one by one, and no rows are cut from them: each array that is taken out of a tuple or cut
# costs a counted reference, and these functions are called some million times a second.

NEVER = 1e18


@lean
def lay_out(
    stops: Whole,
    when: Reals,
    place: Whole,
    rows: Whole,
    known: Reals,
    node: Reals,
    tour: int,
    count: int,
    trip: int,
    trips: int,
    fetch: int,
    drop: int,
) -> None:
    """Write a tour with a trip put in, and the earliest starts known so far, on the scratch paper."""
    for x in range(fetch + 1):
        here = rows[tour, x]
        stops[x], when[x] = here, known[tour, x]
        place[here] = x
    stops[fetch + 1], when[fetch + 1] = trip, node[trip, EARLIEST]
    place[trip] = fetch + 1
    for x in range(fetch + 1, drop + 1):
        here = rows[tour, x]
        stops[x + 1], when[x + 1] = here, known[tour, x]
        place[here] = x + 1
    stops[drop + 2], when[drop + 2] = trip + trips, node[trip + trips, EARLIEST]
    for x in range(drop + 1, count):
        here = rows[tour, x]
        stops[x + 2], when[x + 2] = here, known[tour, x]
        place[here] = x + 2


@lean
def meets_someone_apart(
    apart: Flags, tour_of: Whole, place: Whole, trips: int, tour: int, trip: int, fetch: int, drop: int
) -> bool:
    """Whether the trip would sit in the car with one it may not ride with."""
    for other in range(apart.shape[0]):
        if apart[trip, other] and tour_of[other] == tour and place[other] <= drop and place[other + trips] > fetch:
            return True
    return False


@lean
def can_be_driven(
    stops: Whole,
    when: Reals,
    place: Whole,
    rows: Whole,
    known: Reals,
    node: Reals,
    tour: int,
    count: int,
    trip: int,
    trips: int,
    fetch: int,
    drop: int,
    drive: Reals,
    ride: Reals,
    longest: float,
) -> bool:
    """Test exactly whether a tour without a break can be driven with a trip put in."""
    lay_out(stops, when, place, rows, known, node, tour, count, trip, trips, fetch, drop)
    return settle(stops, count + 2, fetch + 1, drop + 3, when, place, trips, drive, node, ride, longest)


@lean
def agrees(task: Task, state: State, desk: Desk, tour: int, trip: int, fetch: int, drop: int) -> bool:
    """Test all that the cheap tests leave open, where a day has breaks or people apart."""
    n = task.trips
    if task.apart.shape[0] > 0 and meets_someone_apart(
        task.apart, state.tour_of, state.place, n, tour, trip, fetch, drop
    ):
        return False
    stops, when, place, count = desk.stops, desk.when, desk.place, state.length[tour]
    lay_out(stops, when, place, state.stops, state.soonest, task.node, tour, count, trip, n, fetch, drop)
    ride, longest = task.longest_ride, task.longest_tour[tour]
    if task.rests[tour, 0, SERVICE] > 0.0:
        rests, gaps = task.rests[tour], desk.gaps
        return settle_rested(stops, count + 2, rests, gaps, when, place, n, task.drive, task.node, ride, longest)
    return settle(stops, count + 2, fetch + 1, drop + 3, when, place, n, task.drive, task.node, ride, longest)


@lean
def scan(task: Task, state: State, desk: Desk, tour: int, trip: int, limit: float) -> tuple[float, int]:
    """Find the cheapest places in a tour to fetch and set down; the spot is -1 when none costs less than `limit`."""
    n, count, wide, longest = task.trips, state.length[tour], state.stops.shape[1], task.longest_tour[tour]
    drive, price, node, ride, load, room = task.drive, task.price, task.node, task.longest_ride, task.load, task.room
    stops, latest, soonest, aboard = state.stops, state.latest, state.soonest, state.aboard
    paper, when, place = desk.stops, desk.when, desk.place
    plain = task.rests[tour, 0, SERVICE] <= 0.0 and task.apart.shape[0] == 0
    down, best, spot = trip + n, limit, -1
    begin, end, last = node[trip, EARLIEST], node[trip, LATEST], node[down, LATEST] + EPS
    stay, direct = node[trip, SERVICE], drive[trip, down]
    for x in range(count - 1):
        if soonest[tour, x] > end:
            break
        here, then = stops[tour, x], stops[tour, x + 1]
        at = max(soonest[tour, x] + node[here, SERVICE] + drive[here, trip], begin)
        if at > end + EPS or not has_room(load, trip, aboard, tour, x, room):
            continue
        to_trip = price[here, trip] - price[here, then] * (count > 2)
        detour, gone = to_trip + price[trip, then], at + stay
        leave, cost = gone + direct, to_trip + price[trip, down] + price[down, then]
        left_at = min(latest[tour, x + 1] - stay - drive[trip, then], end) + stay + ride[trip] + EPS
        y, before = x, trip
        while True:
            arrive = max(leave, node[down, EARLIEST])
            if arrive > last or (y > x and arrive > left_at):
                break
            if (
                cost < best
                and arrive + node[down, SERVICE] + drive[down, then] <= latest[tour, y + 1] + EPS
                and (
                    can_be_driven(
                        paper, when, place, stops, soonest, node, tour, count, trip, n, x, y, drive, ride, longest
                    )
                    if plain
                    else agrees(task, state, desk, tour, trip, x, y)
                )
            ):
                best, spot = cost, x * wide + y
            y += 1
            if y >= count - 1 or detour >= best:
                break
            gone = max(gone + drive[before, then], soonest[tour, y])
            if gone > latest[tour, y] + EPS or not has_room(load, trip, aboard, tour, y, room):
                break
            gone += node[then, SERVICE]
            leave, before = gone + drive[then, down], then
            then = stops[tour, y + 1]
            cost = detour + price[before, down] + price[down, then] - price[before, then]
    return best, spot


@lean
def cheapest(
    task: Task, state: State, desk: Desk, memory: Memory, tour: int, trip: int, limit: float, key: np.uint64
) -> tuple[float, int]:
    """Find where a trip costs least in a tour, and remember it."""
    if state.stale[tour]:
        work_out(task, state, tour)
    cost, spot = scan(task, state, desk, tour, trip, limit)
    at = np.int64(key & np.uint64(memory.key.shape[0] - 1))
    memory.key[at], memory.cost[at], memory.spot[at] = key, cost, spot
    return cost, spot
