"""When a trip is where on the clock, and which one takes, with one change at most: the last in time, the first home."""

import datetime as dt
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from math import ceil, inf

from samtun.kernel.clock import at_wall, wall
from samtun.kernel.ground import METRES_A_DEGREE, Spot, metres_between
from samtun.people.timetables.enums import Mode

NEAR_HALL = 1_000
"""Metres in a straight line from a stop to a hall that one is asked to walk."""
NEAR_VILLAGE = 3_000
"""Metres within which a stop is a village's, when no other village is nearer."""
DETOUR = 1.3
WALK_A_MINUTE = 60
"""Metres: a walk of an old person."""
MOST_WAIT = dt.timedelta(minutes=90)
NEAR_STOP = 200
"""Metres in a straight line between two stops that one is asked to walk to change."""
LEAST_CHANGE, MOST_CHANGE = dt.timedelta(minutes=5), dt.timedelta(minutes=45)
"""From one is there until the next leaves: at least so long, and the walk besides; at most so long, with the walk."""
WORTH_A_CHANGE = dt.timedelta(minutes=45)
"""Who can come without a change does, unless that takes so much longer: out so much earlier, or home so much later."""
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
class Change:
    """Where one gets off, and where the next leaves from, `walk` minutes on foot away: when, and what it is."""

    off_stop: str
    stop: str
    at: dt.datetime
    line: str
    mode: str
    walk: int

    @property
    def what(self) -> str:
        """Return what it is, as within a sentence: bus 220."""
        return f"{str(Mode(self.mode).label).lower()} {self.line}".strip()

    @property
    def is_elsewhere(self) -> bool:
        """True when it leaves from a stop of another name, so that one must be told to walk there."""
        return self.off_stop != self.stop


@dataclass(frozen=True, slots=True)
class Ride:
    """How one gets from stop to stop on a day, with a change or without. `walk` is minutes at the hall's end."""

    leaves_at: dt.datetime
    arrives_at: dt.datetime
    line: str
    mode: str
    from_stop: str
    walk: int
    must_ring: bool
    change: Change | None = None


class Network:
    """The trips of a municipality as columns of numbers: a hundred thousand calls are some megabytes.

    A call is named by its place in the columns. A trip's calls stand beside each other, in order.
    """

    def __init__(self) -> None:
        self.stops, self.arrives, self.leaves, self.trips = array("i"), array("i"), array("i"), array("i")
        self.on, self.off = bytearray(), bytearray()
        self.firsts, self.services = array("i", [0]), array("i")

    def add(
        self, service: int, stops: Sequence[int], arrives: Sequence[int], leaves: Sequence[int], on: Sequence[int],
        off: Sequence[int],
    ) -> None:  # fmt: skip
        """Put in one more trip."""
        self.stops.extend(stops)
        self.arrives.extend(arrives)
        self.leaves.extend(leaves)
        self.on.extend(on)
        self.off.extend(off)
        self.trips.extend([len(self.services)] * len(stops))
        self.firsts.append(len(self.stops))
        self.services.append(service)

    def mirrored(self) -> "Network":
        """Return the same with the clock run backwards: who got off gets on, and the last call is the first."""
        other, calls = Network(), len(self.stops)
        other.stops = self.stops[::-1]
        other.arrives, other.leaves = (
            array("i", (-n for n in self.leaves[::-1])),
            array("i", (-n for n in self.arrives[::-1])),
        )
        other.on, other.off = self.off[::-1], self.on[::-1]
        other.trips = array("i", (len(self.services) - 1 - trip for trip in self.trips[::-1]))
        other.firsts = array("i", (calls - first for first in self.firsts[::-1]))
        other.services = self.services[::-1]
        return other

    @cached_property
    def _boards(self) -> dict[int, tuple[array[int], array[int]]]:
        """When something comes to each stop, in order, and which calls those are."""
        calls: dict[int, array[int]] = {}
        for call, stop in enumerate(self.stops):
            calls.setdefault(stop, array("i")).append(call)
        found = {}
        for stop, some in calls.items():
            ordered = array("i", sorted(some, key=self.arrives.__getitem__))
            found[stop] = array("i", (self.arrives[call] for call in ordered)), ordered
        return found

    def arriving(self, stop: int, since: int, until: int) -> Iterator[int]:
        """Give the calls at a stop that come within two times, both counted in."""
        if board := self._boards.get(stop):
            yield from islice(board[1], bisect_left(board[0], since), bisect_right(board[0], until))

    def before(self, call: int) -> range:
        """Return the calls of the same trip before one, backwards."""
        return range(call - 1, self.firsts[self.trips[call]] - 1, -1)

    def rest(self, call: int) -> range:
        """Return a call and those of the same trip after it."""
        return range(call, self.firsts[self.trips[call] + 1])


