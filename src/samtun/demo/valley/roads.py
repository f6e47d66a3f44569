"""A road network drawn by hand in metres, made into junctions, distances and an OSM file."""

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import pairwise
from math import cos, hypot, radians, sin
from xml.sax.saxutils import quoteattr

from samtun.demo.valley.words import Junction, Road, Spot, Valley

type Metres = tuple[float, float]
"""East and north of the valley's own origin."""

METRES_A_DEGREE = 111_195
BEND_EVERY = 400
"""Longest stretch between two bends, metres."""


class Survey:
    """Draws roads from places given in metres and numbers the junctions as they come."""

    def __init__(self, lat: float, lon: float) -> None:
        """Put the origin at a latitude and longitude, degrees."""
        self.lat, self.lon = lat, lon
        self.junctions: list[Junction] = []
        self.roads: list[Road] = []
        self._at: dict[Metres, int] = {}

    def spot(self, at: Metres) -> Spot:
        """Turn metres into degrees."""
        east, north = at
        return Spot(
            round(self.lat + north / METRES_A_DEGREE, 6),
            round(self.lon + east / (METRES_A_DEGREE * cos(radians(self.lat))), 6),
        )

    def junction(self, at: Metres) -> int:
        """Give the number of the junction here, a new one if there is none."""
        if at not in self._at:
            self._at[at] = len(self.junctions) + 1
            self.junctions.append(Junction(self._at[at], self.spot(at)))
        return self._at[at]

    def road(self, name: str, kind: str, maxspeed: int, *through: Metres, bridge: bool = False) -> None:
        """Draw a road through these places, bending between them as roads do, unless it is a bridge."""
        ids = [self.junction(through[0])]
        for start, end in pairwise(through):
            if not bridge:
                ids += (self.junction(bend) for bend in _bends(start, end))
            ids.append(self.junction(end))
        self.roads.append(Road(name, kind, maxspeed, tuple(ids), bridge))

    def lanes(self, name: str, centre: Metres, count: int) -> tuple[int, ...]:
        """Draw `count` short lanes with two gates each around a centre; gives the gates."""
        doors = []
        for number in range(count):
            turn = 2.399 * number + 0.4
            out = 150 + 55 * number
            corner = _step(centre, out, turn)
            gate = _step(corner, 90, turn + 0.7)
            lane = name if number == 0 else f"{name} {chr(ord('A') + number)}"
            self.road(lane, "residential", 30, centre, corner, gate)
            doors += [self.junction(corner), self.junction(gate)]
        return tuple(doors)


def _step(start: Metres, metres: float, turn: float) -> Metres:
    return (round(start[0] + metres * cos(turn), 1), round(start[1] + metres * sin(turn), 1))


def _bends(start: Metres, end: Metres) -> Iterator[Metres]:
    """Bends between two places, to the left and right in turn."""
    east, north = end[0] - start[0], end[1] - start[1]
    length = hypot(east, north)
    parts = int(length // BEND_EVERY) + 1
    for number in range(1, parts):
        aside = (35 if number % 2 else -35) * (1 + number % 3) / length
        along = number / parts
        yield (
            round(start[0] + along * east - aside * north, 1),
            round(start[1] + along * north + aside * east, 1),
        )


def straight_metres(one: Spot, other: Spot) -> float:
    """Metres in a straight line; flat-earth, good for a valley."""
    north = (other.lat - one.lat) * METRES_A_DEGREE
    east = (other.lon - one.lon) * METRES_A_DEGREE * cos(radians((one.lat + other.lat) / 2))
    return hypot(east, north)


def road_metres(valley: Valley, start: int) -> dict[int, float]:
    """Shortest way by road in metres from the junction `start` to every junction that can be reached."""
    spots = {one.id: one.spot for one in valley.junctions}
    beside: dict[int, list[tuple[int, float]]] = {}
    for road in valley.roads:
        for one, other in pairwise(road.junctions):
            metres = straight_metres(spots[one], spots[other])
            beside.setdefault(one, []).append((other, metres))
            beside.setdefault(other, []).append((one, metres))
    found: dict[int, float] = {}
    queue = [(0.0, start)]
    while queue:
        metres, at = heappop(queue)
        if at not in found:
            found[at] = metres
            for neighbour, more in beside.get(at, ()):
                heappush(queue, (metres + more, neighbour))
    return found


def village_metres(valley: Valley) -> dict[tuple[str, str], int]:
    """Measure the way by road between the middles of all villages, in metres, both ways round."""
    return {
        (start.key, end.key): round(ways[end.junction])
        for start in valley.villages
        for ways in [road_metres(valley, start.junction)]
        for end in valley.villages
        if start is not end
    }


def osm_xml(valley: Valley) -> str:
    """Write the road network, halls and water as an OSM file (API 0.6) that routing engines can read.

    Nodes come first and ids rise, as osrm-extract wants them.
    """
    lines = ["<?xml version='1.0' encoding='UTF-8'?>", '<osm version="0.6" generator="samtun demo">']
    lats = [one.spot.lat for one in valley.junctions]
    lons = [one.spot.lon for one in valley.junctions]
    lines.append(f'  <bounds minlat="{min(lats)}" minlon="{min(lons)}" maxlat="{max(lats)}" maxlon="{max(lons)}"/>')
    halls = {hall.junction: hall for hall in valley.halls}
    villages = {village.junction: village for village in valley.villages}
    for junction in valley.junctions:
        tags = []
        if junction.id in halls:
            tags += [("amenity", "community_centre"), ("name", halls[junction.id].name)]
        elif junction.id in villages:
            tags += [("place", "hamlet"), ("name", villages[junction.id].name)]
        lines += _element("node", junction.id, f' lat="{junction.spot.lat}" lon="{junction.spot.lon}"', [], tags)
    after = max(one.id for one in valley.junctions)
    shore = range(after + 1, after + 1 + len(valley.water))
    for number, spot in zip(shore, valley.water, strict=True):
        lines += _element("node", number, f' lat="{spot.lat}" lon="{spot.lon}"', [], [])
    for number, road in enumerate(valley.roads, start=1):
        tags = [("highway", road.kind), ("name", road.name), ("maxspeed", str(road.maxspeed))]
        tags += [("bridge", "yes"), ("layer", "1")] if road.bridge else []
        lines += _element("way", number, "", road.junctions, tags)
    if valley.water:
        lines += _element("way", len(valley.roads) + 1, "", [*shore, shore[0]], [("natural", "water")])
    return "\n".join([*lines, "</osm>", ""])


def _element(
    kind: str, number: int, place: str, refs: tuple[int, ...] | list[int], tags: list[tuple[str, str]]
) -> list[str]:
    """Write a node or a way."""
    head = f'  <{kind} id="{number}" version="1" visible="true"{place}'
    if not refs and not tags:
        return [f"{head}/>"]
    return [
        f"{head}>",
        *(f'    <nd ref="{ref}"/>' for ref in refs),
        *(f"    <tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags),
        f"  </{kind}>",
    ]
