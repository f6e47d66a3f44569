"""Small named days of meals: a kitchen, two villages along a road, and who drives."""

from dataclasses import replace

import numpy as np

from planning.distances import Matrix
from planning.vocabulary.meal import Box, Door, Driver, Kitchen, MealProblem, Wave

ELEVEN, NOON, ONE, TWO = 39_600, 43_200, 46_800, 50_400
SPOTS = {"kitchen": 0, "anna": 2, "bo": 4, "cilla": 6, "dag": 30, "home": 1, "island": 99}
"""Kilometres along one road; a minute each. Nobody can drive to the island."""


def along(spots=SPOTS):
    """The roads between spots: a kilometre a minute."""
    at = np.array(list(spots.values()), dtype=float)
    way = np.abs(at[:, None] - at[None])
    cut = np.array([name == "island" for name in spots])
    way[cut[:, None] != cut[None]] = np.inf
    return Matrix(tuple(spots), way * 60, way * 1000)


def door(who, **changes):
    """A door open from eleven to one, in the village by the kitchen."""
    return replace(Door(who, who, "near", ELEVEN, ONE), **changes)


KITCHEN = Kitchen("kitchen", "kitchen", ELEVEN - 1800, ONE)
EVA = Driver("eva", frozenset({"near"}), frozenset({"kitchen"}), 10, (Wave(ELEVEN - 3600, TWO),))
FRED = replace(EVA, id="fred", start="home", end="home")
DAY = MealProblem((KITCHEN,), (door("anna"), door("bo"), door("cilla")), (EVA,), along())


def day(**changes):
    """The day with three doors and Eva, but for `changes`."""
    return replace(DAY, **changes)


VEGAN = (Box("vegan"),)
