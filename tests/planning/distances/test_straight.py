"""Ways guessed from the map alone."""

import pytest

from planning.distances.straight import straight_matrix
from planning.vocabulary.point import Point

TWO = {"a": Point(61.0, 5.0), "b": Point(61.0, 5.1)}


def test_the_straight_line_times_a_factor():
    made = straight_matrix(TWO, road_factor=1.5, metres_a_second=10)
    metres = TWO["a"].metres_to(TWO["b"], 1.5)
    assert made.metres_between("a", "b") == made.metres_between("b", "a") == metres
    assert made.seconds_between("a", "b") == metres / 10
    assert made.unreachable() == ()


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="A car moves"):
        straight_matrix(TWO, metres_a_second=0)
    with pytest.raises(ValueError, match="road factor"):
        straight_matrix(TWO, road_factor=0.5)
