"""Can these stops be driven in this order? The least fixpoint of the difference constraints (windows, driving, rides).

A stop starts no sooner than the one before it plus service and driving; a fetch no sooner than its set-down less
the longest ride; the tour begins no sooner than it ends less the longest tour. Raising each start only as far as one
of these asks gives the earliest schedule there is, and passing a latest start proves that there is none (a system of
difference constraints: Shostak 1981, doi:10.1145/322276.322288; for dial-a-ride: Firat & Woeginger 2011,
doi:10.1016/j.orl.2010.11.004).
"""

from planning.solvers.compiling import lean
from planning.solvers.rides.arrays import EARLIEST, EPS, LATEST, SERVICE, Reals, Whole

ROUNDS = 200


@lean
def push_on(stops: Whole, count: int, first: int, least: int, when: Reals, drive: Reals, node: Reals) -> int:
    """Push starts forward from position `first`; the last position that may have changed, or -1 when one is too late.

    Positions after `least` are known to follow from each other, so the work ends where nothing is delayed any more.
    """
    for i in range(first, count):
        before, here = stops[i - 1], stops[i]
        soonest = when[i - 1] + node[before, SERVICE] + drive[before, here]
        if soonest > when[i]:
            when[i] = soonest
            if soonest > node[here, LATEST] + EPS:
                return -1
        elif i > least:
            return i
    return count - 1


@lean
def settle(
    stops: Whole,
    count: int,
    first: int,
    least: int,
    when: Reals,
    place: Whole,
    trips: int,
    drive: Reals,
    node: Reals,
    ride: Reals,
    longest: float,
) -> bool:
    """Raise `when` from position `first` on to the earliest schedule; False when there is none."""
    for _ in range(ROUNDS):
        reached = push_on(stops, count, first, least, when, drive, node)
        if reached < 0:
            return False
        again, furthest = count, 0
        for i in range(reached, first - 1, -1):
            trip = stops[i] - trips
            if trip < 0 or trip >= trips:
                continue
            fetch = place[trip]
            soonest = when[i] - ride[trip] - node[trip, SERVICE]
            if soonest > when[fetch] + EPS:
                if soonest > node[trip, LATEST] + EPS:
                    return False
                when[fetch] = soonest
                again, furthest = min(again, fetch + 1), max(furthest, fetch + 1)
        if when[count - 1] - longest > when[0] + EPS:
            when[0] = when[count - 1] - longest
            again, furthest = 1, max(furthest, 1)
        if again == count:
            return bool(when[0] <= node[stops[0], LATEST] + EPS)
        first, least = again, furthest
    return False


@lean
def hold_back(
    stops: Whole,
    count: int,
    when: Reals,
    place: Whole,
    trips: int,
    drive: Reals,
    node: Reals,
    ride: Reals,
    longest: float,
) -> None:
    """Lower `when`, the latest starts, to the greatest schedule: the same constraints read backwards."""
    for _ in range(ROUNDS):
        for i in range(count - 2, -1, -1):
            here = stops[i]
            last = when[i + 1] - node[here, SERVICE] - drive[here, stops[i + 1]]
            if last < when[i]:
                when[i] = last
        changed = False
        for i in range(1, count - 1):
            trip = stops[i]
            if trip < trips:
                last = when[i] + node[trip, SERVICE] + ride[trip]
                if last < when[place[trip + trips]] - EPS:
                    when[place[trip + trips]] = last
                    changed = True
        if when[0] + longest < when[count - 1] - EPS:
            when[count - 1] = when[0] + longest
            changed = True
        if not changed:
            return


@lean
def push_around(stops: Whole, count: int, gap: int, rest: Reals, when: Reals, drive: Reals, node: Reals) -> bool:
    """Push starts forward with the break on the way to position `gap`; False when something is too late.

    It is had where the car is when it gets there, unless that is too late for it: then before it drives.
    """
    if gap == 0:
        when[0] = max(when[0], rest[EARLIEST] + rest[SERVICE])
    for i in range(1, count):
        before, here = stops[i - 1], stops[i]
        free, way = when[i - 1] + node[before, SERVICE], drive[before, here]
        soonest = free + way
        if i == gap:
            if free > rest[LATEST] + EPS:
                return False
            if soonest > rest[LATEST] + EPS:
                soonest = max(free, rest[EARLIEST]) + rest[SERVICE] + way
            else:
                soonest = max(soonest, rest[EARLIEST]) + rest[SERVICE]
        when[i] = max(when[i], soonest)
        if when[i] > node[here, LATEST] + EPS:
            return False
    return bool(gap < count or when[count - 1] <= rest[LATEST] + EPS)


@lean
def settle_around(
    stops: Whole,
    count: int,
    gap: int,
    rest: Reals,
    when: Reals,
    place: Whole,
    trips: int,
    drive: Reals,
    node: Reals,
    ride: Reals,
    longest: float,
) -> bool:
    """Raise `when` with the break on the way to position `gap`: 0 is before the tour, `count` after it."""
    for _ in range(ROUNDS):
        if not push_around(stops, count, gap, rest, when, drive, node):
            return False
        changed = False
        for i in range(count - 1):
            trip = stops[i] - trips
            if 0 <= trip < trips and when[i] - ride[trip] - node[trip, SERVICE] > when[place[trip]] + EPS:
                when[place[trip]] = when[i] - ride[trip] - node[trip, SERVICE]
                changed = True
        if when[count - 1] - longest > when[0] + EPS:
            when[0] = when[count - 1] - longest
            changed = True
        if not changed:
            return bool(when[0] <= node[stops[0], LATEST] + EPS)
    return False


@lean
def settle_rested(
    stops: Whole,
    count: int,
    rest: Reals,
    when: Reals,
    place: Whole,
    trips: int,
    drive: Reals,
    node: Reals,
    ride: Reals,
    longest: float,
) -> int:
    """Find when the break fits: before the tour, after it, or else at the first moment with nobody aboard.

    Gives the position that the break comes before (0 and `count` as in `settle_around`), or -1 for none; `when` is then
    the schedule.
    """
    aboard = 0
    for turn in range(count + 1):
        gap = count if turn == 1 else max(0, turn - 1)
        if turn > 1 and stops[gap - 1] < 2 * trips:
            aboard += 1 if stops[gap - 1] < trips else -1
        if aboard == 0:
            for i in range(count):
                when[i] = node[stops[i], EARLIEST]
            if settle_around(stops, count, gap, rest, when, place, trips, drive, node, ride, longest):
                return gap
    return -1
