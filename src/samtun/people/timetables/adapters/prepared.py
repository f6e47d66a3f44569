"""A timetable cut down to one municipality, before it is rows; and what is cut by."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import cos, radians

from samtun.kernel.ground import METRES_A_DEGREE, Spot


@dataclass(frozen=True, slots=True)
class Box:
    """What lies between two latitudes and two longitudes."""

    south: float
    west: float
    north: float
    east: float

    @classmethod
    def around(cls, spots: Iterable[Spot], *, metres: float) -> "Box | None":
        """Return the box around some points with so much on every side; None when there are none."""
        points = list(spots)
        if not points:
            return None
        lats, lons = [one.lat for one in points], [one.lon for one in points]
        up = metres / METRES_A_DEGREE
        aside = up / max(cos(radians(max(abs(min(lats)), abs(max(lats))))), 0.01)
        return cls(min(lats) - up, min(lons) - aside, max(lats) + up, max(lons) + aside)

    def holds(self, lat: float, lon: float) -> bool:
        """Tell whether a point lies inside."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east


@dataclass(frozen=True, slots=True)
class PreparedStop:
    """A stop; trips name it by its place in the list."""

    code: str
    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class PreparedTrip:
    """A trip: the number of its service, and its calls in order."""

    service: int
    line: str
    mode: str
    stops: list[int]
    arrives: list[int]
    leaves: list[int]
    picks_up: list[int]
    sets_down: list[int]


@dataclass(frozen=True, slots=True)
class Prepared:
    """One municipality's part of a timetable. `services` are days. `left_out` counts trips that could not be used.

    `box` is what it was cut by.
    """

    source: str
    valid_from: dt.date
    valid_to: dt.date
    stops: list[PreparedStop]
    services: list[list[dt.date]]
    trips: list[PreparedTrip]
    left_out: int = field(default=0)
    box: Box | None = None
