"""Which dates a rhythm has: wall time, both nights when the clock changes, New Year, holidays."""

import datetime as dt
from itertools import islice, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtun.kernel.clock import wall
from samtun.operation.arrangements.queries import dates_ahead, is_asked_about
from samtun.operation.arrangements.rules import Rhythm, begins, horizon, is_over


def first(rhythm, number, since=None):
    return list(islice(rhythm.dates(since or rhythm.starts), number))


def test_the_first_date_is_the_weekday_on_or_after_the_start():
    assert first(Rhythm(1, 1, dt.date(2026, 11, 23)), 3) == [
        dt.date(2026, 11, 24), dt.date(2026, 12, 1), dt.date(2026, 12, 8),
    ]  # fmt: skip
    assert first(Rhythm(1, 1, dt.date(2026, 11, 24)), 1) == [dt.date(2026, 11, 24)]
    assert first(Rhythm(0, 1, dt.date(2026, 11, 24)), 1) == [dt.date(2026, 11, 30)]


def test_every_other_week_goes_on_over_new_year_as_it_began_though_the_year_has_53_weeks():
    assert dt.date(2026, 12, 29).isocalendar().week == 53
    assert first(Rhythm(1, 2, dt.date(2026, 12, 1)), 5) == [
        dt.date(2026, 12, 1), dt.date(2026, 12, 15), dt.date(2026, 12, 29), dt.date(2027, 1, 12), dt.date(2027, 1, 26),
    ]  # fmt: skip


def test_asked_from_a_later_day_the_weeks_are_counted_from_the_first_all_the_same():
    rhythm = Rhythm(1, 2, dt.date(2026, 12, 1))
    assert first(rhythm, 2, since=dt.date(2026, 12, 2)) == [dt.date(2026, 12, 15), dt.date(2026, 12, 29)]
    assert first(rhythm, 1, since=dt.date(2026, 12, 15)) == [dt.date(2026, 12, 15)]
    assert first(Rhythm(1, 4, dt.date(2026, 12, 1)), 1, since=dt.date(2027, 1, 1)) == [dt.date(2027, 1, 26)]


@pytest.mark.parametrize(
    ("before", "after", "shift"),
    [
        (dt.date(2027, 3, 21), dt.date(2027, 3, 28), -1),  # summer time begins in the night
        (dt.date(2026, 10, 18), dt.date(2026, 10, 25), 1),  # and ends
    ],
)
def test_the_clock_on_the_wall_is_the_same_on_both_sides_of_the_night_when_it_changes(before, after, shift):
    for hour in (0, 1, 3, 11, 23):
        clock = dt.time(hour, 30)
        assert wall(begins(before, clock)).time() == clock
        assert wall(begins(after, clock)).time() == clock
    week = begins(after, dt.time(11)) - begins(before, dt.time(11))
    assert week == dt.timedelta(days=7, hours=shift)


def test_a_time_that_the_night_skips_moves_an_hour_on_and_one_that_comes_twice_is_the_first():
    assert wall(begins(dt.date(2027, 3, 28), dt.time(2, 30))).time() == dt.time(3, 30)
    assert begins(dt.date(2026, 10, 25), dt.time(2, 30)) == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)


def test_what_lasts_over_the_change_is_over_when_its_minutes_have_passed_not_when_the_wall_says_so():
    night, starts = dt.date(2026, 10, 25), dt.time(1, 30)
    begun = begins(night, starts)
    assert not is_over(night, starts, 120, now=begun + dt.timedelta(minutes=119))
    assert is_over(night, starts, 120, now=begun + dt.timedelta(minutes=120))
    assert wall(begun + dt.timedelta(minutes=120)).time() == dt.time(2, 30)


def test_the_last_day_is_counted_in():
    rhythm = Rhythm(1, 1, dt.date(2026, 11, 24), dt.date(2026, 12, 8))
    assert list(rhythm.dates(dt.date(2026, 1, 1)))[-1] == dt.date(2026, 12, 8)
    assert list(Rhythm(1, 1, dt.date(2026, 11, 24), dt.date(2026, 12, 7)).dates(dt.date(2026, 1, 1)))[-1] == dt.date(
        2026, 12, 1
    )


def test_nonsense_is_refused():
    for weekday, weeks in ((7, 1), (-1, 1), (1, 3), (1, 0)):
        with pytest.raises(ValueError, match=r"every|weekday|Every"):
            Rhythm(weekday, weeks, dt.date(2026, 1, 1))


def test_dates_are_prepared_six_weeks_ahead_and_at_least_four_of_them():
    today = dt.date(2026, 11, 24)
    assert horizon(Rhythm(1, 1, today), today) == dt.date(2027, 1, 5)
    assert horizon(Rhythm(1, 4, today), today) == dt.date(2027, 3, 16)


@given(
    st.integers(0, 6), st.sampled_from([1, 2, 4]), st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)),
    st.integers(0, 2000),
)  # fmt: skip
def test_property_from_any_day_it_is_the_same_row_of_dates(weekday, weeks, starts, later):
    rhythm = Rhythm(weekday, weeks, starts)
    since = starts + dt.timedelta(days=later)
    got = first(rhythm, 5, since=since)
    assert all(d.weekday() == weekday and d >= since for d in got)
    slow = [rhythm.first() + dt.timedelta(weeks=weeks * n) for n in range(later // (7 * weeks) + 8)]
    assert got == [d for d in slow if d >= since][:5]
    assert list(takewhile(lambda d: d < since, slow)) == [d for d in slow if d < since]


def test_days_with_a_name_are_asked_about_unless_it_holds_then_too(stage):
    christmas_day = {"first": dt.date(2026, 12, 4), "every_weeks": 1}  # Fridays: the 25th and New Year's Day
    arrangement = stage.running(**christmas_day)
    days = dates_ahead(arrangement.terms.get(), on=dt.date(2026, 12, 4))
    asked = [day for day in days if is_asked_about(arrangement, day)]
    assert asked == [dt.date(2026, 12, 25), dt.date(2027, 1, 1)]
    assert is_asked_about(arrangement, dt.date(2026, 12, 24))
    arrangement.on_holidays = True
    assert not any(is_asked_about(arrangement, day) for day in days)
