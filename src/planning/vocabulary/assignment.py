"""A week of requests and who could help: the question that `planning.problems.assigning` answers, and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from planning.vocabulary.identity import Id, once
from planning.vocabulary.plan import Change, Run, Status, Unplanned
from planning.vocabulary.reason import Code
from planning.vocabulary.request import Request
from planning.vocabulary.roads import Roads
from planning.vocabulary.volunteer import Volunteer

METRES_A_MINUTE = 830
"""What a minute on the road is guessed at where no road network is asked: some 50 km an hour."""


class AssignWhy(Code):
    """Why a request is left open, beside the codes of `Why` with how many people each stops."""

    NOBODY = "nobody"
    """Nobody who does this kind of task may come up. Says no more on purpose: private grounds look the same."""
    ALL_TAKEN = "all_taken"
    """People fit (`people`), and each is needed elsewhere, has no time beside it, or has as much as they want."""
    NO_WAY = "no_way"
    """People would fit (`people`), and the roads are longer than they go, or there are none."""
    ONLY_NEW = "only_new"
    """People fit (`people`), and are new: they go with someone for now."""
    NO_SECOND = "no_second"
    """It takes two, and there are not two who can go together."""
    NOBODY_FOR_ALL = "nobody_for_all"
    """Requests that belong together (`requests` of them), and nobody can take them all."""


class AssignFix(Code):
    """What was tried and works."""

    OTHER_TIME = "other_time"
    """Someone can if it starts `minutes` later (earlier where negative)."""
    FURTHER = "further"
    """Someone can who said up to `most` metres, and it is `metres`."""
    ASK_AGAIN = "ask_again"
    """Someone can who is left in peace until the day `until`, if the request waits that long to be asked."""
    APART = "apart"
    """Different people can take what was to be one person's."""


class AssignChange(Code):
    """What is different from the plan before; figures `from` and `to` name the volunteers."""

    MOVED = "moved"
    LOST = "lost"
    FOUND = "found"


@dataclass(frozen=True, slots=True)
class Pair:
    """This volunteer (a row: one person with one host) helps with this request."""

    request: Id
    volunteer: Id


@dataclass(frozen=True, slots=True)
class AssignmentWeights:
    """What counts for how much, told in metres by road: what one would drive further for it.

    `known_m`: the person is known to the one who asks. `kept_m`: it was so in the plan before. `load_m`: each further
    task in the same plan for someone who carries one a week; half of it for two a week, and so on. `unknown_m`: the
    way where it is not known. `open_m`: a request left open, times its priority.
    """

    known_m: int = 15_000
    kept_m: int = 60_000
    load_m: int = 4_000
    unknown_m: int = 10_000
    open_m: int = 1_000_000

    def __post_init__(self) -> None:
        if min(self.known_m, self.kept_m, self.load_m, self.unknown_m) < 0 or self.open_m < 1:
            raise ValueError("Weights are 0 metres or more, and that of an open request at least 1.")


@dataclass(frozen=True, slots=True)
class AssignmentProblem:
    """The whole question, asked on the day `on`.

    `linked`: groups of requests that one person takes all of, or nobody any. `duos`: requests that two persons do
    together, or nobody. `new`: persons who go with someone for now: only in a duo, and never two of them together.
    `shares`: tasks a week that a person has said they can carry, 1 where nothing is said; load rises with each further
    task, slower for who can carry more. `locked`: pairs that stay whatever else (accepted, telephoned, begun); not yet
    in `agreed` or `busy`. `priorities`: 1 unless said. Two tasks of one person lie as far apart as the way between
    takes, `between_min` minutes where that is not known. Where there are `roads`, `volunteer_places` and
    `request_places` name the places in it; the longer of measured and guessed counts, and no way means no.

    Raises ValueError for a request, volunteer or lock given twice, for names that are not there, and for figures out
    of range.
    """

    requests: tuple[Request, ...]
    volunteers: tuple[Volunteer, ...]
    on: date
    linked: tuple[tuple[Id, ...], ...] = ()
    duos: frozenset[Id] = frozenset()
    new: frozenset[Id] = frozenset()
    shares: Mapping[Id, int] = field(default_factory=dict, hash=False)
    locked: tuple[Pair, ...] = ()
    priorities: Mapping[Id, int] = field(default_factory=dict, hash=False)
    between_min: int = 20
    roads: Roads | None = None
    volunteer_places: Mapping[Id, Id] = field(default_factory=dict, hash=False)
    request_places: Mapping[Id, Id] = field(default_factory=dict, hash=False)
    weights: AssignmentWeights = AssignmentWeights()

    def __post_init__(self) -> None:
        requests = once((one.id for one in self.requests), "request")
        volunteers = once((one.id for one in self.volunteers), "volunteer")
        members = once((one for group in self.linked for one in group), "linked request")
        if any(len(group) < 2 for group in self.linked):
            raise ValueError("Requests are linked two or more together.")
        if members & self.duos:
            raise ValueError("A request for two cannot be linked to another.")
        named = members | self.duos | self.priorities.keys() | self.request_places.keys()
        self._check_locked(requests, volunteers)
        if unknown := (named - requests) | (self.volunteer_places.keys() - volunteers):
            raise ValueError(f"Not among those given: {sorted(map(repr, unknown))[0]}.")
        if any(not 1 <= share <= 50 for share in self.shares.values()):
            raise ValueError("Someone carries 1 to 50 tasks a week; who carries none is not asked.")
        if any(not 1 <= priority <= 100 for priority in self.priorities.values()):
            raise ValueError("A priority lies between 1 and 100.")
        if not 0 <= self.between_min <= 240:
            raise ValueError(f"Between two tasks lie 0 to 240 minutes, not {self.between_min}.")
        if self.roads is None and (self.volunteer_places or self.request_places):
            raise ValueError("Places are named, but no roads between them are given.")
        if self.roads is not None:
            for place in (*self.volunteer_places.values(), *self.request_places.values()):
                self.roads.row(place)

    def _check_locked(self, requests: set[Id], volunteers: set[Id]) -> None:
        """Raise ValueError for locks on what is not there, and for more on a request than it takes."""
        once(((lock.request, lock.volunteer) for lock in self.locked), "lock")
        for lock in self.locked:
            if lock.request not in requests or lock.volunteer not in volunteers:
                raise ValueError(f"Locked, but not among those given: {lock.request!r} with {lock.volunteer!r}.")
        taken = [lock.request for lock in self.locked]
        for one in sorted(set(taken), key=taken.index):
            if taken.count(one) > self.seats(one):
                raise ValueError(f"More are locked on {one!r} than it takes.")
        person = {volunteer.id: volunteer.person for volunteer in self.volunteers}
        for group in self.linked:
            if len({person[lock.volunteer] for lock in self.locked if lock.request in group}) > 1:
                raise ValueError(f"Linked requests are locked to two persons: {group[0]!r} and others.")

    def seats(self, request: Id) -> int:
        """How many persons a request takes."""
        return 2 if request in self.duos else 1


@dataclass(frozen=True, slots=True)
class AssignmentPlan:
    """Who helps with what, in the order of the requests; what is left open and why; what is new since before.

    `proven`: no plan serves more, or costs less beside. `cost_m` is the whole plan's, in metres and what counts as
    metres, to compare two plans with; never a person's.
    """

    status: Status
    pairs: tuple[Pair, ...]
    open: tuple[Unplanned, ...]
    changes: tuple[Change, ...]
    cost_m: int
    proven: bool
    run: Run
