"""A change on the way: as good as trying everything, forwards and backwards, and never one that nobody needs."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samtun.kernel.ground import Spot
from samtun.people.timetables.rules import Day, Leg, Network, Search, beside, moment, walk_minutes

pytestmark = [pytest.mark.rule("R36"), pytest.mark.practice("lom")]

MINUTE, A_DAY = 60, 86_400
NEAR = {0: [(0, 0)], 1: [(1, 0)], 2: [(2, 0), (3, 3)], 3: [(3, 0), (2, 3)], 4: [(4, 0)], 5: [(5, 0)]}
HALL = {4: 200.0, 5: 0.0}
VILLAGES = {0: (7, 0.0), 1: (7, 80.0), 2: (8, 0.0)}


@dataclass(frozen=True)
class Trip:
    """A trip with as many stops as times; `shut` are calls at which nobody gets on or off."""

    service: int
    stops: tuple[int, ...]
    arrives: tuple[int, ...]
    leaves: tuple[int, ...]
    on: tuple[int, ...]
    off: tuple[int, ...]


def plain(service, *calls):
    """A trip that calls at stops on minutes."""
    stops, times = zip(*calls, strict=True)
    seconds = tuple(n * MINUTE for n in times)
    return Trip(service, stops, seconds, seconds, (0,) * len(stops), (0,) * len(stops))


def network_of(trips):
    found = Network()
    for one in trips:
        found.add(one.service, one.stops, one.arrives, one.leaves, one.on, one.off)
    return found


def searched(trips, days, at, *, home):
    network = network_of(trips)
    if not home:
        return Search(network, NEAR, HALL, VILLAGES).there(days, at)
    found = Search(network.mirrored(), NEAR, HALL, VILLAGES).there([day.mirrored() for day in days], -at)
    return {key: one.mirrored(len(network.stops)) for key, one in found.items()}


@dataclass(frozen=True)
class Ridden:
    """Something one could ride: what trip on what day, between which calls, when, and between which stops."""

    trip: int
    leg: Leg
    left: int
    came: int
    start: int
    end: int


def rides(trips, days):
    """Everything one could ride."""
    first = 0
    for number, one in enumerate(trips):
        calls = range(len(one.stops))
        yield from (
            Ridden(
                number, Leg(first + on, first + off, day.nought), one.leaves[on] + day.nought,
                one.arrives[off] + day.nought, one.stops[on], one.stops[off],
            )
            for day in days
            if one.service in day.services
            for on in calls
            for off in calls[on + 1 :]
            if one.on[on] != 1 and one.off[off] != 1
        )  # fmt: skip
        first += len(one.stops)


class Tried:
    """Every way tried one after another; `home` is written by itself, and not as the other way turned round."""

    def __init__(self, trips, days, at, *, home):
        self.all, self.at, self.home = list(rides(trips, days)), at, home

    def village(self, ride):
        return VILLAGES.get(ride.end if self.home else ride.start, (None, 0.0))

    def hall(self, ride):
        """When one is at the hall, or must leave it."""
        if self.home:
            return ride.left - walk_minutes(HALL[ride.start]) * MINUTE if ride.start in HALL else None
        return ride.came + walk_minutes(HALL[ride.end]) * MINUTE if ride.end in HALL else None

    def fits(self, ride):
        when, wait = self.hall(ride), 90 * MINUTE
        return when is not None and (
            self.at <= when <= self.at + wait if self.home else self.at - wait <= when <= self.at
        )

    def like(self, ride, *, on=None, off=None):
        """The rides of the same trip that day which share one end."""
        return [
            one
            for one in self.all
            if (one.trip, one.leg.nought) == (ride.trip, ride.leg.nought)
            and (on is None or one.leg.on == on)
            and (off is None or one.leg.off == off)
        ]

    def nearest(self, ride):
        """Whether it is at the stop nearest to the village's middle, of all that this trip calls at."""
        its, _ = self.village(ride)
        same = self.like(ride, on=ride.leg.on) if self.home else self.like(ride, off=ride.leg.off)
        there = [one for one in same if self.village(one)[0] == its]
        last = max if self.home else min
        least = min(self.village(one)[1] for one in there)
        wanted = [one.leg.off if self.home else one.leg.on for one in there if self.village(one)[1] == least]
        return (ride.leg.off if self.home else ride.leg.on) == last(wanted)

    def needless(self, one, two):
        """Whether one trip alone would have brought one as well: then it came too early, or leaves too late."""
        if self.home:
            waits = self.like(two, off=two.leg.off)
            return any(self.hall(it) and it.leg.on <= two.leg.on and self.hall(it) >= self.hall(one) for it in waits)
        stays = self.like(one, on=one.leg.on)
        return any(self.hall(it) and it.leg.off >= one.leg.off and self.hall(it) <= self.hall(two) for it in stays)

    def direct(self, village):
        return [
            (ride,) for ride in self.all if self.village(ride)[0] == village and self.fits(ride) and self.nearest(ride)
        ]

    def changed(self, village):
        for one in self.all:
            for two in self.all:
                own, far = (two, one) if self.home else (one, two)
                foot = dict(NEAR[one.end]).get(two.start)
                if foot is None or self.village(own)[0] != village or not (self.fits(far) and self.nearest(own)):
                    continue
                if (5 + foot) * MINUTE <= two.left - one.came <= 45 * MINUTE and not self.needless(one, two):
                    yield one, two

    def best(self, village):
        """The hour that is best, and every way that has it."""
        found = {}
        for name, ways in (("direct", self.direct(village)), ("changed", list(self.changed(village)))):
            if ways:
                hours = [-way[-1].came if self.home else way[0].left for way in ways]
                found[name] = max(hours), [way for way, hour in zip(ways, hours, strict=True) if hour == max(hours)]
        if "direct" in found and ("changed" not in found or found["changed"][0] <= found["direct"][0] + 45 * MINUTE):
            return found["direct"]
        return found.get("changed")


