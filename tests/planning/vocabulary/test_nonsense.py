"""Every value refuses nonsense when it is built, in words that say what is wrong."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from planning.vocabulary.availability import Absence, Season, WeeklySlot
from planning.vocabulary.ceiling import Ceiling
from planning.vocabulary.fact import Fact
from planning.vocabulary.point import Point
from planning.vocabulary.reason import Reason, Why
from planning.vocabulary.suggestion import MatchProblem
from planning.vocabulary.window import Window
from tests.planning.instances import ANNA, MONDAY, STEPS, like_anna, snow

NOON = datetime(2026, 11, 25, 12)

BAD: dict[str, tuple[Callable[[], object], str]] = {
    "window with zone": (lambda: Window(NOON.replace(tzinfo=UTC), NOON.replace(tzinfo=UTC)), "without a time zone"),
    "window backwards": (lambda: Window(NOON, NOON), "must end after it starts"),
    "latitude": (lambda: Point(91, 0), "latitude"),
    "longitude": (lambda: Point(0, -181), "longitude"),
    "not a number": (lambda: Point(float("nan"), 0), "latitude"),
    "shorter than straight": (lambda: Point(0, 0).metres_to(Point(1, 1), 0.9), "road factor"),
    "unknown reason": (lambda: Reason("score"), "not a code"),
    "figure twice": (lambda: Reason(Why.QUIET, (("until", 1), ("until", 2))), "each figure once"),
    "police without purpose": (lambda: Fact("police:"), "legal purpose"),
    "for safety": (lambda: snow(requires=frozenset({"safety"})), "not something a task can ask for"),
    "car as fact": (lambda: Fact("own_car"), "has_car"),
    "season": (lambda: Season((2, 30), (3, 1)), "no day 30 in month 2"),
    "weekday": (lambda: WeeklySlot(7), "Monday"),
    "slot backwards": (lambda: WeeklySlot(0, 600, 600), "ends after it starts"),
    "slot over midnight": (lambda: WeeklySlot(0, 600, 1500), "within one day"),
    "absence backwards": (lambda: Absence(date(2026, 12, 2), date(2026, 12, 1)), "before it begins"),
    "never": (lambda: Ceiling(0, "week"), "paused"),
    "a year": (lambda: Ceiling(1, "year"), "a week or a month"),
    "no kind": (lambda: snow(task_type=""), "task type"),
    "no time": (lambda: snow(duration_min=0), "one minute"),
    "longer than a day": (lambda: snow(duration_min=1441), "one minute to one day"),
    "start": (lambda: snow(start_minute=1440), "minute 1439"),
    "lowest age": (lambda: snow(min_age=-1), "lowest age"),
    "shorter than nothing": (lambda: snow(village_metres={"nesvika": -1}), "0 or more"),
    "no host": (lambda: snow(hosts=frozenset()), "nobody could be asked"),
    "age": (lambda: like_anna("old", age=130), "120"),
    "reach": (lambda: like_anna("back", max_distance_m=-5), "0 metres"),
    "limit": (lambda: MatchProblem(STEPS, (), MONDAY, 0), "at least one"),
    "twice": (lambda: MatchProblem(STEPS, (ANNA, ANNA), MONDAY, 1), "twice"),
}


@pytest.mark.parametrize(("build", "words"), BAD.values(), ids=BAD.keys())
def test_nonsense_is_refused_in_plain_words(build: Callable[[], object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        build()


@pytest.mark.rule("R64")
def test_a_police_certificate_cannot_be_asked_for_without_a_purpose() -> None:
    with pytest.raises(ValueError, match="legal purpose"):
        snow(requires=frozenset({"police"}))
    assert snow(requires=frozenset({"police:hol-5-4"})).requires == {"police:hol-5-4"}
