"""Meals taken to doors: the question that `planning.problems.meals` answers, and its answer.

Times are whole seconds after midnight of the day, ways are seconds and metres, room in a car is portions.
"""

from dataclasses import dataclass

from planning.vocabulary.identity import Id, once
from planning.vocabulary.plan import Change, Run, Status, Unplanned
from planning.vocabulary.reason import Code
from planning.vocabulary.roads import Roads

TALK_S = 180
"""Seconds at each door where a round says nothing else: time to hand over, look in and talk."""
LONGEST_S = 45 * 60
"""Longest a box is on the road from the kitchen, where nothing else is said."""
MOST_S = 6 * 3600
TWO_DAYS_S = 2 * 24 * 3600


class MealWhy(Code):
    """Why a door gets no meal in this plan."""

    NOT_COOKED = "not_cooked"
    """No kitchen that may cook for this door makes the diet `diet`."""
    NO_WAY = "no_way"
    """No road leads there from the kitchen."""
    NO_DRIVER = "no_driver"
    """Nobody carries to this village from this kitchen; `otherwise` others would fit if they said they would."""
    TWO_NEEDED = "two_needed"
    """It takes two in the car, and no round there has two."""
    TOO_MUCH = "too_much"
    """It is `portions`, and the largest car there holds `most`."""
    TOO_LONG = "too_long"
    """Driven straight from the kitchen a box is `seconds` on the road, and `most` is the longest."""
    HOURS = "hours"
    """No shift, kitchen and window fit together, even with nobody else on the round."""
    FULL = "full"
    """It fits alone on `rounds` rounds, and these are full of others."""


class MealFix(Code):
    """What was tried and works."""

    WINDOW = "window"
    """It fits if the door is open `minutes` longer, before and after."""
    LONGER = "longer"
    """It fits if a box may be `minutes` longer on the road."""
    ROOM = "room"
    """It fits if the car of `driver` holds `portions` more."""
    OTHER_VILLAGE = "other_village"
    """It fits if `driver` would carry to this village."""
    OTHER_KITCHEN = "other_kitchen"
    """It fits if `driver` would carry from this kitchen."""
    ONE_MORE_DRIVER = "one_more_driver"
    """One more driver there between `from` and `to` serves so many more."""


class MealChange(Code):
    """What is different from the plan before; figures `from` and `to`."""

    MOVED = "moved"
    LOST = "lost"
    FOUND = "found"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Kitchen:
    """Where food is ready from `ready` and the last round leaves at `last`. `diets` is None for one that makes all."""

    id: Id
    place: Id
    ready: int
    last: int
    loading_s: int = 300
    diets: frozenset[str] | None = None

    def __post_init__(self) -> None:
        _check_hours("kitchen", self.id, self.ready, self.last)
        if not 0 <= self.loading_s <= 7200:
            raise ValueError(f"Loading at kitchen {self.id!r} takes 0 to 7200 seconds, not {self.loading_s}.")


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its diet and how many portions are in it."""

    diet: str = "ordinary"
    portions: int = 1

    def __post_init__(self) -> None:
        if not self.diet:
            raise ValueError("A box has a diet; the usual one is called ordinary.")
        if not 1 <= self.portions <= 50:
            raise ValueError(f"A box holds 1 to 50 portions, not {self.portions}.")


@dataclass(frozen=True, slots=True)
class Door:
    """Someone who gets a meal: where, in which village, between when the door opens, and in which boxes.

    `kitchen` is None where any that makes the diets will do. `extra_s` is on top of the talk: stairs, a walk.
    """

    id: Id
    place: Id
    village: Id
    opens: int
    closes: int
    boxes: tuple[Box, ...] = (Box(),)
    kitchen: Id | None = None
    needs_two: bool = False
    extra_s: int = 0

    def __post_init__(self) -> None:
        _check_hours("door", self.id, self.opens, self.closes)
        if not self.boxes:
            raise ValueError(f"A door gets at least one box, and {self.id!r} gets none.")
        if not 0 <= self.extra_s <= 3600:
            raise ValueError(f"A door takes 0 to 3600 seconds more, not {self.extra_s}.")

    @property
    def portions(self) -> int:
        """Portions in all boxes."""
        return sum(box.portions for box in self.boxes)


@dataclass(frozen=True, slots=True)
class Wave:
    """One time out: leaves home no earlier than `opens`, is back by `closes`."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        _check_hours("wave", self.opens, self.opens, self.closes)


