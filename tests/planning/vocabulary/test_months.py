"""A weekly pattern as people choose it: whole months, and an evening that lasts to the end of the day."""

from datetime import date

import pytest

from planning.vocabulary.availability import Season, WeeklySlot


def test_january_to_december_is_all_the_year():
    assert WeeklySlot.in_months(1, 600, 720, 1, 12) == WeeklySlot(1, 600, 720)


@pytest.mark.parametrize(
    ("first", "last", "season"),
    [
        (4, 9, Season((4, 1), (9, 30))),
        (11, 2, Season((11, 1), (2, 29))),
        (6, 12, Season((6, 1), (12, 31))),
        (2, 2, Season((2, 1), (2, 29))),
    ],
)
def test_months_are_whole(first, last, season):
    assert WeeklySlot.in_months(0, 600, 720, first, last).season == season
    assert season.holds(date(2028, last, season.last[1]))


@pytest.mark.parametrize(("end", "until"), [(1438, 1438), (1439, 1440), (1440, 1440)])
def test_the_last_minute_is_the_end_of_the_day(end, until):
    assert WeeklySlot.in_months(6, 1080, end, 1, 12).end_minute == until
