"""Who comes along, and a lighter plan: the rules, and that narrowing drops nobody who fits."""

from dataclasses import replace

import pytest

from planning.judge import may_be_asked
from planning.problems.matching import fits, narrowing, suggest, survives_silent, survives_told
from planning.vocabulary.point import Point
from planning.vocabulary.reason import Why
from tests.planning.instances import ANNA, MONDAY, STEPS, like_anna, snow


@pytest.mark.parametrize(("most", "minutes", "stopped"), [(60, 60, False), (60, 61, True), (None, 600, False)])
def test_a_lighter_plan_stops_what_lasts_longer(most: int | None, minutes: int, stopped: bool) -> None:
    found = fits(like_anna("a", most_minutes=most), snow(duration_min=minutes), MONDAY)
    assert [r.code for r in found] == ([Why.LIGHTER_PLAN] if stopped else [])


def test_a_companion_who_is_not_wanted_stops_both_and_shows_nowhere() -> None:
    pair = like_anna("a", companion="p-kari")
    asked = snow(vetoed=frozenset({"p-kari"}))
    assert [r.code for r in fits(pair, asked, MONDAY)] == [Why.NOT_NOW]
    shown = suggest(asked, [pair], MONDAY)
    assert (shown.groups, shown.excluded) == ((), ())
    assert not survives_silent(narrowing(asked, MONDAY)["silent"], pair)
    assert survives_silent(narrowing(STEPS, MONDAY)["silent"], pair)


def test_a_longest_task_is_a_minute_or_more() -> None:
    with pytest.raises(ValueError, match="1 minute or more"):
        replace(ANNA, most_minutes=0)


def test_narrowing_leaves_out_who_lives_further_north_than_they_go() -> None:
    told = narrowing(STEPS, MONDAY)["told"]
    near, far = Point(61.91, 3.5), Point(62.5, 3.5)
    rows = [like_anna(name, point=at, max_distance_m=10_000) for name, at in (("near", near), ("far", far))]
    assert [survives_told(told, row) for row in rows] == [True, False]
    assert survives_told(narrowing(snow(place=None), MONDAY)["told"], rows[1])


def test_the_judge_knows_both_rules() -> None:
    pair = like_anna("a", companion="p-kari", most_minutes=60)
    assert may_be_asked(pair, snow(duration_min=60), MONDAY)
    assert not may_be_asked(pair, snow(duration_min=61), MONDAY)
    assert not may_be_asked(pair, snow(vetoed=frozenset({"p-kari"})), MONDAY)