@dataclass(frozen=True, slots=True)
class Driver:
    """A car with one or two people in it.

    `villages` and `kitchens` are their own: they carry to no other and from no other unless they have said so
    (`any_village`, `any_kitchen`). `start` and `end` are where each wave begins and ends, None for at the kitchen.
    `talk_s` is what the round gives each door; no search may shorten it. `room` is portions.
    """

    id: Id
    villages: frozenset[Id]
    kitchens: frozenset[Id]
    room: int
    waves: tuple[Wave, ...]
    start: Id | None = None
    end: Id | None = None
    people: int = 1
    any_village: bool = False
    any_kitchen: bool = False
    talk_s: int = TALK_S

    def __post_init__(self) -> None:
        if not 1 <= self.room <= 500:
            raise ValueError(f"A car holds 1 to 500 portions, not {self.room}.")
        if self.people not in (1, 2):
            raise ValueError(f"One or two are in the car, not {self.people}.")
        if not 0 <= self.talk_s <= 3600:
            raise ValueError(f"Talk at a door is 0 to 3600 seconds, not {self.talk_s}.")
        if not self.waves:
            raise ValueError(f"A driver goes out at least once, and {self.id!r} has no time.")
        if any(after.opens < before.closes for before, after in zip(self.waves, self.waves[1:], strict=False)):
            raise ValueError(f"The waves of {self.id!r} follow each other, and do not overlap.")
        if len(self.waves) > 1 and self.start != self.end:
            raise ValueError(f"{self.id!r} goes out more than once, so each wave ends where the next begins.")


@dataclass(frozen=True, slots=True)
class MealWeights:
    """What counts for how much, in metres: a round driven at all, a door with no meal, a door on another round."""

    round_m: int = 3_000
    open_m: int = 1_000_000
    moved_m: int = 15_000

    def __post_init__(self) -> None:
        if min(self.round_m, self.moved_m) < 0 or self.open_m < 1:
            raise ValueError("Weights are 0 metres or more, and that of a door left out at least 1.")


@dataclass(frozen=True, slots=True)
class MealProblem:
    """One day's meals.

    `locked` doors stay on the round they had in the plan before, and at most `drift_s` from their time. `begun` rounds
    (driver, number of the wave) stay exactly as they were. `accepted`: the better order that was told of may be used.
    Raises ValueError for what stands twice, is named and not there, or lies off the map.
    """

    kitchens: tuple[Kitchen, ...]
    doors: tuple[Door, ...]
    drivers: tuple[Driver, ...]
    roads: Roads
    longest_s: int = LONGEST_S
    locked: frozenset[Id] = frozenset()
    begun: frozenset[tuple[Id, int]] = frozenset()
    drift_s: int = 600
    accepted: bool = False
    weights: MealWeights = MealWeights()

    def __post_init__(self) -> None:
        kitchens = once((one.id for one in self.kitchens), "kitchen")
        doors = once((one.id for one in self.doors), "door")
        once((one.id for one in self.drivers), "driver")
        if not self.kitchens:
            raise ValueError("There is at least one kitchen.")
        if not 60 <= self.longest_s <= MOST_S:
            raise ValueError(f"A box is on the road for 60 seconds to 6 hours at most, not {self.longest_s} seconds.")
        if not 0 <= self.drift_s <= 7200:
            raise ValueError(f"A locked time moves by 0 to 7200 seconds, not {self.drift_s}.")
        named = [one.kitchen for one in self.doors if one.kitchen is not None]
        named += [kitchen for one in self.drivers for kitchen in one.kitchens]
        if missing := [one for one in named if one not in kitchens]:
            raise ValueError(f"There is no kitchen {missing[0]!r}.")
        if strange := sorted(map(repr, self.locked - doors)):
            raise ValueError(f"Locked, but not among the doors: {strange[0]}.")
        places = [one.place for one in self.kitchens] + [one.place for one in self.doors]
        for place in (*places, *(end for one in self.drivers for end in (one.start, one.end))):
            if place is not None:
                self.roads.row(place)


@dataclass(frozen=True, slots=True)
class Stop:
    """The food is handed over at `at`; the talk follows."""

    door: Id
    at: int


@dataclass(frozen=True, slots=True)
class Round:
    """One time out: leaves the kitchen at `leave`, is home at `home`; metres from home to home."""

    driver: Id
    wave: int
    kitchen: Id
    leave: int
    stops: tuple[Stop, ...]
    home: int
    metres: int


@dataclass(frozen=True, slots=True)
class Gain:
    """What the better order would save: metres, rounds and doors left out, and how many doors change round for it."""

    metres: int
    rounds: int
    serves: int
    moved: int


@dataclass(frozen=True, slots=True)
class MealPlan:
    """Rounds in the order of the drivers, who is left out and why, what changed, and what a better order would gain.

    `gain` is None where nothing is to be gained, or it was accepted.
    """

    status: Status
    rounds: tuple[Round, ...]
    unserved: tuple[Unplanned, ...]
    changes: tuple[Change, ...]
    metres: int
    gain: Gain | None
    run: Run


def _check_hours(what: str, name: Id, opens: int, closes: int) -> None:
    if not 0 <= opens < closes <= TWO_DAYS_S:
        raise ValueError(
            f"The {what} {name!r} opens before it closes, within two days from midnight, not {opens} to {closes}."
        )
