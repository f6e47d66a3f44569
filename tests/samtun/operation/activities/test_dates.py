"""Which days a rule gives, and which moments, on both nights when the clock is moved."""

import datetime as dt
import zoneinfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samtun.operation.activities.enums import OccurrenceState, Repeat
from samtun.operation.activities.rules import Rule, in_school_year, is_odd_hour, moments, next_year, times_of, turn

OSLO = zoneinfo.ZoneInfo("Europe/Oslo")
FRIDAY = dt.date(2026, 11, 27)
SPRING, AUTUMN = dt.date(2027, 3, 28), dt.date(2026, 10, 25)


def days(rule, until):
    return list(rule.days(until))


def rule(**changes):
    facts = {"repeat": Repeat.WEEKLY, "starts_on": FRIDAY, "weekdays": (4,)} | changes
    return Rule(**facts)


def test_once_is_its_day_even_on_a_holiday():
    seventeenth = dt.date(2027, 5, 17)
    assert days(rule(repeat=Repeat.ONCE, starts_on=seventeenth), dt.date(2028, 1, 1)) == [seventeenth]
    assert days(rule(repeat=Repeat.ONCE, starts_on=seventeenth), dt.date(2027, 5, 16)) == []


def test_every_second_week_counts_from_the_first():
    found = days(rule(every=2), dt.date(2027, 1, 31))
    assert found == [FRIDAY, dt.date(2026, 12, 11), dt.date(2027, 1, 8), dt.date(2027, 1, 22)]
    assert dt.date(2026, 12, 25) not in found, "the first day of Christmas is left out, and the count goes on"


def test_two_days_a_week():
    found = days(rule(weekdays=(1, 3), starts_on=dt.date(2026, 11, 24)), dt.date(2026, 12, 5))
    assert [d.day for d in found] == [24, 26, 1, 3]


def test_the_last_friday_of_the_month():
    found = days(rule(repeat=Repeat.MONTHLY, nth=-1, starts_on=dt.date(2026, 11, 1)), dt.date(2027, 4, 30))
    assert [str(d) for d in found] == ["2026-11-27", "2027-01-29", "2027-02-26", "2027-04-30"], (
        "the last Friday of December and of March are public holidays"
    )


def test_holidays_when_wanted():
    found = days(rule(not_on_holidays=False), dt.date(2027, 1, 2))
    assert dt.date(2026, 12, 25) in found
    assert dt.date(2027, 1, 1) in found
    assert dt.date(2026, 12, 24) not in days(
        rule(weekdays=(3,), starts_on=dt.date(2026, 12, 17)), dt.date(2026, 12, 31)
    )


def test_the_school_year():
    found = days(rule(starts_on=dt.date(2026, 8, 7), school_year=True), dt.date(2027, 8, 31))
    assert not any(dt.date(2026, 8, 1) <= d <= dt.date(2026, 8, 17) for d in found)
    assert dt.date(2026, 10, 2) not in found, "week 40"
    assert dt.date(2027, 2, 26) not in found, "week 8"
    assert dt.date(2027, 3, 26) not in found, "Good Friday"
    assert dt.date(2026, 9, 4) in found
    assert not any(dt.date(2027, 6, 20) <= d <= dt.date(2027, 8, 17) for d in found)
    assert in_school_year(dt.date(2027, 2, 26), autumn=41, winter=9)


def test_another_year_is_the_same_weekday_in_the_first_year_in_which_it_has_not_been():
    assert next_year(FRIDAY, None, today=FRIDAY) == (FRIDAY, None), "today it has not been"
    day, until = next_year(FRIDAY, FRIDAY + dt.timedelta(days=70), today=dt.date(2028, 1, 1))
    assert (day, until) == (dt.date(2028, 11, 24), dt.date(2029, 2, 2))
    assert day.weekday() == until.weekday() == FRIDAY.weekday()


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": FRIDAY - dt.timedelta(days=1)}, {"every": 0}, {"every": 13}, {"weekdays": ()}, {"weekdays": (7,)},
        {"repeat": Repeat.MONTHLY}, {"repeat": Repeat.MONTHLY, "nth": 5},
        {"repeat": Repeat.MONTHLY, "weekdays": (1, 2), "nth": 1},
    ],
)  # fmt: skip
def test_a_rule_that_can_never_be_is_refused(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        rule(**wrong)


def test_turns_by_time_and_by_month():
    assert [turn(n, FRIDAY, FRIDAY, by_month=False, of=3) for n in range(5)] == [0, 1, 2, 0, 1]
    february = dt.date(2027, 2, 5)
    assert turn(9, february, FRIDAY, by_month=True, of=2) == 1
    with pytest.raises(ValueError, match="turns"):
        turn(0, FRIDAY, FRIDAY, by_month=False, of=0)


def test_the_night_summer_time_begins():
    begins, ends = moments(SPRING - dt.timedelta(days=1), dt.time(22), dt.time(4))
    assert ends - begins == dt.timedelta(hours=5), "from ten in the evening to four on the wall is five hours"
    begins, ends = moments(SPRING, dt.time(2, 30), dt.time(5))
    assert begins == dt.datetime(2027, 3, 28, 1, 30, tzinfo=dt.UTC), "half past two is not there: half past three"
    assert is_odd_hour(SPRING, dt.time(2, 30))


def test_the_night_summer_time_ends():
    begins, ends = moments(AUTUMN - dt.timedelta(days=1), dt.time(22), dt.time(4))
    assert ends - begins == dt.timedelta(hours=7)
    begins, _ = moments(AUTUMN, dt.time(2, 30), dt.time(5))
    assert begins == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC), "the first of the two"
    assert is_odd_hour(AUTUMN, dt.time(2, 30))
    assert not is_odd_hour(AUTUMN, dt.time(3, 30))


@given(
    start=st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31)),
    clock=st.times(),
    weeks=st.integers(1, 4),
    weekday=st.integers(0, 6),
)
def test_a_series_is_at_the_same_hour_on_the_wall_all_year(start, clock, weeks, weekday):
    """Row 68: whatever night it crosses, the hour on the wall is the rule's, but where that hour is not there."""
    clock = clock.replace(second=0, microsecond=0)
    to = (dt.datetime.combine(start, clock) + dt.timedelta(minutes=90)).time()
    held = rule(starts_on=start, every=weeks, weekdays=(weekday,))
    for day in held.days(start + dt.timedelta(days=370)):
        begins, ends = moments(day, clock, to)
        wall = begins.astimezone(OSLO)
        missing = is_odd_hour(day, clock) and wall.time() != clock
        assert wall.time() == clock or missing
        assert wall.date() == day
        assert ends > begins
        assert day.weekday() == weekday


def test_a_saturday_evening_is_found_under_both():
    assert times_of(dt.date(2026, 11, 28), dt.time(19)) == {"saturday", "evening"}
    assert times_of(dt.date(2027, 5, 17), dt.time(12)) == {"holiday"}
    assert times_of(FRIDAY, dt.time(11)) == {"day"}
    assert times_of(dt.date(2026, 11, 29), dt.time(12)) == {"sunday"}


@pytest.mark.parametrize(("language", "said"), [("nb", "Ble holdt"), ("nn", "Vart halde"), ("en", "Held")])
def test_a_time_that_has_been_held_does_not_say_that_it_waits(language, said):
    with translation.override(language):
        assert OccurrenceState.HELD.label == said