@st.composite
def trips(draw, begins, home):
    """Trips within two hours of the morning or after midnight; most go some part of the way, and some astray."""
    found = []
    for number in range(draw(st.integers(3, 8))):
        far = [[(4, 5)], [(1, 4), (4, 5)], [(0, 2), (4, 5)], [range(6), range(6)]]
        part = [(0, 1, 2), (2, 3)] if number % 2 else [(2, 3), *draw(st.sampled_from(far))]
        stops = [draw(st.sampled_from(some)) for some in part]
        stops = stops[::-1] if home else stops
        minute, times = begins + draw(st.integers(0, 30)) + 30 * (number % 2 == home), []
        for _ in stops:
            times.append((minute * MINUTE, (minute + draw(st.integers(0, 1))) * MINUTE))
            minute += draw(st.integers(1, 30))
        shut = [tuple(draw(st.sampled_from([0] * 12 + [1])) for _ in stops) for _ in range(2)]
        arrives, leaves = zip(*times, strict=True)
        found.append(Trip(draw(st.integers(0, 2)), tuple(stops), arrives, leaves, *shut))
    return found


@st.composite
def nights(draw):
    """Three days of services, on the night the clock is moved too: some do not run."""
    moved = draw(st.sampled_from([0, 0, 3600, -3600]))
    every = frozenset({0, 1, 2})
    runs = st.sampled_from([every, every, every - {2}])
    return [Day(-A_DAY + moved, draw(runs)), Day(0, draw(runs)), Day(A_DAY, draw(runs))]


@settings(max_examples=60)
@given(st.data(), nights(), st.integers(0, 10), st.booleans(), st.booleans())
def test_it_is_as_good_as_trying_everything(data, days, quarter, night, home):
    """And what it says is one of those that are best, call by call."""
    some = data.draw(trips(25 * 60 if night else 9 * 60, home))
    at = ((60 if night else 9 * 60) + (0 if home else 60) + quarter * 10) * MINUTE
    found, tried = searched(some, days, at, home=home), Tried(some, days, at, home=home)
    for village in (7, 8):
        best = tried.best(village)
        assert (village in found) == (best is not None)
        if best:
            assert found[village].legs in [tuple(ride.leg for ride in way) for way in best[1]]


def way(trips_, at, *, home=False, village=7, days=None):
    """The legs one rides, as the trip and the minutes each leaves and comes."""
    found = searched(trips_, days or [Day(0, frozenset({0}))], at * MINUTE, home=home).get(village)
    network = network_of(trips_)
    return found and [
        (
            network.trips[leg.on],
            (network.leaves[leg.on] + leg.nought) // MINUTE,
            (network.arrives[leg.off] + leg.nought) // MINUTE,
        )
        for leg in found.legs
    ]


UP, ON = plain(0, (0, 540), (2, 560)), plain(0, (3, 570), (5, 590))


@pytest.mark.parametrize(("next_leaves", "fits"), [(567, False), (568, True), (605, True), (606, False)])
def test_one_has_time_to_walk_and_does_not_stand_there_long(next_leaves, fits):
    """Five minutes, and three on foot to the stop across the road; at most forty-five."""
    there = way([UP, plain(0, (3, next_leaves), (5, 620))], 640)
    assert (there is not None) == fits
    home = way([plain(0, (5, 500), (2, 560)), plain(0, (3, next_leaves), (0, 620))], 490, home=True)
    assert (home is not None) == fits


def test_a_change_is_two_legs_and_both_ways_are_looked_for():
    assert way([UP, ON], 600) == [(0, 540, 560), (1, 570, 590)]
    assert way([UP, ON], 600, home=True) is None
    down = [plain(0, (5, 610), (3, 630)), plain(0, (3, 635), (0, 660))]
    assert way(down, 600, home=True) == [(0, 610, 630), (1, 635, 660)]
    assert way([UP, ON], 600, village=8) is None