@dataclass(frozen=True, slots=True)
class Day:
    """A day of services: when its seconds are counted from, and which services run."""

    nought: int
    services: frozenset[int]

    def mirrored(self) -> "Day":
        """Return it with the clock run backwards."""
        return Day(-self.nought, self.services)


@dataclass(frozen=True, slots=True)
class Leg:
    """What one rides without getting off: from one call to another of a trip, on a day counted from `nought`."""

    on: int
    off: int
    nought: int


@dataclass(frozen=True, slots=True)
class Journey:
    """One leg, or two with a change. `walk` is minutes at the hall's end, `between` at the change."""

    legs: tuple[Leg, ...]
    walk: int
    between: int = 0

    def mirrored(self, calls: int) -> "Journey":
        """Return it with the clock run backwards, in a network of so many calls."""
        legs = (Leg(calls - 1 - leg.off, calls - 1 - leg.on, -leg.nought) for leg in reversed(self.legs))
        return Journey(tuple(legs), self.walk, self.between)


def beside(spots: Mapping[int, Spot]) -> dict[int, list[tuple[int, int]]]:
    """Return of each stop where one can change without walking far, itself first, and the minutes on foot."""
    found = {number: [(number, 0)] for number in spots}
    ordered = sorted(spots.items(), key=lambda item: item[1].lat)
    for place, (number, spot) in enumerate(ordered):
        for other, its in islice(ordered, place + 1, None):
            if (its.lat - spot.lat) * METRES_A_DEGREE > NEAR_STOP:
                break
            if (metres := metres_between(spot, its)) <= NEAR_STOP:
                found[number].append((other, walk_minutes(metres)))
                found[other].append((number, walk_minutes(metres)))
    return found


@dataclass(slots=True)
class _Best:
    """The best of each village so far. A change must leave later than `at_least`, which a direct one has set."""

    villages: frozenset[int]
    found: dict[int, tuple[tuple[int, ...], Journey]] = field(default_factory=dict)
    at_least: dict[int, int] = field(default_factory=dict)

    def beats(self, village: int, key: tuple[int, ...]) -> bool:
        if village in self.at_least and key[0] <= self.at_least[village]:
            return False
        return village not in self.found or village in self.at_least or key > self.found[village][0]

    def put(self, village: int, key: tuple[int, ...], journey: Journey) -> None:
        self.found[village] = key, journey
        self.at_least.pop(village, None)

    def floor(self) -> int | None:
        """Return when at the latest what is no better for any village leaves; None while some have nothing."""
        if len(self.found) < len(self.villages):
            return None
        return min((self.at_least.get(key, best[0][0]) for key, best in self.found.items()), default=None)


@dataclass(frozen=True, slots=True)
class _End:
    """A trip that is at the hall in time: its call there, its day, and the minutes on foot from the stop."""

    call: int
    nought: int
    walk: int


