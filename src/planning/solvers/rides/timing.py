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
def push_around(
    stops: Whole, count: int, gaps: Whole, had: int, rests: Reals, when: Reals, drive: Reals, node: Reals
) -> bool:
    """Push starts forward with the first `had` breaks on the way to positions `gaps`; False when something is too late.

    Nobody is aboard, so a driver may stop on the way: as much of it is driven as there is time for before the break.
    """
    x = 0
    while x < had and gaps[x] == 0:
        when[0] = max(when[0], rests[x, EARLIEST] + rests[x, SERVICE])
        x += 1
    at = gaps[x] if x < had else -1
    for i in range(1, count):
        before, here = stops[i - 1], stops[i]
        free, way = when[i - 1] + node[before, SERVICE], drive[before, here]
        while i == at:
            if free > rests[x, LATEST] + EPS:
                return False
            begin = max(free, rests[x, EARLIEST])
            free, way = begin + rests[x, SERVICE], max(0.0, way - (begin - free))
            x += 1
            at = gaps[x] if x < had else -1
        when[i] = max(when[i], free + way)
        if when[i] > node[here, LATEST] + EPS:
            return False
    return bool(x == had or when[count - 1] <= rests[x, LATEST] + EPS)


@lean
def settle_around(
    stops: Whole,
    count: int,
    gaps: Whole,
    had: int,
    rests: Reals,
    when: Reals,
    place: Whole,
    trips: int,
    drive: Reals,
    node: Reals,
    ride: Reals,
    longest: float,
) -> bool:
    """Raise `when` with the first `had` breaks on the way to positions `gaps`: 0 is before the tour, `count` after."""
    for i in range(count):
        when[i] = node[stops[i], EARLIEST]
    for _ in range(ROUNDS):
        if not push_around(stops, count, gaps, had, rests, when, drive, node):
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
def next_gap(stops: Whole, count: int, gap: int, trips: int) -> int:
    """Give the place to try after `gap`: before the tour, after it, then each with nobody aboard; -1 after the last."""
    if gap < 0:
        return 0
    if gap == 0:
        return count
    aboard = 0
    for i in range(0 if gap == count else gap, count - 1):
        if i > 0:
            aboard += 1 if stops[i] < trips else -1
        if aboard == 0:
            return i + 1
    return -1


@lean
def settle_rested(
    stops: Whole,
    count: int,
    rests: Reals,
    gaps: Whole,
    when: Reals,
    place: Whole,
    trips: int,
    drive: Reals,
    node: Reals,
    ride: Reals,
    longest: float,
) -> bool:
    """Find where the breaks fit: each before the tour, after it, or on the way with nobody aboard.

    Where the first ones fit nowhere the others need not be tried, so places are given one break after the other, and
    taken back. `gaps` are then the positions that the breaks come before, and `when` is the schedule.
    """
    had = 0
    gaps[0] = -1
    while had >= 0:
        gap = next_gap(stops, count, gaps[had], trips)
        gaps[had] = gap
        if gap < 0:
            had -= 1
        elif (had == 0 or gap >= gaps[had - 1]) and settle_around(
            stops, count, gaps, had + 1, rests, when, place, trips, drive, node, ride, longest
        ):
            had += 1
            if had == rests.shape[0] or rests[had, SERVICE] <= 0.0:
                return True
            gaps[had] = -1
    return False
