"""When a trip is where on the clock, and which of several one takes: the last that is in time, the first home."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil

from samtun.kernel.clock import at_wall, wall

NEAR_HALL = 1_000
"""Metres in a straight line from a stop to a hall that one is asked to walk."""
NEAR_VILLAGE = 3_000
"""Metres within which a stop is a village's, when no other village is nearer."""
DETOUR = 1.3
WALK_A_MINUTE = 60
"""Metres: a walk of an old person."""
MOST_WAIT = dt.timedelta(minutes=90)
OLDEST = dt.timedelta(days=100)
"""Companies change their timetables: one that was taken in longer ago is not trusted."""
DAY, NOON, HALF_DAY = dt.timedelta(days=1), dt.time(12), dt.timedelta(hours=12)
NO, RING = 1, 2


def moment(day: dt.date, seconds: int) -> dt.datetime:
    """Return when some seconds of a service's day are, in UTC.

    They are counted from noon less twelve hours, which is midnight but on the two nights the clock is moved.
    """
    return at_wall(day, NOON) - HALF_DAY + dt.timedelta(seconds=seconds)


def walk_minutes(metres: float) -> int:
    """Return how long one walks, from a distance in a straight line."""
    return ceil(metres * DETOUR / WALK_A_MINUTE)


@dataclass(frozen=True, slots=True)
class Connection:
    """A trip from one stop to another on some days. `walk` is minutes at the hall's end."""

    days: frozenset[dt.date]
    line: str
    mode: str
    leaves: int
    arrives: int
    from_stop: str
    to_stop: str
    walk: int
    must_ring: bool = False


@dataclass(frozen=True, slots=True)
class Ride:
    """A connection on a day."""

    leaves_at: dt.datetime
    arrives_at: dt.datetime
    line: str
    mode: str
    from_stop: str
    to_stop: str
    walk: int
    must_ring: bool


def ride_there(connections: Iterable[Connection], starts_at: dt.datetime) -> Ride | None:
    """Return the last ride that brings one there in time, on foot the last stretch; None when there is none."""

    def fits(ride: Ride) -> bool:
        return starts_at - MOST_WAIT <= ride.arrives_at + _walk(ride) <= starts_at

    return max(_rides(connections, starts_at, fits), key=lambda ride: (ride.leaves_at, ride.line), default=None)


def ride_home(connections: Iterable[Connection], ends_at: dt.datetime) -> Ride | None:
    """Return the first ride home after it ended and one has walked to the stop; None when there is none."""

    def fits(ride: Ride) -> bool:
        return ends_at <= ride.leaves_at - _walk(ride) <= ends_at + MOST_WAIT

    return min(_rides(connections, ends_at, fits), key=lambda ride: (ride.arrives_at, ride.line), default=None)


def _walk(ride: Ride) -> dt.timedelta:
    return dt.timedelta(minutes=ride.walk)


def _rides(connections: Iterable[Connection], at: dt.datetime, fits: Callable[[Ride], bool]) -> list[Ride]:
    """Return the rides that fit, of the services of that day, of the night before and of the next morning."""
    today = wall(at).date()
    days = (today - DAY, today, today + DAY)
    found = (
        Ride(
            moment(day, one.leaves), moment(day, one.arrives), one.line, one.mode, one.from_stop, one.to_stop,
            one.walk, one.must_ring,
        )
        for one in connections
        for day in days
        if day in one.days
    )  # fmt: skip
    return [ride for ride in found if fits(ride)]


def covers(valid_from: dt.date, valid_to: dt.date, starts_at: dt.datetime, ends_at: dt.datetime) -> bool:
    """Tell whether a timetable knows of every ride that could be the answer."""
    first, last = wall(starts_at - MOST_WAIT).date(), wall(ends_at + MOST_WAIT).date()
    return valid_from <= first and last <= valid_to
