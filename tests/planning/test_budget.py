"""When a search ends."""

import pytest

from planning.stopping import Budget, budget


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "how long"), ({"iterations": 0}, "at least 1"), ({"seconds": 0.0}, "more than 0"),
        ({"seconds": float("inf")}, "ends"), ({"seconds": float("nan")}, "ends"),
    ],
)  # fmt: skip
def test_nonsense_is_refused(given, says):
    with pytest.raises(ValueError, match=says):
        Budget(**given)


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is moved."""
    hands = [100.0]
    monkeypatch.setattr(budget, "thread_time", lambda: hands[0])
    return hands


def test_iterations_alone_do_not_look_at_the_clock(clock):
    running = Budget(iterations=4).begin()
    clock[0] += 1e6
    assert [running.share(done) for done in (0, 2, 4)] == [0, 0.5, 1]
    assert not running.cut_short(2)


def test_seconds_alone(clock):
    running = Budget(seconds=10).begin()
    clock[0] += 5
    assert (running.seconds, running.share(7)) == (5, 0.5)
    clock[0] += 5
    assert running.share(7) == 1
    assert not running.cut_short(7), "there was no number of iterations to fall short of"


def test_seconds_beside_iterations_are_a_safety_stop(clock):
    running = Budget(iterations=4, seconds=10).begin()
    clock[0] += 9
    assert running.share(1) == 0.25
    clock[0] += 2
    assert running.share(1) == 1
    assert running.cut_short(1)
    assert not running.cut_short(4)
