"""Reads roads and named places out of an OpenStreetMap extract: XML (`.osm`, also `.osm.gz`), one pass, no network."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import ParseError, iterparse

from samtun.kernel.ground import Spot, metres_between

NAMED = ("place", "amenity", "building", "leisure", "tourism", "club", "community_centre")
"""What may be a village, a hall, or a house where something is on."""


class UnreadableMap(Exception):
    """The file is no OpenStreetMap extract; the message says why."""


class Way(NamedTuple):
    """A road: its name, its kind (`highway`), and where it goes."""

    name: str
    kind: str
    spots: list[Spot]


@dataclass(slots=True)
class Extract:
    """What stands in a file. `named` is by name in small letters; of several with one name the first counts."""

    ways: list[Way] = field(default_factory=list)
    named: dict[str, Spot] = field(default_factory=dict)

    def near(self, centres: list[Spot], metres: float) -> list[Way]:
        """Return the roads that come within so far of any of the centres; all when there is no centre."""
        return [
            way for way in self.ways
            if not centres or any(metres_between(spot, one) <= metres for spot in way.spots[::5] for one in centres)
        ]  # fmt: skip


def read_osm(path: Path) -> Extract:
    """Read an extract. Raises UnreadableMap for a file that is missing, cut off, or something else."""
    found, spots = Extract(), dict[str, Spot]()
    try:
        with _opened(path) as file:
            for element in _elements(file):
                _take(element, found, spots)
    except (OSError, EOFError, ParseError, ValueError, KeyError) as wrong:
        raise UnreadableMap(f"{path.name} could not be read as an OpenStreetMap file: {wrong}") from wrong
    return found


@contextmanager
def _opened(path: Path) -> Iterator[gzip.GzipFile | BufferedReader]:
    if path.suffix == ".pbf":
        raise ValueError("it is packed as PBF. Make XML of it first: osmium cat in.osm.pbf -o out.osm")
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        yield file


def _elements(file: gzip.GzipFile | BufferedReader) -> Iterator[Element]:
    """Give each node and way, and forget it again: extracts are larger than what one wants to hold."""
    steps = iterparse(file, events=("start", "end"))
    _, root = next(steps)
    if root.tag != "osm":
        raise ValueError(f"it begins with <{root.tag}>, not with <osm>")
    for event, element in steps:
        if event == "end" and element.tag in ("node", "way"):
            yield element
            root.clear()


def _take(element: Element, found: Extract, spots: dict[str, Spot]) -> None:
    tags = {tag.attrib["k"]: tag.attrib["v"] for tag in element.iter("tag")}
    name = tags.get("name", "")
    if element.tag == "node":
        spots[element.attrib["id"]] = spot = Spot(float(element.attrib["lat"]), float(element.attrib["lon"]))
        line = [spot]
    else:
        line = [spots[nd.attrib["ref"]] for nd in element.iter("nd") if nd.attrib["ref"] in spots]
        if "highway" in tags and len(line) > 1:
            found.ways.append(Way(name, tags["highway"], line))
    if name and line and any(key in tags for key in NAMED):
        middle = Spot(sum(s.lat for s in line) / len(line), sum(s.lon for s in line) / len(line))
        found.named.setdefault(name.casefold(), middle)
