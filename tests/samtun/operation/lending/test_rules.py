"""Times: on the wall, repeated by a rule, and both nights when the clocks change."""

import datetime as dt

import pytest

from samtun.operation.lending.enums import Every, State
from samtun.operation.lending.rules import (
    GOES_ON,
    NoSuchTime,
    NoTimeAtAll,
    Slot,
    Span,
    TooManyDates,
    check_times,
    repeated,
    says_code,
)
from tests.factories.lending import FRIDAY, a_hall, an_evening


def days(*found):
    return [slot.on for slot in found]


def test_a_weekly_rule_keeps_the_hour_on_the_wall_when_the_clocks_change():
    first = Slot.of(dt.date(2026, 10, 22), dt.time(18), dt.time(20))
    before, after = repeated(first, Every.WEEK, dt.date(2026, 10, 29))
    assert (before.starts, after.starts) == (dt.time(18), dt.time(18))
    assert (before.begins_at.hour, after.begins_at.hour) == (16, 17)


@pytest.mark.parametrize(
    ("every", "until", "expected"),
    [
        (Every.ONCE, None, [27]),
        (Every.WEEK, dt.date(2026, 12, 11), [27, 4, 11]),
        (Every.TWO_WEEKS, dt.date(2026, 12, 31), [27, 11, 25]),
        (Every.MONTH, dt.date(2027, 2, 28), [27, 25, 22, 26]),
        (Every.LAST, dt.date(2027, 1, 31), [27, 25, 29]),
    ],
)
def test_a_rule_gives_its_dates_and_the_last_day_counts(every, until, expected):
    assert [day.day for day in days(*repeated(an_evening(), every, until))] == expected


def test_a_fifth_friday_is_the_last_one_of_each_month():
    fifth = an_evening(dt.date(2027, 1, 29))
    assert days(*repeated(fifth, Every.MONTH, dt.date(2027, 3, 31)))[1:] == [dt.date(2027, 2, 26), dt.date(2027, 3, 26)]


def test_a_rule_backwards_or_without_end_is_refused():
    with pytest.raises(NoTimeAtAll):
        repeated(an_evening(), Every.WEEK, FRIDAY - dt.timedelta(days=1))
    with pytest.raises(TooManyDates):
        check_times(None, [an_evening()] * 61, at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))


def test_an_end_before_the_beginning_is_the_night_after():
    party = Slot.of(FRIDAY, dt.time(20), dt.time(1))
    assert party.ends_on == dt.date(2026, 11, 28)
    assert party.finishes_at - party.begins_at == dt.timedelta(hours=5)


@pytest.mark.django_db
def test_the_night_in_autumn_has_an_hour_more_and_the_night_in_spring_an_hour_less(tun):
    hall = a_hall(tun, name="Nattsalen")
    autumn = Slot.of(dt.date(2027, 10, 31), dt.time(1), dt.time(4))
    spring = Slot.of(dt.date(2027, 3, 28), dt.time(1), dt.time(4))
    lengths = [slot.finishes_at - slot.begins_at for slot in (autumn, spring)]
    assert lengths == [dt.timedelta(hours=4), dt.timedelta(hours=2)]
    lost = Slot.of(dt.date(2027, 3, 28), dt.time(2, 15), dt.time(3))
    with pytest.raises(NoSuchTime):
        check_times(hall, [lost], at=tun.now)
    check_times(hall, [spring], at=tun.now)


def test_what_only_touches_is_not_over():
    one = Span(dt.datetime(2026, 1, 1, 10, tzinfo=dt.UTC), dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC))
    other = Span(one.finishes, one.finishes + dt.timedelta(hours=1))
    assert not one.over(other)
    assert one.over(Span(one.begins - dt.timedelta(hours=1), one.begins + dt.timedelta(minutes=1)))


@pytest.mark.parametrize(
    ("words", "is_code"),
    [
        ("Koden er 4521", True), ("kode på døra: 4455", True), ("PIN 1234", True),
        ("Ring 57 00 11 22", False), ("Hentast i Storgata 4, 6750", False), ("Nøkkelen heng i kaféen", False),
    ],
)  # fmt: skip
def test_a_code_to_a_door_is_seen(words, is_code):
    assert says_code(words) is is_code


def test_every_state_has_its_way_on_and_the_ended_ones_none():
    assert set(GOES_ON) == set(State)
    ended = {state for state, ways in GOES_ON.items() if not ways}
    assert ended == {State.RETURNED, State.DECLINED, State.CANCELLED, State.GIVEN_BACK}
