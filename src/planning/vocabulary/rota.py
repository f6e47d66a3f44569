"""Turns that go round: the question that `planning.problems.rotas` answers, and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from planning.vocabulary.availability import Absence, WeeklySlot
from planning.vocabulary.identity import Id, once
from planning.vocabulary.plan import Change, Run, Status, Unplanned
from planning.vocabulary.reason import Code, Reason
from planning.vocabulary.window import MINUTES_A_DAY

HARDEST_WISH = 10


class RotaWhy(Code):
    """Why a turn has an empty seat, and which rules collide where no rota keeps them all."""

    NOBODY_DOES = "nobody_does"
    """None of the units does this kind of turn."""
    NONE_KNOWN = "none_known"
    """Nobody left is known to the group, and someone on each turn is to be."""
    ABSENT = "absent"
    """`units` are away then."""
    NOT_FREE = "not_free"
    """`units` have said that they are not free then."""
    NOT_WITH = "not_with"
    """`units` do not go to this group."""
    ON_ANOTHER = "on_another"
    """`units` have another turn then, or rest after one."""
    MOST = "most"
    """`units` have as many turns as they want in these weeks."""

    COVER = "cover"
    """Rule: the turn `turn` has all its seats filled."""
    ONE_AT_A_TIME = "one_at_a_time"
    """Rule: `unit` takes one turn at a time and rests after it."""
    NO_MORE_THAN = "no_more_than"
    """Rule: `unit` takes no more than `times` in `weeks` weeks."""


class RotaFix(Code):
    """What was tried and works."""

    OTHER_DAY = "other_day"
    """Someone can if the turn is `days` later (earlier where negative)."""
    STRANGER = "stranger"
    """Someone can if nobody on the turn need be known to the group."""
    LESS_REST = "less_rest"
    """`unit` can with `days` of rest instead of what they said, should they want to."""


class RotaChange(Code):
    """What is different from the plan before; figures `from` and `to` name units."""

    MOVED = "moved"
    LOST = "lost"
    FOUND = "found"


@dataclass(frozen=True, slots=True)
class Most:
    """No more than `times` turns that begin within any `weeks` calendar weeks in a row."""

    times: int
    weeks: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.weeks <= 53:
            raise ValueError(f"A limit is for 1 to 53 weeks, not {self.weeks}.")
        if self.times < 1:
            raise ValueError(f"A limit is at least one turn, not {self.times}: who takes none is not on the rota.")


@dataclass(frozen=True, slots=True)
class Before:
    """What a unit has done on this rota earlier in the year: turns, holiday turns, and days it was there."""

    turns: int = 0
    holidays: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        if min(self.turns, self.holidays, self.days) < 0 or self.holidays > self.turns:
            raise ValueError("What was done before is 0 or more, and holiday turns are among the turns.")


@dataclass(frozen=True, slots=True)
class Unit:
    """Who takes a turn: a person, a couple in one car, or an organisation.

    `members` are the persons; none for an organisation, which can take `at_once` turns at the same time. `share` is
    what the unit has said it can carry, against the shares of the others. No `slots` means free at any time. `rest` is
    days between the end of one turn and the start of the next. `wishes` are by turn, from -10 (would like to) to 10
    (would rather not). `known_to` are groups that know the unit, `not_with` those it does not go to.
    """

    id: Id
    members: tuple[Id, ...] = ()
    share: int = 1
    kinds: frozenset[str] = frozenset()
    slots: tuple[WeeklySlot, ...] = ()
    absences: tuple[Absence, ...] = ()
    most: tuple[Most, ...] = ()
    rest: int = 0
    wishes: Mapping[Id, int] = field(default_factory=dict, hash=False)
    known_to: frozenset[Id] = frozenset()
    not_with: frozenset[Id] = frozenset()
    before: Before = Before()
    at_once: int = 1

    def __post_init__(self) -> None:
        if len(set(self.members)) != len(self.members):
            raise ValueError(f"The same person stands twice in {self.id!r}.")
        if not 1 <= self.share <= 1000:
            raise ValueError(f"A share lies between 1 and 1000, not {self.share}.")
        if not 0 <= self.rest <= 366:
            raise ValueError(f"A rest is 0 to 366 days, not {self.rest}.")
        if any(abs(wish) > HARDEST_WISH for wish in self.wishes.values()):
            raise ValueError("A wish lies between -10 and 10; who cannot at all is absent.")
        if self.at_once < 1 or (self.members and self.at_once > 1):
            raise ValueError("Persons take one turn at a time; an organisation one or more.")
        if len(self.most) > 5:
            raise ValueError("A unit has at most five limits.")


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn from `first` to `last`, both included: a day, a weekend, a week or a month, `seats` units together.

    The minutes are those of each of its days. Where there is a `group` and `someone_known`, one of those on the turn
    is known to it.
    """

    id: Id
    kind: str
    first: date
    last: date
    seats: int = 1
    start_minute: int = 0
    end_minute: int = MINUTES_A_DAY
    group: Id | None = None
    someone_known: bool = False

    def __post_init__(self) -> None:
        if not self.kind:
            raise ValueError("A turn needs a kind.")
        if not self.first <= self.last <= self.first + timedelta(days=92):
            raise ValueError(f"A turn lasts one day to three months, not {self.first} to {self.last}.")
        if not 1 <= self.seats <= 20:
            raise ValueError(f"A turn has 1 to 20 seats, not {self.seats}.")
        if not 0 <= self.start_minute < self.end_minute <= MINUTES_A_DAY:
            raise ValueError("A turn lies between minute 0 and minute 1440 of its days, and ends after it starts.")
        if self.someone_known and self.group is None:
            raise ValueError("Someone is to be known to the group, but no group is given.")

    @property
    def days(self) -> tuple[date, ...]:
        """All days of it."""
        return tuple(self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class Seat:
    """This unit is on this turn."""

    turn: Id
    unit: Id


@dataclass(frozen=True, slots=True)
class RotaWeights:
    """What counts for how much against the rest.

    `open`: a seat left empty. `fair`: each tenth of a turn that a unit is away from its fair number; `worst`: each
    tenth that the one furthest away is; `holidays`: as `fair`, for turns on public holidays. `wish`: each step of a
    wish. `running`: turns in two weeks in a row. `kept`: each seat that is another's than in the plan before.
    """

    open: int = 1000
    fair: int = 1
    worst: int = 3
    holidays: int = 1
    wish: int = 1
    running: int = 15
    kept: int = 50

    def __post_init__(self) -> None:
        small = (self.fair, self.worst, self.holidays, self.wish, self.running, self.kept)
        if min(small) < 0 or self.open < 1 or max(*small, self.open) > 1_000_000:
            raise ValueError("Weights lie between 0 and 1,000,000, and that of an empty seat is at least 1.")


@dataclass(frozen=True, slots=True)
class RotaProblem:
    """The whole question. `holidays` are the public holidays; `locked` seats stay whatever else.

    Raises ValueError for what stands twice, for names that are not there, and for more locked on a turn than it seats.
    """

    turns: tuple[Turn, ...]
    units: tuple[Unit, ...]
    holidays: frozenset[date] = frozenset()
    locked: tuple[Seat, ...] = ()
    weights: RotaWeights = RotaWeights()

    def __post_init__(self) -> None:
        turns = once((turn.id for turn in self.turns), "turn")
        units = once((unit.id for unit in self.units), "unit")
        once(((seat.turn, seat.unit) for seat in self.locked), "lock")
        for seat in self.locked:
            if seat.turn not in turns or seat.unit not in units:
                raise ValueError(f"Locked, but not among those given: {seat.turn!r} with {seat.unit!r}.")
        for turn in self.turns:
            if sum(seat.turn == turn.id for seat in self.locked) > turn.seats:
                raise ValueError(f"More are locked on {turn.id!r} than it seats.")
        if len(self.turns) > 1 and max(t.last for t in self.turns) - min(t.first for t in self.turns) > _LONGEST:
            raise ValueError("A rota is made for three years at most.")


@dataclass(frozen=True, slots=True)
class RotaPlan:
    """Who is on which turn, in the order of the turns; what is empty and why; what is new since before.

    `bound`: no rota costs less, where that was proven. `collides`: where it is proven that no rota fills every seat,
    rules that cannot all hold, none of which can be left out of the set; the first ten.
    """

    status: Status
    seats: tuple[Seat, ...]
    open: tuple[Unplanned, ...]
    changes: tuple[Change, ...]
    collides: tuple[Reason, ...]
    cost: int
    bound: int | None
    run: Run


_LONGEST = timedelta(days=3 * 366)
