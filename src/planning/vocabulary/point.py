"""A place on the map and how far it is to another."""

from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_M = 6_371_009
"""Mean radius of the Earth in metres (IUGG)."""

ROAD_FACTOR = 1.4
"""Road metres for each metre in a straight line, where no road network is asked. Fjords make it a guess: a road
matrix replaces it where there is one."""


@dataclass(frozen=True, slots=True)
class Point:
    """Latitude and longitude in degrees (WGS 84). Raises ValueError outside -90..90 and -180..180."""

    lat: float
    lon: float
    _angles: tuple[float, float, float] = field(init=False, repr=False, compare=False)
    """Latitude and longitude in radians and the cosine of the first: a point is asked about more than once."""

    def __post_init__(self) -> None:
        if not -90 <= self.lat <= 90:
            raise ValueError(f"A latitude lies between -90 and 90 degrees, not {self.lat}.")
        if not -180 <= self.lon <= 180:
            raise ValueError(f"A longitude lies between -180 and 180 degrees, not {self.lon}.")
        object.__setattr__(self, "_angles", (radians(self.lat), radians(self.lon), cos(radians(self.lat))))

    def straight_metres_to(self, other: "Point") -> float:
        """Metres along the surface of a round Earth (haversine)."""
        lat, lon, cosine = self._angles
        other_lat, other_lon, other_cosine = other._angles
        chord = sin((other_lat - lat) / 2) ** 2 + cosine * other_cosine * sin((other_lon - lon) / 2) ** 2
        return 2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, chord)))

    def metres_to(self, other: "Point", road_factor: float = ROAD_FACTOR) -> int:
        """Metres by road, guessed as the straight line times `road_factor`. Raises ValueError for a factor under 1."""
        if not road_factor >= 1:
            raise ValueError(
                f"A road is never shorter than the straight line: a road factor of {road_factor} is under 1."
            )
        return round(self.straight_metres_to(other) * road_factor)
