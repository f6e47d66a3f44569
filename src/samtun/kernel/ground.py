"""Ground as it lies in degrees, small enough to be flat: distances, lines with fewer points, a frame to draw in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians
from typing import NamedTuple

METRES_A_DEGREE = 111_195


class Spot(NamedTuple):
    """Degrees, WGS 84."""

    lat: float
    lon: float


def metres_between(one: Spot, other: Spot) -> float:
    """Metres in a straight line; flat earth, good for a municipality."""
    north = (other.lat - one.lat) * METRES_A_DEGREE
    east = (other.lon - one.lon) * METRES_A_DEGREE * cos(radians((one.lat + other.lat) / 2))
    return hypot(east, north)


def length(line: Sequence[Spot]) -> float:
    """Metres along a line."""
    return sum(metres_between(a, b) for a, b in pairwise(line))


type Flat = tuple[float, float]


def simpler(line: Sequence[Flat], within: float) -> list[Flat]:
    """Leave out the points that lie closer than `within` to the line without them (Douglas and Peucker 1973).

    doi:10.3138/FM57-6770-U75U-7727. First and last are kept, so that roads still meet.
    """
    if len(line) < 3:
        return list(line)
    kept, todo = {0, len(line) - 1}, [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        far, at = within, 0
        for number in range(first + 1, last):
            away = _aside(line[number], line[first], line[last])
            if away > far:
                far, at = away, number
        if at:
            kept.add(at)
            todo += [(first, at), (at, last)]
    return [line[number] for number in sorted(kept)]


def _aside(point: Flat, start: Flat, end: Flat) -> float:
    """How far a point is from a stretch."""
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    off_x, off_y = point[0] - start[0], point[1] - start[1]
    whole = along_x * along_x + along_y * along_y
    part = max(0.0, min(1.0, (off_x * along_x + off_y * along_y) / whole)) if whole else 0.0
    return hypot(off_x - part * along_x, off_y - part * along_y)


def simpler_spots(line: Sequence[Spot], metres: float) -> list[Spot]:
    """Leave out the spots that say less than `metres` about where a line goes."""
    if len(line) < 3:
        return list(line)
    east = METRES_A_DEGREE * cos(radians(line[0].lat))
    flat = simpler([(spot.lon * east, spot.lat * METRES_A_DEGREE) for spot in line], metres)
    return [Spot(y / METRES_A_DEGREE, x / east) for x, y in flat]


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawing `wide` and `high`, north up, that holds what it was made around; a degree east is shorter up north."""

    west: float
    north: float
    shrink: float
    scale: float
    wide: float
    high: float

    @classmethod
    def around(cls, spots: Iterable[Spot], *, wide: float, edge: float, low: float, high: float) -> "Frame":
        """Fit `spots` into `wide` with `edge` left free on each side; the height follows, between `low` and `high`.

        One spot alone, or several in one place, get three kilometres around them. Raises ValueError without any.
        """
        held = list(spots)
        if not held:
            raise ValueError("There is nothing to draw a frame around.")
        south, north = min(s.lat for s in held), max(s.lat for s in held)
        west, east = min(s.lon for s in held), max(s.lon for s in held)
        shrink = cos(radians((south + north) / 2))
        least = 3000 / METRES_A_DEGREE
        across, up = max((east - west) * shrink, least), max(north - south, least)
        scale = min((wide - 2 * edge) / across, (high - 2 * edge) / up)
        tall = min(max(up * scale + 2 * edge, low), high)
        middle_lon, middle_lat = (west + east) / 2, (south + north) / 2
        return cls(
            west=middle_lon - wide / 2 / scale / shrink, north=middle_lat + tall / 2 / scale, shrink=shrink,
            scale=scale, wide=wide, high=tall,
        )  # fmt: skip

    @classmethod
    def square(cls, middle: Spot, *, metres: float, wide: float) -> "Frame":
        """Return a square of so many metres around a spot."""
        scale, shrink = wide / metres * METRES_A_DEGREE, cos(radians(middle.lat))
        half = wide / 2 / scale
        return cls(middle.lon - half / shrink, middle.lat + half, shrink, scale, wide, wide)

    def spot(self, at: Flat) -> Spot:
        """Which spot is there in the drawing."""
        return Spot(self.north - at[1] / self.scale, self.west + at[0] / self.scale / self.shrink)

    def place(self, spot: Spot) -> Flat:
        """Where a spot is in the drawing; y grows downwards."""
        return (spot.lon - self.west) * self.shrink * self.scale, (self.north - spot.lat) * self.scale

    def holds(self, at: Flat) -> bool:
        """Whether it is inside."""
        return 0 <= at[0] <= self.wide and 0 <= at[1] <= self.high

    @property
    def metre(self) -> float:
        """How long a metre is in the drawing."""
        return self.scale / METRES_A_DEGREE
