"""Plain words: the clock, keys, telephone numbers, opening days, references, refusals."""

import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.ids import first_id, uuid7
from samtun.kernel.opening import DEFAULT_HOURS, Opening, OpeningHours
from samtun.kernel.phones import spoken, takes_texts, tidy
from samtun.kernel.refs import Ref


def wall(day, hour=12, minute=0):
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=clock.OSLO)


def test_keys_sort_by_the_moment_they_were_made():
    made = [uuid7() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == 5000
    assert {k.version for k in made} == {7}
    assert {k.variant for k in made} == {uuid.RFC_4122}


def test_the_first_key_of_a_moment_sorts_between_before_and_after():
    before = uuid7()
    ms = before.int >> 80
    moment = dt.datetime.fromtimestamp(ms / 1000, tz=dt.UTC)
    assert first_id(moment) <= before < first_id(moment + dt.timedelta(milliseconds=2))


def test_wall_time_over_the_change_of_clocks():
    summer, winter = dt.date(2026, 7, 1), dt.date(2026, 12, 1)
    assert clock.at_wall(summer, dt.time(10)).hour == 8
    assert clock.at_wall(winter, dt.time(10)).hour == 9
    skipped = clock.at_wall(dt.date(2026, 3, 29), dt.time(2, 30))
    assert clock.wall(skipped).time() == dt.time(3, 30)
    assert clock.now().tzinfo is dt.UTC
    assert clock.today() == clock.wall(clock.now()).date()


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("90 00 00 01", "+4790000001"), ("+47 900 00 001", "+4790000001"), ("004790000001", "+4790000001"),
        ("4790000001", "+4790000001"), ("(57) 00-11.22", "+4757001122"), ("+44 20 7946 0000", "+442079460000"),
        ("", ""), ("ring meg", ""), ("123", ""), ("+47123", ""), ("900000011", ""), ("+0123456789", ""),
    ],
)  # fmt: skip
def test_telephone_numbers_as_people_write_them(typed, tidied):
    assert tidy(typed) == tidied


@given(st.from_regex(r"\+47[2-9]\d{7}", fullmatch=True))
def test_a_number_read_aloud_can_be_typed_back(number):
    assert tidy(spoken(number)) == number


@pytest.mark.parametrize(
    ("number", "texts"),
    [
        ("+4790000101", True),
        ("+4741000101", True),
        ("+4757410001", False),
        ("+4781000000", False),
        ("+4670000001", None),
    ],
)
def test_the_number_tells_whether_it_is_a_mobile(number, texts):
    assert takes_texts(number) is texts


def test_a_foreign_number_is_left_as_it_is():
    assert spoken("+442079460000") == "+442079460000"


HOURS = OpeningHours(
    tuple(Opening(day, dt.time(9), dt.time(14)) for day in (0, 2, 4)), closed=lambda day: day == dt.date(2026, 11, 25)
)


@pytest.mark.rule("R114")
@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (wall(23, 10), 0, wall(23, 14)),  # Monday, open
        (wall(23, 15), 0, wall(27, 14)),  # closed for the day; Wednesday is closed; Friday
        (wall(23, 10), 1, wall(27, 14)),  # one opening day on: not Wednesday
        (wall(23, 10), 2, wall(30, 14)),
        (wall(28, 10), 1, dt.datetime(2026, 12, 2, 14, tzinfo=clock.OSLO)),  # from a Saturday: Monday is the start
    ],
)
def test_only_opening_days_count(start, days, end):
    assert HOURS.after_days(start, days) == end


def test_where_no_hours_are_known_ordinary_weekdays_count():
    assert OpeningHours(()).after_days(wall(27, 10), 1) == wall(30, 15)
    assert OpeningHours(()).next_opening(wall(27)) is None
    assert DEFAULT_HOURS.is_open(wall(27, 10))
    assert not DEFAULT_HOURS.is_open(wall(28, 10))


@pytest.mark.rule("R114")
@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (wall(23, 10), 2, wall(23, 12)),
        (wall(23, 7), 2, wall(23, 11)),  # before opening the clock waits
        (wall(23, 12), 2, wall(23, 14)),
        (wall(23, 12), 4, wall(27, 11)),  # two hours on Monday, Wednesday is closed, two on Friday
        (wall(28, 10), 1, wall(30, 10)),
        (wall(23, 9), 15, dt.datetime(2026, 11, 30, 14, tzinfo=clock.OSLO)),
    ],
)
def test_only_opening_hours_count(start, hours, end):
    assert HOURS.after_hours(start, hours) == end
    assert OpeningHours(()).after_hours(wall(27, 14), 2) == wall(30, 10)


def test_two_stretches_in_a_day():
    hours = OpeningHours((Opening(0, dt.time(13), dt.time(15)), Opening(0, dt.time(9), dt.time(11))))
    assert hours.is_open(wall(23, 10))
    assert not hours.is_open(wall(23, 12))
    assert hours.next_opening(wall(23, 12)) == wall(23, 13)
    assert hours.after_days(wall(23, 8), 0) == wall(23, 15)


@pytest.mark.parametrize(("weekday", "opens", "closes"), [(7, 9, 10), (-1, 9, 10), (0, 10, 9), (0, 9, 9)])
def test_nonsense_hours_are_refused(weekday, opens, closes):
    with pytest.raises(ValueError, match=r"weekday|end after"):
        Opening(weekday, dt.time(opens), dt.time(closes))


def test_a_reference_as_text():
    ref = Ref("help_request", uuid7())
    assert Ref.parse(str(ref)) == ref
    for text in ("", ":x", "help_request:", "help_request:no-key", str(ref.id)):
        with pytest.raises(ValueError, match=r"."):
            Ref.parse(text)


def test_a_refusal_says_its_docstring_or_what_it_is_given():
    class Full(Refused):
        """There is no seat left. Choose another day.

        More words for those who read code.
        """

    assert Full().message == "There is no seat left. Choose another day."
    assert Full("Another sentence.").message == "Another sentence."
    assert NotYours().message == "There is nothing here."


def test_out_of_sight_is_not_shown_where_a_refusal_is():
    assert not issubclass(NotYours, Refused)
