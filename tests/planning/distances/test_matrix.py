"""Seconds and metres between places."""

import numpy as np
import pytest

from planning.distances import Matrix

INF = float("inf")


def matrix(seconds, metres=None, places="abc"):
    return Matrix(tuple(places), np.array(seconds), np.array(seconds if metres is None else metres))


@pytest.mark.parametrize(
    ("places", "seconds", "says"),
    [
        ("aa", [[0, 1], [1, 0]], "twice"), ("ab", [[0, 1]], "as many rows"), ("ab", [[0, -1], [1, 0]], "0 or more"),
        ("ab", [[0, np.nan], [1, 0]], "0 or more"), ("ab", [[1, 1], [1, 0]], "to itself"),
    ],
)  # fmt: skip
def test_nonsense_is_refused(places, seconds, says):
    with pytest.raises(ValueError, match=says):
        matrix(seconds, places=places)


def test_what_is_asked_for_is_found_by_name():
    one = matrix([[0, 5, INF], [4, 0, 9], [1, 2, 0]], [[0, 50, INF], [40, 0, 90], [10, 20, 0]])
    assert (one.seconds_between("a", "b"), one.metres_between("b", "a")) == (5, 40)
    assert one.rows("ca").tolist() == [2, 0]
    assert one.unreachable() == (("a", "c"),)
    with pytest.raises(ValueError, match="does not know the place 'd'"):
        one.row("d")


def test_it_cannot_be_changed_and_keeps_no_hold_of_what_it_was_made_of():
    given = np.array([[0.0, 1], [1, 0]])
    one = Matrix(("a", "b"), given, given)
    given[0, 1] = 9
    assert one.seconds_between("a", "b") == 1
    with pytest.raises(ValueError, match="read-only"):
        one.seconds[0, 1] = 7


def test_closed_no_way_by_another_place_is_shorter():
    one = matrix([[0, 9, 2], [9, 0, INF], [2, 3, 0]], [[0, 70, 20], [70, 0, INF], [20, 60, 0]]).closed()
    assert one.seconds.tolist() == [[0, 5, 2], [9, 0, 11], [2, 3, 0]]
    assert one.metres.tolist() == [[0, 80, 20], [70, 0, 90], [20, 60, 0]], "the metres of the quicker way"
    assert one.unreachable() == ()
