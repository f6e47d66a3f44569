"""Can a tour be driven? Two ways to find out, slow and plain, that know nothing of each other or of any solver.

`earliest` is exact: the least fixpoint of the difference constraints. `eight_steps` is the published evaluation of
Cordeau & Laporte 2003 (doi:10.1016/S0191-2615(02)00045-0), which delays the start and each fetch as far as later stops
allow. What the second accepts, the first must accept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf

TOLERANCE = 1e-3
"""Seconds. Distances in published instances are not rounded, and sums of them are not exact."""


@dataclass(frozen=True, slots=True)
class Call:
    """One stop as a schedule sees it: its window and service, and for a set-down where the fetch stands, and how long
    the ride may be.
    """

    place: object
    earliest: float
    latest: float
    service: float = 0.0
    fetched: int | None = None
    longest: float = inf


type Way = Callable[[object, object], float]


def earliest(calls: Sequence[Call], way: Way, longest: float = inf) -> list[float] | None:
    """Give the earliest start of service at each stop that keeps every rule, or None when there is none."""
    when = [call.earliest for call in calls]
    for _ in range(50 * len(calls) + 50):
        before = list(when)
        for i in range(1, len(calls)):
            ready = when[i - 1] + calls[i - 1].service + way(calls[i - 1].place, calls[i].place)
            when[i] = max(when[i], ready)
        for i, call in enumerate(calls):
            if call.fetched is not None:
                sat_down = when[i] - call.longest - calls[call.fetched].service
                when[call.fetched] = max(when[call.fetched], sat_down)
        when[0] = max(when[0], when[-1] - longest)
        if any(start > call.latest + TOLERANCE for start, call in zip(when, calls, strict=True)):
            return None
        if all(now - then <= TOLERANCE / 100 for now, then in zip(when, before, strict=True)):
            return when
    return None


@dataclass(slots=True)
class _Walk:
    """Arrival, start, waiting and departure at each stop, as the eight steps compute them."""

    calls: Sequence[Call]
    way: Way
    arrive: list[float]
    start: list[float]
    wait: list[float]
    leave: list[float]

    def forward(self, begin: int) -> None:
        """Compute times from stop `begin` on, without delay."""
        for i in range(begin, len(self.calls)):
            call = self.calls[i]
            self.arrive[i] = self.leave[i - 1] + self.way(self.calls[i - 1].place, call.place)
            self.start[i] = max(call.earliest, self.arrive[i])
            self.wait[i] = self.start[i] - self.arrive[i]
            self.leave[i] = self.start[i] + call.service

    def slack(self, begin: int) -> float:
        """Give the forward time slack at stop `begin`: how long its start can wait without harm to what follows."""
        least, waited = inf, 0.0
        for j in range(begin, len(self.calls)):
            call = self.calls[j]
            if j > begin:
                waited += self.wait[j]
            room = call.latest - self.start[j]
            if call.fetched is not None and call.fetched < begin:
                room = min(room, call.longest - (self.start[j] - self.leave[call.fetched]))
            least = min(least, waited + max(0.0, room))
        return least


def eight_steps(calls: Sequence[Call], way: Way, longest: float = inf) -> list[float] | None:
    """Give the starts of service of Cordeau & Laporte's schedule, or None when it breaks a rule."""
    size = len(calls)
    walk = _Walk(calls, way, [0.0] * size, [0.0] * size, [0.0] * size, [0.0] * size)
    walk.start[0] = calls[0].earliest
    walk.leave[0] = walk.start[0] + calls[0].service
    walk.forward(1)
    walk.start[0] += min(walk.slack(0), sum(walk.wait[1:]))
    walk.leave[0] = walk.start[0] + calls[0].service
    walk.forward(1)
    is_fetched = {call.fetched for call in calls if call.fetched is not None}
    for j in sorted(is_fetched):
        delay = min(walk.slack(j), sum(walk.wait[j + 1 :]))
        walk.start[j] += delay
        walk.wait[j] += delay
        walk.leave[j] = walk.start[j] + calls[j].service
        walk.forward(j + 1)
    return walk.start if _kept(walk, longest) else None


def _kept(walk: _Walk, longest: float) -> bool:
    """Whether windows, rides and the length of the tour are kept."""
    for i, call in enumerate(walk.calls):
        if walk.start[i] > call.latest + TOLERANCE:
            return False
        if call.fetched is not None and walk.start[i] - walk.leave[call.fetched] > call.longest + TOLERANCE:
            return False
    return walk.start[-1] - walk.start[0] <= longest + TOLERANCE
