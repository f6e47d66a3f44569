"""Seconds and metres by road between points, and a memory of what was asked for before.

Where people live is sent to the server that the settings name and to nobody else; it is remembered in this process
only, and written nowhere.
"""

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Protocol

import numpy as np
from django.conf import settings

from planning.distances import Matrix
from planning.distances.straight import straight_matrix
from planning.vocabulary.identity import Id
from planning.vocabulary.point import Point
from samtun.operation.plans.adapters.servers import Leg, Osrm, RoadsUnreachable, Valhalla

__all__ = ["Guessed", "Measures", "Remembering", "Roads", "RoadsUnreachable", "chosen"]

type Pair = tuple[Point, Point]

KEPT_FOR = dt.timedelta(hours=24)
"""A closed road is known the day after at the latest."""

MOST_KEPT = 250_000
"""Legs remembered at most: five hundred places from each to each, some 60 MB."""


class Measures(Protocol):
    """A server that measures."""

    def legs(self, begins: list[Point], ends: list[Point]) -> list[list[Leg]]:
        """Return (seconds, metres) from each to each, `inf` where there is no way. Raises RoadsUnreachable."""
        ...


class Roads(Protocol):
    """Whoever can say how far it is."""

    def matrix(self, points: Mapping[Id, Point], *, at: dt.datetime) -> Matrix:
        """Return seconds and metres between all of them. Raises RoadsUnreachable."""
        ...


class Guessed:
    """Nobody is asked: the straight line times a factor, at a common speed."""

    def matrix(self, points: Mapping[Id, Point], *, at: dt.datetime) -> Matrix:
        """Return a guess; a fjord or a ridge makes it far too short."""
        return straight_matrix(points)


class Remembering:
    """Asks a server for the legs it has not told of lately, and remembers them; several threads may ask."""

    def __init__(self, server: Measures, *, most: int = MOST_KEPT) -> None:
        self._server, self._most, self._lock = server, most, threading.Lock()
        self._known: OrderedDict[Pair, tuple[dt.datetime, Leg]] = OrderedDict()

    def matrix(self, points: Mapping[Id, Point], *, at: dt.datetime) -> Matrix:
        """Return seconds and metres; only points with a leg that is not remembered are asked for."""
        places = [_rounded(point) for point in points.values()]
        legs, missing = self._remembered(places, at)
        begins, ends = list({a: None for a, _b in missing}), list({b: None for _a, b in missing})
        if begins:
            told = self._server.legs(begins, ends)
            fresh = {
                (a, b): leg
                for a, row in zip(begins, told, strict=True)
                for b, leg in zip(ends, row, strict=True)
                if a != b
            }
            legs.update(fresh)
            self._keep(fresh, at)
        rows = [[(0.0, 0.0) if a == b else legs[a, b] for b in places] for a in places]
        table = np.array(rows, dtype=np.float64).reshape(len(places), len(places), 2)
        return Matrix(tuple(points), table[..., 0], table[..., 1])

    def _remembered(self, places: list[Point], at: dt.datetime) -> tuple[dict[Pair, Leg], list[Pair]]:
        legs: dict[Pair, Leg] = {}
        missing: list[Pair] = []
        with self._lock:
            for pair in ((a, b) for a in places for b in places if a != b):
                known = self._known.get(pair)
                if known is None or at - known[0] >= KEPT_FOR:
                    missing.append(pair)
                else:
                    legs[pair] = known[1]
        return legs, missing

    def _keep(self, fresh: dict[Pair, Leg], at: dt.datetime) -> None:
        with self._lock:
            for pair, leg in fresh.items():
                self._known[pair] = (at, leg)
                self._known.move_to_end(pair)
            while len(self._known) > self._most:
                self._known.popitem(last=False)


def _rounded(point: Point) -> Point:
    """To some ten metres, so that two doors of one yard are one question, and the server learns no more than that."""
    return Point(round(point.lat, 4), round(point.lon, 4))


_SERVERS = {"osrm": Osrm, "valhalla": Valhalla}
_made: dict[tuple[str, str], Roads] = {}


def chosen() -> Roads:
    """Return what the settings name; a guess when they name nothing. Raises ValueError for an unknown name."""
    kind, url = settings.SAMTUN_ROADS, settings.SAMTUN_ROADS_URL
    if not kind:
        return Guessed()
    if kind not in _SERVERS or not url:
        raise ValueError(
            f"SAMTUN_ROADS is {kind!r}: choose osrm or valhalla, and give its address in SAMTUN_ROADS_URL."
        )
    if (kind, url) not in _made:
        _made[kind, url] = Remembering(_SERVERS[kind](url))
    return _made[kind, url]
