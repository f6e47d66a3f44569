"""What is kept in the process: for a while, for each that asks, and no longer than it is so."""

import datetime as dt

import pytest

from samtun.kernel.kept import Kept

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
HALF_A_MINUTE = dt.timedelta(seconds=30)


@pytest.fixture
def asked():
    return []


@pytest.fixture
def kept(asked):
    return Kept(lambda key: asked.append(key) or (f"{key} {len(asked)}" if key else None), lasts=HALF_A_MINUTE)


def test_an_answer_is_asked_for_again_when_it_is_too_old(kept, asked):
    assert [kept.of("a", NOON), kept.of("a", NOON + HALF_A_MINUTE - dt.timedelta.resolution)] == ["a 1", "a 1"]
    assert kept.of("a", NOON + HALF_A_MINUTE) == "a 2"
    assert asked == ["a", "a"]


def test_each_has_its_own_and_one_is_forgotten_alone(kept):
    first = kept.of("a", NOON), kept.of("b", NOON)
    kept.forget("a")
    kept.forget("never asked for")
    assert (kept.of("a", NOON), kept.of("b", NOON)) == ("a 3", first[1])


def test_that_there_is_none_is_asked_each_time(kept, asked):
    assert [kept.of("", NOON), kept.of("", NOON)] == [None, None]
    assert asked == ["", ""]


def test_all_of_it_is_forgotten_at_once(kept):
    kept.of("a", NOON)
    Kept.forget_all()
    assert kept.of("a", NOON) == "a 2"
