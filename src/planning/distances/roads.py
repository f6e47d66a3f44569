"""Ways by road from a map file: OSRM inside this process, without a server or a network.

Luxen and Vetter 2011, doi:10.1145/2093973.2094062; contraction hierarchies as in Geisberger and others 2012,
doi:10.1287/trsc.1110.0401.
"""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import osrm

from planning.distances.matrix import Matrix
from planning.vocabulary.identity import Id
from planning.vocabulary.point import Point

BASE = "roads.osrm"
NEAREST_M = 2_000
"""A place further than this from any road is not reached by one."""


class RoadsError(Exception):
    """OSRM could not read the map, or has no roads in it."""


def build_roads(map_file: Path, folder: Path, *, profile: Path | None = None) -> Path:
    """Make a road network for cars in `folder` from an OSM file (`.osm` or `.osm.pbf`); gives what `Roads` opens.

    Raises RoadsError with what OSRM says when it fails.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lua = profile or Path(osrm.__file__).parent / "share" / "profiles" / "car.lua"
    link = folder / f"roads{''.join(map_file.suffixes)}"
    if link.resolve() != map_file.resolve():
        link.unlink(missing_ok=True)
        link.symlink_to(map_file.resolve())
    _run("extract", "--profile", str(lua), "--threads", "1", str(link))
    _run("contract", "--threads", "1", str(folder / BASE))
    return folder / BASE


def _run(step: str, *words: str) -> None:
    # No shell, this Python itself, and words that are ours: only the names of files are the caller's.
    done = subprocess.run(  # noqa: S603  # as said above
        [sys.executable, "-m", "osrm", step, *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise RoadsError(f"osrm-{step}: {said[-1] if said else 'failed without a word.'}")


class Roads:
    """A road network that `build_roads` made."""

    def __init__(self, base: Path) -> None:
        """Open the network. Raises RoadsError where there is none."""
        try:
            self._engine = osrm.OSRM(
                algorithm="CH", storage_config=str(base), use_shared_memory=False, max_locations_distance_table=-1
            )
        except RuntimeError as wrong:
            raise RoadsError(f"{base.name}: {wrong}") from None

    def matrix(self, points: Mapping[Id, Point]) -> Matrix:
        """Measure seconds and metres between all points; `inf` where no road leads, from a place off the road too.

        Places far from any road are reached by none: they are named by `Matrix.unreachable`.
        """
        places = tuple(points)
        seconds = np.full((len(places), len(places)), np.inf)
        metres = np.full((len(places), len(places)), np.inf)
        spots = {n: point for n, point in enumerate(points.values()) if self._is_near(point)}
        if spots:
            near, table = list(spots), self._table(list(spots.values()))
            seconds[np.ix_(near, near)] = _numbers(table["durations"])
            metres[np.ix_(near, near)] = _numbers(table["distances"])
        np.fill_diagonal(seconds, 0.0)
        np.fill_diagonal(metres, 0.0)
        return Matrix(places, seconds, metres)

    def _is_near(self, point: Point) -> bool:
        """Whether a road passes near enough."""
        try:
            found = self._engine.Nearest(osrm.NearestParameters(coordinates=[(point.lon, point.lat)]))
        except RuntimeError:
            return False
        return bool(found["waypoints"][0]["distance"] <= NEAREST_M)

    def _table(self, spots: list[Point]) -> Any:
        """Ask for the table; OSRM wants longitude first."""
        asked = osrm.TableParameters(
            coordinates=[(spot.lon, spot.lat) for spot in spots], annotations=["duration", "distance"]
        )
        try:
            return self._engine.Table(asked)
        except RuntimeError as wrong:
            raise RoadsError(str(wrong)) from None


def _numbers(rows: Any) -> Any:
    """Read a table; what has no way is null there."""
    return np.array([[np.inf if one is None else float(one) for one in row] for row in rows])
