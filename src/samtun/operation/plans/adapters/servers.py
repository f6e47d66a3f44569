"""Road servers over HTTP, as their own documentation tells: OSRM's table service, Valhalla's matrix service.

Both give `null` where there is no way. OSRM wants (longitude, latitude) and answers in seconds and metres; Valhalla
takes named coordinates and answers in seconds and kilometres.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

import httpx

from planning.vocabulary.point import Point

type Leg = tuple[float, float]

BLOCK = 50
"""Places on each side of one question: servers allow a hundred in all unless they are told otherwise."""

CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 20.0
NO_WAY: Leg = (float("inf"), float("inf"))


class RoadsUnreachable(Exception):
    """The road server did not answer, or not as it should: plan with a guess, and say so."""


class _Server(ABC):
    """What both have in common: blocks, time limits, and one fault for whatever goes wrong."""

    def __init__(self, url: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self.url = url.rstrip("/")
        self._transport = transport

    def legs(self, begins: list[Point], ends: list[Point]) -> list[list[Leg]]:
        """Return (seconds, metres) from each to each, in blocks. Raises RoadsUnreachable."""
        rows: list[list[Leg]] = [[] for _ in begins]
        timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
        try:
            with httpx.Client(timeout=timeout, transport=self._transport, follow_redirects=False) as client:
                for top, some in _blocks(begins):
                    for _left, others in _blocks(ends):
                        for number, legs in enumerate(self._ask(client, some, others)):
                            rows[top + number] += legs
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError, IndexError) as fault:
            raise RoadsUnreachable(f"The road server gave no table: {type(fault).__name__}") from fault
        if any(len(row) != len(ends) for row in rows):
            raise RoadsUnreachable("The road server gave a table of another size.")
        return rows

    @abstractmethod
    def _ask(self, client: httpx.Client, begins: list[Point], ends: list[Point]) -> list[list[Leg]]:
        """Ask for one block, in the server's own words."""


class Osrm(_Server):
    """`GET {url}/table/v1/driving/{lon},{lat};…?sources=…&destinations=…&annotations=duration,distance`."""

    def _ask(self, client: httpx.Client, begins: list[Point], ends: list[Point]) -> list[list[Leg]]:
        where = ";".join(f"{point.lon},{point.lat}" for point in [*begins, *ends])
        sources = ";".join(str(n) for n in range(len(begins)))
        destinations = ";".join(str(n) for n in range(len(begins), len(begins) + len(ends)))
        answer = client.get(
            f"{self.url}/table/v1/driving/{where}",
            params={"sources": sources, "destinations": destinations, "annotations": "duration,distance"},
        )
        answer.raise_for_status()
        told = answer.json()
        return [
            [_leg(seconds, metres) for seconds, metres in zip(times, ways, strict=True)]
            for times, ways in zip(told["durations"], told["distances"], strict=True)
        ]


class Valhalla(_Server):
    """`POST {url}/sources_to_targets` with `sources`, `targets`, `costing: auto`, `units: kilometers`."""

    def _ask(self, client: httpx.Client, begins: list[Point], ends: list[Point]) -> list[list[Leg]]:
        def named(points: list[Point]) -> list[dict[str, float]]:
            return [{"lat": point.lat, "lon": point.lon} for point in points]

        question = {"sources": named(begins), "targets": named(ends), "costing": "auto", "units": "kilometers"}
        answer = client.post(f"{self.url}/sources_to_targets", json=question)
        answer.raise_for_status()
        return [
            [_leg(one["time"], None if one["distance"] is None else one["distance"] * 1000) for one in row]
            for row in answer.json()["sources_to_targets"]
        ]


def _leg(seconds: Any, metres: Any) -> Leg:
    """Read one leg; what is no number raises."""
    if seconds is None or metres is None:
        return NO_WAY
    return float(seconds), float(metres)


def _blocks(points: list[Point]) -> Iterator[tuple[int, list[Point]]]:
    for begin in range(0, len(points), BLOCK):
        yield begin, points[begin : begin + BLOCK]
