"""Which trips are taken out of the plan before it is mended.

Shaw 1998 (doi:10.1007/3-540-49481-2_30) and Ropke & Pisinger 2006 (doi:10.1287/trsc.1050.0135) for alike and costly
trips; strings of neighbouring tours after Christiaens & Vanden Berghe 2020 (doi:10.1287/trsc.2019.0914).
"""

from planning.solvers.chance import Bits, below, draw
from planning.solvers.compiling import lean
from planning.solvers.rides.arrays import Desk, State, Task

AT_RANDOM, ALIKE, STRINGS = 0.12, 0.5, 0.9
"""Shares of the four ways, each added to those before; the rest takes the costly."""


@lean
def choose(task: Task, desk: Desk, trip: int, count: int) -> int:
    """Note that a trip is to be taken out, unless it is already or must stay; how many there are then."""
    if desk.is_out[trip] or task.frozen[trip]:
        return count
    desk.is_out[trip] = True
    desk.out[count] = trip
    return count + 1


@lean
def choose_at_random(task: Task, desk: Desk, rng: Bits, count: int, goal: int) -> int:
    """Choose any trips."""
    for _ in range(20 * task.trips):
        if count >= goal:
            break
        count = choose(task, desk, below(rng, task.trips), count)
    return count


@lean
def choose_alike(task: Task, desk: Desk, rng: Bits, seed: int, count: int, goal: int) -> int:
    """Choose trips like `seed` or like one chosen before."""
    first = count
    count = choose(task, desk, seed, count)
    for _ in range(6 * task.trips):
        if count >= goal:
            break
        like = desk.out[first + below(rng, count - first)] if count > first else seed
        count = choose(task, desk, task.near[like, int(draw(rng) ** 6 * task.near.shape[1])], count)
    return count


@lean
def choose_strings(task: Task, state: State, desk: Desk, rng: Bits, seed: int, count: int, goal: int) -> int:
    """Choose stretches of the tours that pass near `seed`."""
    n = task.trips
    half = 1 + below(rng, 10)
    desk.seen[:] = False
    for x in range(-1, task.near.shape[1]):
        if count >= goal:
            break
        trip = seed if x < 0 else task.near[seed, x]
        tour = state.tour_of[trip]
        if tour < 0 or desk.is_out[trip] or desk.seen[tour]:
            continue
        desk.seen[tour] = True
        begin = max(1, state.place[trip] - below(rng, 2 * half))
        end = min(max(begin + 2 * half, state.place[trip] + 1), state.length[tour] - 1)
        for y in range(begin, end):
            if count < goal:
                here = state.stops[tour, y]
                count = choose(task, desk, here if here < n else here - n, count)
    return count


@lean
def saving(task: Task, state: State, trip: int) -> float:
    """How much driving ends when a trip is taken out."""
    tour, price = state.tour_of[trip], task.price
    stops, fetch, drop = state.stops[tour], state.place[trip], state.place[trip + task.trips]
    down = trip + task.trips
    if drop == fetch + 1:
        ends = price[stops[fetch - 1], trip] + price[trip, down] + price[down, stops[drop + 1]]
        return float(ends - price[stops[fetch - 1], stops[drop + 1]])
    first = price[stops[fetch - 1], trip] + price[trip, stops[fetch + 1]] - price[stops[fetch - 1], stops[fetch + 1]]
    second = price[stops[drop - 1], down] + price[down, stops[drop + 1]] - price[stops[drop - 1], stops[drop + 1]]
    return float(first + second)


@lean
def choose_costly(task: Task, state: State, desk: Desk, rng: Bits, count: int, goal: int) -> int:
    """Choose trips that cost much where they are, by lot among them."""
    n = task.trips
    for trip in range(n):
        served = state.tour_of[trip] >= 0 and not desk.is_out[trip]
        desk.rank[trip] = saving(task, state, trip) * (0.5 + draw(rng)) if served else -1.0
    while count < goal:
        worst = -1
        for trip in range(n):
            if desk.rank[trip] >= 0.0 and (worst < 0 or desk.rank[trip] > desk.rank[worst]):
                worst = trip
        if worst < 0:
            break
        desk.rank[worst] = -1.0
        count = choose(task, desk, worst, count)
    return count


@lean
def seed_trip(task: Task, state: State, desk: Desk, rng: Bits, left_out: int) -> int:
    """Draw where to begin: near one that is left out when there is any, else anywhere. -1 when nothing may move."""
    n = task.trips
    if left_out > 0 and draw(rng) < 0.6:
        like = desk.out[below(rng, left_out)]
        for _ in range(20):
            trip = task.near[like, int(draw(rng) ** 3 * task.near.shape[1])]
            if not desk.is_out[trip] and not task.frozen[trip]:
                return int(trip)
    for _ in range(4 * n):
        trip = below(rng, n)
        if not desk.is_out[trip] and not task.frozen[trip]:
            return int(trip)
    return -1


@lean
def ruin(task: Task, state: State, desk: Desk, rng: Bits, most: int) -> int:
    """Choose which trips are to be put in anew: all that are left out, and some that are served. How many."""
    n, count = task.trips, 0
    desk.is_out[:] = False
    for trip in range(n):
        if state.tour_of[trip] < 0:
            desk.is_out[trip] = True
            desk.out[count] = trip
            count += 1
    goal = min(count + 1 + below(rng, most), n)
    seed = seed_trip(task, state, desk, rng, count)
    if seed < 0:
        return count
    way = draw(rng)
    if way < AT_RANDOM:
        return choose_at_random(task, desk, rng, count, goal)
    if way < ALIKE:
        return choose_alike(task, desk, rng, seed, count, goal)
    if way < STRINGS:
        return choose_strings(task, state, desk, rng, seed, count, goal)
    return choose_costly(task, state, desk, rng, count, goal)
