"""Ways guessed from the map alone: the straight line times a factor. Wrong across a fjord; `roads` knows better."""

from collections.abc import Mapping

import numpy as np

from planning.distances.matrix import Matrix
from planning.vocabulary.identity import Id
from planning.vocabulary.point import ROAD_FACTOR, Point

METRES_A_SECOND = 12.5
"""45 km an hour: a car on a valley's roads, with stops, villages and bends."""


def straight_matrix(
    points: Mapping[Id, Point], *, road_factor: float = ROAD_FACTOR, metres_a_second: float = METRES_A_SECOND
) -> Matrix:
    """Guess seconds and metres between all points. Raises ValueError for a factor under 1 and a speed not above 0."""
    if not metres_a_second > 0:
        raise ValueError(f"A car moves: {metres_a_second} metres a second is not above 0.")
    places = tuple(points)
    metres = np.zeros((len(places), len(places)))
    for row, begin in enumerate(points.values()):
        for column, end in enumerate(points.values()):
            if row < column:
                metres[row, column] = metres[column, row] = begin.metres_to(end, road_factor)
    return Matrix(places, metres / metres_a_second, metres)