class Search:
    """The ways to one hall: `hall` and `villages` have the metres from their stops, a stop being one village's."""

    def __init__(
        self, network: Network, near: Mapping[int, Sequence[tuple[int, int]]], hall: Mapping[int, float],
        villages: Mapping[int, tuple[int, float]],
    ) -> None:  # fmt: skip
        self._net, self._near, self._villages = network, near, villages
        self._hall = {stop: walk_minutes(metres) for stop, metres in hall.items()}
        self._keys = frozenset(key for key, _ in villages.values())

    def there(self, days: Sequence[Day], at: int) -> dict[int, Journey]:
        """Return the last journey from each village that is there by then; a village without one is left out."""
        ends, best = list(self._ends(days, at)), _Best(self._keys)
        for end in ends:
            for village, on in self._starts(end.call).items():
                key = (self._net.leaves[on] + end.nought, -end.walk)
                if best.beats(village, key):
                    best.put(village, key, Journey((Leg(on, end.call, end.nought),), end.walk))
        best.at_least = {key: found[0][0] + _seconds(WORTH_A_CHANGE) for key, found in best.found.items()}
        for end in ends:
            self._change(end, days, best)
        return {key: journey for key, (_, journey) in best.found.items()}

    def _ends(self, days: Sequence[Day], at: int) -> Iterator[_End]:
        for stop, walk in self._hall.items():
            for day in days:
                until = at - walk * 60 - day.nought
                for call in self._net.arriving(stop, until - _seconds(MOST_WAIT), until):
                    if self._net.off[call] != NO and self._runs(call, day):
                        yield _End(call, day.nought, walk)

    def _runs(self, call: int, day: Day) -> bool:
        return self._net.services[self._net.trips[call]] in day.services

    def _starts(self, call: int) -> dict[int, int]:
        """Return where one gets on in each village before a call: at the stop nearest to its middle."""
        found: dict[int, tuple[float, int]] = {}
        for one in self._net.before(call):
            if self._net.on[one] != NO and (its := self._villages.get(self._net.stops[one])):
                village, metres = its
                if village not in found or (metres, one) < found[village]:
                    found[village] = metres, one
        return {village: one for village, (_, one) in found.items()}

    def _change(self, end: _End, days: Sequence[Day], best: _Best) -> None:
        """Look for what one could change from, wherever the trip that is at the hall in time has been before."""
        floor = best.floor()
        for then in self._net.before(end.call):
            leaves = self._net.leaves[then] + end.nought
            if floor is not None and leaves < floor:
                return
            if self._net.on[then] != NO:
                for call, nought, between in self._feeders(then, leaves, days):
                    if floor is None or self._net.arrives[call] + nought >= floor:
                        self._offer(Leg(then, end.call, end.nought), (call, nought), (between, end.walk), best)

    def _feeders(self, then: int, leaves: int, days: Sequence[Day]) -> Iterator[tuple[int, int, int]]:
        """Give what one can change from in time, with its day and the minutes on foot."""
        for stop, walk in self._near.get(self._net.stops[then], ()):
            for day in days:
                until = leaves - day.nought
                since, until = until - _seconds(MOST_CHANGE), until - _seconds(LEAST_CHANGE) - walk * 60
                for call in self._net.arriving(stop, since, until):
                    if self._net.off[call] != NO and self._runs(call, day):
                        yield call, day.nought, walk

    def _offer(self, onward: Leg, feeder: tuple[int, int], walks: tuple[int, int], best: _Best) -> None:
        (call, nought), (between, walk), net = feeder, walks, self._net
        comes = net.arrives[call] + nought
        waits = net.leaves[onward.on] + onward.nought - comes
        for village, on in self._starts(call).items():
            leaves = net.leaves[on] + nought
            key = (leaves, -between, -walk, -waits)
            if best.beats(village, key):
                if self._stays(call, nought) <= net.arrives[onward.off] + onward.nought + walk * 60:
                    return
                best.put(village, key, Journey((Leg(on, call, nought), onward), walk, between))

    def _stays(self, call: int, nought: int) -> float:
        """Return when one is at the hall who stays on instead of getting off there: then no change is needed."""
        return min(
            (
                self._net.arrives[one] + nought + self._hall[stop] * 60
                for one in self._net.rest(call)
                if (stop := self._net.stops[one]) in self._hall and self._net.off[one] != NO
            ),
            default=inf,
        )


def _seconds(some: dt.timedelta) -> int:
    return int(some.total_seconds())


def covers(valid_from: dt.date, valid_to: dt.date, starts_at: dt.datetime, ends_at: dt.datetime) -> bool:
    """Tell whether a timetable knows of every ride that could be the answer."""
    first, last = wall(starts_at - MOST_WAIT - MOST_CHANGE).date(), wall(ends_at + MOST_WAIT + MOST_CHANGE).date()
    return valid_from <= first and last <= valid_to