@pytest.mark.parametrize(("leaves", "legs"), [(495, 1), (494, 2)])
def test_without_a_change_is_better_unless_it_is_much_earlier(leaves, legs):
    assert len(way([UP, ON, plain(0, (0, leaves), (5, 595))], 600)) == legs
    home = [plain(0, (5, 600), (2, 620)), plain(0, (2, 630), (0, 650)), plain(0, (5, 600), (0, 650 + 540 - leaves))]
    assert len(way(home, 600, home=True)) == legs


def test_nobody_gets_off_a_bus_that_goes_all_the_way():
    """It comes too early to wait for: to get off on the way and wait there instead is no help."""
    assert way([plain(0, (0, 480), (2, 495), (5, 505)), plain(0, (2, 530), (5, 540))], 600) is None
    slow = plain(0, (0, 500), (2, 520), (5, 599))
    assert way([slow, plain(0, (2, 530), (5, 560))], 598) == [(0, 500, 520), (1, 530, 560)], "but this one is in time"


def test_what_leaves_a_minute_later_is_found_too():
    """However much was found before: it goes by a stop across the road, where the first cannot be changed to."""
    worse = [plain(0, (0, 540), (2, 545)), plain(0, (2, 552), (4, 585))]
    better = [plain(0, (0, 541), (3, 546)), plain(0, (3, 551), (5, 590))]
    assert way([*worse, *better], 600) == [(2, 541, 546), (3, 551, 590)]


def test_where_nobody_may_get_on_or_off_one_does_not_change():
    shut = Trip(0, UP.stops, UP.arrives, UP.leaves, (0, 0), (0, 1))
    assert way([shut, ON], 600) is None
    shut = Trip(0, ON.stops, ON.arrives, ON.leaves, (1, 0), (0, 0))
    assert way([UP, shut], 600) is None


def test_after_midnight_one_changes_to_a_trip_of_another_day():
    """The first belongs to the day before (25.10), the next to the new one, which must run too (01.20)."""
    late, early = plain(0, (5, 25 * 60 - 20), (2, 25 * 60 + 10)), plain(1, (2, 80), (0, 100))
    days = [Day(-A_DAY, frozenset({0})), Day(0, frozenset({1})), Day(A_DAY, frozenset())]
    assert way([late, early], 30, home=True, days=days) == [(0, 40, 70), (1, 80, 100)]
    for without in (0, 1):
        short = [Day(day.nought, frozenset() if n == without else day.services) for n, day in enumerate(days)]
        assert way([late, early], 30, home=True, days=short) is None


@pytest.mark.parametrize(
    ("day", "waits"), [(dt.date(2026, 10, 24), 40), (dt.date(2027, 3, 27), 40), (dt.date(2026, 11, 27), 40)]
)
def test_the_nights_the_clock_is_moved_the_wait_is_as_long(day, waits):
    """A trip at 25.30 of the day before, and one that goes at the new day's own hour: counted in real minutes."""
    new = day + dt.timedelta(days=1)
    apart = int((moment(new, 0) - moment(day, 0)).total_seconds())
    late = plain(0, (5, 24 * 60 + 300), (2, 24 * 60 + 330))
    goes = (24 * 60 + 330 + waits) * MINUTE - apart
    early = Trip(1, (2, 0), (goes, goes + 600), (goes, goes + 600), (0, 0), (0, 0))
    days = [Day(-apart, frozenset({0})), Day(0, frozenset({1}))]
    at = (24 * 60 + 299) * MINUTE - apart
    assert 7 in searched([late, early], days, at, home=True)
    assert 7 not in searched([late, early], [days[0], Day(-3600 * 2, frozenset({1}))], at, home=True)


def test_stops_beside_each_other():
    spots = {
        1: Spot(61.0, 4.0),
        2: Spot(61.0, 4.0037),
        3: Spot(61.0, 4.0040),
        4: Spot(61.0017, 4.0),
        5: Spot(61.1, 4.0),
    }
    found = {key: sorted(its) for key, its in beside(spots).items()}
    assert found[1] == [(1, 0), (2, 5), (4, 5)]
    assert found[5] == [(5, 0)]
    assert all((one, walk) in found[other] for one, its in found.items() for other, walk in its)


@given(st.lists(st.lists(st.integers(0, 5), min_size=2, max_size=5), max_size=5))
def test_twice_backwards_is_forwards(stops):
    found = Network()
    for number, some in enumerate(stops):
        times = list(range(0, 60 * len(some), 60))
        found.add(number, some, times, [one + 5 for one in times], [0] * len(some), [1] * len(some))
    again = found.mirrored().mirrored()
    assert vars(again) == vars(found)
    assert [list(one.rest(one.firsts[n])) for one in (again,) for n in range(len(stops))] == [
        list(range(a, b)) for a, b in pairwise(found.firsts)
    ]
