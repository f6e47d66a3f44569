"""The small sums of the vocabulary."""

from datetime import date, datetime

from planning.vocabulary.availability import Season
from planning.vocabulary.ceiling import Ceiling
from planning.vocabulary.identity import lot
from planning.vocabulary.point import Point
from planning.vocabulary.window import Window


def test_a_window_over_midnight_is_cut_by_day() -> None:
    night = Window.of(date(2026, 12, 31), 23 * 60, 120)
    assert night.by_day() == ((date(2026, 12, 31), 1380, 1440), (date(2027, 1, 1), 0, 60))
    assert night.minutes == 120


def test_a_window_that_ends_at_midnight_is_one_day() -> None:
    assert Window.of(date(2026, 12, 31), 23 * 60, 60).by_day() == ((date(2026, 12, 31), 1380, 1440),)


def test_seconds_fill_their_minute() -> None:
    odd = Window(datetime(2026, 12, 1, 10, 0, 30), datetime(2026, 12, 1, 10, 5, 1))
    assert odd.by_day() == ((date(2026, 12, 1), 600, 606),)


def test_windows_that_touch_do_not_overlap() -> None:
    first, then = Window.of(date(2026, 12, 1), 600, 60), Window.of(date(2026, 12, 1), 660, 60)
    assert not first.overlaps(then)
    assert Window.of(date(2026, 12, 1), 600, 120).covers(then)
    assert not first.covers(then)


def test_a_degree_north_is_a_hundred_and_eleven_kilometres_and_more_by_road() -> None:
    assert round(Point(61, 3).straight_metres_to(Point(62, 3)), -1) == 111_200
    assert Point(61, 3).metres_to(Point(62, 3)) == round(Point(61, 3).straight_metres_to(Point(62, 3)) * 1.4)
    assert Point(61, 3).metres_to(Point(62, 3), road_factor=1) == 111_195


def test_a_season_may_run_over_new_year() -> None:
    winter = Season((11, 1), (3, 31))
    assert [winter.holds(date(2026, *day)) for day in ((11, 1), (12, 31), (3, 31), (4, 1), (10, 31))] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_weeks_run_from_monday_over_new_year() -> None:
    week, month = Ceiling(1, "week"), Ceiling(1, "month")
    assert week.same_period(date(2026, 12, 28), date(2027, 1, 3))
    assert not week.same_period(date(2027, 1, 3), date(2027, 1, 4))
    assert not month.same_period(date(2026, 12, 31), date(2027, 1, 1))
    assert not month.same_period(date(2025, 12, 1), date(2026, 12, 1))


def test_the_lot_is_the_same_in_every_process_and_differs_by_request() -> None:
    assert lot("a")("b").hex() == "0daadbd2ae54066b"
    by_request = {tuple(sorted("abc", key=lot(seed))) for seed in range(30)}
    assert len(by_request) == 6
