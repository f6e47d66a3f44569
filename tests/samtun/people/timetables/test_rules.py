"""When a trip is where on the clock, on every night of the year; and which of several one takes."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtun.kernel.clock import OSLO, at_wall, wall
from samtun.people.timetables.rules import Day, Network, Search, covers, moment, walk_minutes

FRIDAY = dt.date(2026, 11, 27)
SPRING, AUTUMN = dt.date(2027, 3, 28), dt.date(2026, 10, 25)


def bus(leaves, arrives, *, days=(FRIDAY,), metres=0):
    """A bus from the village's stop 0 to the hall's stop 1, or home from 1 to 0; the hall is so far from its stop."""
    return leaves, arrives, days, metres


def seconds(hour, minute=0):
    return hour * 3600 + minute * 60


def ride(buses, at, *, home=False):
    """Return when the ride one takes leaves; None when there is none."""
    network, today = Network(), wall(at).date()
    for number, (leaves, arrives, _, _) in enumerate(buses):
        network.add(number, [1, 0] if home else [0, 1], [leaves, arrives], [leaves, arrives], [0, 0], [0, 0])
    zero = moment(today, 0)
    days = [
        Day(
            int((moment(day, 0) - zero).total_seconds()),
            frozenset(n for n, one in enumerate(buses) if day in one[2]),
        )
        for day in (today - dt.timedelta(days=1), today, today + dt.timedelta(days=1))
    ]
    when = int((at - zero).total_seconds())
    if home:
        network, days, when = network.mirrored(), [day.mirrored() for day in days], -when
    search = Search(network, {0: [(0, 0)], 1: [(1, 0)]}, {1: buses[0][3]}, {0: (7, 0)})
    found = search.there(days, when).get(7)
    if found is None:
        return None
    [leg] = (found.mirrored(len(network.stops)) if home else found).legs
    left = -network.arrives[len(network.stops) - 1 - leg.on] if home else network.leaves[leg.on]
    return zero + dt.timedelta(seconds=left + leg.nought)


@given(st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31)), st.integers(0, 47), st.integers(0, 59))
def test_after_the_clock_is_moved_a_trip_is_at_its_hour_on_the_wall(day, hour, minute):
    """From four in the morning on, what the file says is what the wall shows, on every day: and the day after midnight
    too, unless that is the night the clock is moved.
    """
    found = wall(moment(day, seconds(hour, minute)))
    next_moves = day + dt.timedelta(days=1) in {d for d in map(moved, (day.year, day.year + 1)) for d in d}
    if 4 <= hour < 24 or (hour >= 24 and not next_moves):
        expected = dt.datetime.combine(day, dt.time(hour % 24, minute)) + dt.timedelta(days=hour // 24)
        assert found.replace(tzinfo=None) == expected


def moved(year):
    """The two days of a year on which the clock is moved."""
    last = {
        month: max(d for d in (dt.date(year, month, n) for n in range(25, 32)) if d.weekday() == 6) for month in (3, 10)
    }
    return set(last.values())


@given(st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31)), st.integers(0, 200_000), st.integers(0, 5_000))
def test_a_ride_lasts_as_long_on_every_night(day, leaves, lasts):
    assert moment(day, leaves + lasts) - moment(day, leaves) == dt.timedelta(seconds=lasts)


def test_the_two_nights():
    """Noon less twelve hours is one in the morning in spring and eleven the night before in autumn."""
    assert wall(moment(SPRING, seconds(12))).hour == wall(moment(AUTUMN, seconds(12))).hour == 12
    assert moment(SPRING, 0) == dt.datetime(2027, 3, 27, 22, tzinfo=dt.UTC)
    assert moment(AUTUMN, 0) == dt.datetime(2026, 10, 24, 23, tzinfo=dt.UTC)
    assert wall(moment(AUTUMN, 0)).utcoffset() == dt.timedelta(hours=2)
    saturday = AUTUMN - dt.timedelta(days=1)
    late = bus(seconds(25, 30), seconds(26), days=[saturday])
    home = ride([late], at_wall(AUTUMN, dt.time(1)), home=True)
    assert home is not None
    assert home.astimezone(OSLO).time() == dt.time(1, 30)


def test_the_last_that_is_in_time_and_the_first_home():
    early, late, too_late = (
        bus(seconds(8), seconds(9)),
        bus(seconds(9, 30), seconds(9, 50)),
        bus(seconds(9, 50), seconds(10, 10)),
    )
    starts = at_wall(FRIDAY, dt.time(10))
    assert ride([early, late, too_late], starts) == at_wall(FRIDAY, dt.time(9, 30))
    ends = at_wall(FRIDAY, dt.time(12))
    slow, quick = bus(seconds(12, 5), seconds(13, 30)), bus(seconds(12, 30), seconds(12, 50))
    assert ride([slow, quick], ends, home=True) == at_wall(FRIDAY, dt.time(12, 30))


@pytest.mark.parametrize(
    ("arrives", "walk", "fits"),
    [(seconds(10), 0, True), (seconds(9, 55), 5, True), (seconds(9, 55), 6, False), (seconds(8, 30), 0, True),
     (seconds(8, 29), 0, False)],
)  # fmt: skip
def test_the_walk_and_the_longest_wait_count(arrives, walk, fits):
    metres = walk * 60 / 1.3
    found = ride([bus(seconds(8), arrives, metres=metres)], at_wall(FRIDAY, dt.time(10)))
    assert (found is not None) == fits
    home = ride([bus(seconds(22) - arrives, seconds(23), metres=metres)], at_wall(FRIDAY, dt.time(12)), home=True)
    assert (home is not None) == fits


def test_a_trip_after_midnight_belongs_to_the_day_before():
    night, saturday = bus(seconds(24, 30), seconds(24, 55)), dt.date(2026, 11, 28)
    assert ride([night], at_wall(FRIDAY, dt.time(23, 45)), home=True) == at_wall(saturday, dt.time(0, 30))
    assert ride([night], at_wall(FRIDAY, dt.time(0, 15)), home=True) is None, "the night before it did not run"
    assert ride([night], at_wall(saturday, dt.time(0, 15)), home=True) is not None


def test_another_day_is_no_bus():
    assert ride([bus(seconds(9), seconds(9, 50))], at_wall(dt.date(2026, 11, 28), dt.time(10))) is None


def test_what_a_timetable_knows():
    day = at_wall(FRIDAY, dt.time(12)), at_wall(FRIDAY, dt.time(14))
    assert covers(FRIDAY, FRIDAY, *day)
    assert not covers(FRIDAY, FRIDAY - dt.timedelta(days=1), *day)
    assert not covers(FRIDAY + dt.timedelta(days=1), FRIDAY + dt.timedelta(days=2), *day)
    night = at_wall(FRIDAY, dt.time(20)), at_wall(FRIDAY, dt.time(23))
    assert not covers(FRIDAY, FRIDAY, *night), "the bus home could be after midnight"


def test_one_walks_as_an_old_person():
    assert [walk_minutes(metres) for metres in (0, 100, 1000)] == [0, 3, 22]
