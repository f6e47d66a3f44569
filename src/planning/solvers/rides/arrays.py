"""What the compiled search works on: the day as arrays, and a plan under way.

Nodes are numbered: 0 … n-1 where trip 0 … n-1 is fetched, n … 2n-1 where it is set down, then where each tour begins,
then where each ends. A tour is one vehicle in one shift.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planning.solvers.chance import Bits

type Reals = NDArray[np.float64]
type Whole = NDArray[np.int64]
type Flags = NDArray[np.bool_]

EARLIEST, LATEST, SERVICE = 0, 1, 2
"""Columns of `Task.node`, and of `Task.rests` (where the third is how long the break lasts)."""
EPS = 1e-7
CACHE = 1 << 19
"""Places in the memory of insertions tried; a power of two."""


class Task(NamedTuple):
    """The day. See `planning.solvers.rides.reading` for how a problem becomes one."""

    trips: int
    tours: int
    drive: Reals
    """Seconds from node to node."""
    price: Reals
    """What driving from node to node costs."""
    node: Reals
    """Earliest and latest start of service, and its seconds, by node."""
    longest_ride: Reals
    """Seconds from leaving the place where a trip is fetched until its set-down begins."""
    load: Whole
    """What each node takes of each kind of place; less than 0 where it is given back."""
    room: Whole
    """What each tour holds, by seat plan and kind of place; the load must fit one of the plans at any time."""
    longest_tour: Reals
    rests: Reals
    """A tour's breaks, in turn: earliest and latest start, and seconds (0 for none)."""
    allowed: Flags
    """Which trip may go in which tour."""
    opening: Reals
    """What it costs to use a tour at all."""
    change: Reals
    """What it costs to put a trip in a tour: nothing but for the changes of a plan told before."""
    worth: Reals
    """What it costs to leave a trip out."""
    frozen: Flags
    """Trips that stay where they are."""
    kind: Whole
    """Tours with the same number are alike in all but their trips."""
    partner: Whole
    """The other trip of the same person, served together or not at all; -1 for none."""
    apart: Flags
    """Trips that may not be in one car at one time (0 × 0 where nobody minds)."""
    fond: Reals
    """What it is worth that two trips share a tour (0 × 0 where nobody asked)."""
    rich: bool
    """Whether anything but driving costs: opening, changes or company."""
    near: Whole
    """The other trips, most alike first."""
    mark: Bits
    """A random number for each node, for recognising tours."""


class State(NamedTuple):
    """A plan under way: for each tour its stops from begin to end, and what follows from them."""

    stops: Whole
    length: Whole
    tour_of: Whole
    place: Whole
    """Where in its tour each node stands."""
    cost: Reals
    print: Bits
    """A fingerprint of each tour's kind and stops."""
    stale: Flags
    """Tours whose `soonest`, `latest` and `aboard` must be worked out anew."""
    soonest: Reals
    latest: Reals
    aboard: Whole


class Memory(NamedTuple):
    """Insertions tried before: of a trip (`mark`) in a tour (`print`); `spot` is -1 where none is below `cost`."""

    key: Bits
    cost: Reals
    spot: Whole


class Desk(NamedTuple):
    """Scratch paper, so that the search reserves no memory while it runs."""

    stops: Whole
    when: Reals
    place: Whole
    out: Whole
    was: Whole
    is_out: Flags
    touched: Whole
    is_touched: Flags
    order: Whole
    rank: Reals
    kept_stops: Whole
    kept_length: Whole
    kept_cost: Reals
    kept_print: Bits
    seen: Flags
    best_cost: Reals
    best_spot: Whole
    gaps: Whole
    """Where the breaks of a tour are tried."""


def empty_state(task: Task) -> State:
    """Make a plan that serves nobody."""
    n, m, wide = task.trips, task.tours, 2 * task.trips + 2
    stops = np.zeros((m, wide), np.int64)
    stops[:, 0] = 2 * n + np.arange(m)
    stops[:, 1] = 2 * n + m + np.arange(m)
    return State(
        stops,
        np.full(m, 2, np.int64),
        np.full(n, -1, np.int64),
        np.zeros(2 * n + 2 * m, np.int64),
        np.zeros(m),
        np.zeros(m, np.uint64),
        np.ones(m, np.bool_),
        np.zeros((m, wide)),
        np.zeros((m, wide)),
        np.zeros((m, wide, task.load.shape[1]), np.int64),
    )


def empty_memory(places: int = CACHE) -> Memory:
    """Make a memory of nothing. `places` is a power of two."""
    return Memory(np.zeros(places, np.uint64), np.zeros(places), np.zeros(places, np.int64))


def desk_for(task: Task) -> Desk:
    """Lay out the scratch paper for a day of this size."""
    n, m, wide = task.trips, task.tours, 2 * task.trips + 2
    return Desk(
        np.zeros(wide + 2, np.int64),
        np.zeros(wide + 2),
        np.zeros(2 * n + 2 * m, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n, np.bool_),
        np.zeros(m, np.int64),
        np.zeros(m, np.bool_),
        np.zeros(n, np.int64),
        np.zeros(n),
        np.zeros((m, wide), np.int64),
        np.zeros(m, np.int64),
        np.zeros(m),
        np.zeros(m, np.uint64),
        np.zeros(max(m, 1), np.bool_),
        np.zeros((n, m)),
        np.zeros((n, m), np.int64),
        np.zeros(task.rests.shape[1], np.int64),
    )
