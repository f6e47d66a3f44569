"""Tours from one depot with windows: the form that the public benchmark sets ask in, and a plan for it.

Units are those of the file: one unit of distance takes one unit of time. Distances are Euclidean and not rounded.
"""

from dataclasses import dataclass
from math import hypot, isfinite

from planning.vocabulary.plan import Run, Status


@dataclass(frozen=True, slots=True)
class Node:
    """A stop: where, how much, from when to when service may start, and how long it takes.

    `number` is the one in the file. `partner` is the place in the problem's `nodes` of the other end of a pickup and
    delivery: demand is above zero where it is picked up, and as much below zero where it is delivered.
    """

    number: int
    x: float
    y: float
    demand: float
    ready: float
    due: float
    service: float
    partner: int | None = None

    def __post_init__(self) -> None:
        if not all(isfinite(one) for one in (self.x, self.y, self.demand, self.ready, self.due, self.service)):
            raise ValueError(f"Node {self.number} has a figure that is no number.")
        if self.due < self.ready:
            raise ValueError(f"The window of node {self.number} closes ({self.due}) before it opens ({self.ready}).")
        if self.service < 0:
            raise ValueError(f"Service at node {self.number} takes 0 or more, not {self.service}.")
        if self.demand < 0 and self.partner is None:
            raise ValueError(f"Node {self.number} wants less than nothing ({self.demand}).")

    def to(self, other: "Node") -> float:
        """Distance, and time, to another node."""
        return hypot(self.x - other.x, self.y - other.y)


@dataclass(frozen=True, slots=True)
class ToursProblem:
    """The depot first, then the stops; how many vehicles there are and what each holds.

    Raises ValueError where no vehicle or stop is, a number stands twice, a demand is more than a vehicle holds, or a
    pickup and its delivery do not belong together.
    """

    name: str
    nodes: tuple[Node, ...]
    vehicles: int
    capacity: float

    def __post_init__(self) -> None:
        if len(self.nodes) < 2:
            raise ValueError("There is a depot and at least one stop.")
        if self.vehicles < 1:
            raise ValueError(f"There is at least one vehicle, not {self.vehicles}.")
        if len({one.number for one in self.nodes}) != len(self.nodes):
            raise ValueError("The same node number stands twice.")
        if self.nodes[0].partner is not None or self.nodes[0].demand:
            raise ValueError("The depot, which is the first node, wants nothing.")
        for place, node in enumerate(self.nodes):
            if node.demand > self.capacity:
                raise ValueError(f"Node {node.number} wants {node.demand}, and a vehicle holds {self.capacity}.")
            if node.partner is not None:
                self._check_pair(place, node)

    def _check_pair(self, place: int, node: Node) -> None:
        partner = node.partner if node.partner is not None else 0
        if not 0 < partner < len(self.nodes) or self.nodes[partner].partner != place or partner == place:
            raise ValueError(f"Node {node.number} has no partner that knows it.")
        if node.demand + self.nodes[partner].demand != 0:
            raise ValueError(f"What is picked up at node {node.number} is not what its partner takes.")

    @property
    def paired(self) -> bool:
        """Whether it is pickups and deliveries."""
        return any(one.partner is not None for one in self.nodes)


@dataclass(frozen=True, slots=True)
class Tour:
    """What one vehicle does: node numbers with the depot at both ends, and when service starts at each."""

    vehicle: int
    nodes: tuple[int, ...]
    start: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ToursPlan:
    """Tours, what they cost as the literature counts it (distance), and the numbers of stops that are left out."""

    status: Status
    tours: tuple[Tour, ...]
    cost: float
    left_out: tuple[int, ...]
    run: Run
