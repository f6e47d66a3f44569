"""The line of sight through a thing, and what is on its way in the house: gathered from the rooms, for a viewer."""

import datetime as dt
from dataclasses import dataclass, field

from samtun.foundation import sight
from samtun.foundation.context import doors_for
from samtun.foundation.sight import Crowd, Seen, Traffic
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref

FLOORS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing on the line, with what is counted under it; `here` is the thing that was asked about."""

    seen: Seen
    here: bool
    crowds: list[Crowd] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """The whole line through a thing, by floor from the top."""

    of: Seen
    floor: int
    steps: dict[int, list[Step]]


@dataclass(frozen=True, slots=True)
class Floor:
    """One floor of the house: the rooms one can open there, and what stands there or is on its way from it."""

    number: int
    doors: list[dict[str, object]]
    here: list[Traffic]
    up: list[Traffic]
    down: list[Traffic]


def line_for(viewer: Viewer, ref: Ref, at: dt.datetime) -> Line:
    """Return the line through a thing, as far as the viewer may see it; NotYours when the thing is out of sight."""
    start = {ref, *sight.beneath(ref)}
    found = set(start)
    for one in start:
        above, below = sight.line_of(one)
        # What else rests on the same is another thing's line: from what it rests on by itself we only go up.
        found |= above | below if one == ref else above
    seen = sight.describe(viewer, found)
    own = next((s for s in seen if s.ref == ref), None)
    if own is None:
        raise NotYours
    counted = sight.crowds(viewer, [s.ref for s in seen], at)
    steps: dict[int, list[Step]] = {n: [] for n in FLOORS}
    for one_seen in seen:
        under = [c for c in counted if c.under == one_seen.ref]
        steps[sight.floor_of(one_seen.ref.kind)].append(Step(one_seen, one_seen.ref == ref, under))
    return Line(own, sight.floor_of(ref.kind), steps)


def house_for(viewer: Viewer, at: dt.datetime) -> list[Floor]:
    """Return the three floors from the top, with what the viewer may open and see there."""
    doors, moving = doors_for(viewer), sight.traffic(viewer, at)

    def those(floor: int, way: str) -> list[Traffic]:
        return [t for t in moving if (t.floor, t.way) == (floor, way)]

    return [
        Floor(n, doors.get(n, []), those(n, "here"), those(n, "up"), those(n, "down")) for n in FLOORS
    ]  # fmt: skip
