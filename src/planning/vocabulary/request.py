"""What someone needs a hand with, as far as finding a volunteer goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from planning.vocabulary.fact import check_code
from planning.vocabulary.identity import Id
from planning.vocabulary.point import Point
from planning.vocabulary.window import MINUTES_A_DAY, Window

ALONE_WITH_SOMEONE_AGE = 18
"""Youngest age for being alone with the one who is helped; younger ones have an adult along (rule R72)."""


@dataclass(frozen=True, slots=True)
class Request:
    """One task on one day.

    `start_minute` is minutes after midnight, or None when any time that day will do; `duration_min` is minutes.
    `requires` holds codes of `planning.vocabulary.fact`; `min_age` is years. `languages` is empty when any will do,
    else one of them must be shared. `vetoed` and `known_to` may hold ids of volunteers or of persons: give the
    person's where someone has several hosts, so that it counts for all of them. `hosts` are those whose volunteers
    may be asked, or None for all that the caller may see. `place` is None where the address is protected.
    `village_metres` gives metres by road from other villages to this one, where someone has measured them: a fjord or
    a ridge makes the guess from two points far too short, so the longer of the two counts.
    """

    id: Id
    task_type: str
    day: date
    start_minute: int | None
    duration_min: int
    place: Point | None = None
    village: Id | None = None
    requires: frozenset[str] = frozenset()
    min_age: int = 0
    languages: frozenset[str] = frozenset()
    one_to_one: bool = False
    vetoed: frozenset[Id] = frozenset()
    known_to: frozenset[Id] = frozenset()
    known_only: bool = False
    hosts: frozenset[Id] | None = None
    village_metres: Mapping[Id, int] = field(default_factory=dict, hash=False)
    window: Window | None = field(init=False, repr=False, compare=False)
    """The exact time asked for, or None when any time that day will do."""
    days: tuple[tuple[date, int, int], ...] = field(init=False, repr=False, compare=False)
    """The days it touches with first minute and minute after the last; the whole day when any time will do."""

    def __post_init__(self) -> None:
        if not self.task_type:
            raise ValueError("A request needs a task type.")
        if not 1 <= self.duration_min <= MINUTES_A_DAY:
            raise ValueError(f"A task lasts from one minute to one day (1440), not {self.duration_min} minutes.")
        if self.start_minute is not None and not 0 <= self.start_minute < MINUTES_A_DAY:
            raise ValueError(f"A task starts between minute 0 and minute 1439 of its day, not {self.start_minute}.")
        if not 0 <= self.min_age <= 120:
            raise ValueError(f"A lowest age lies between 0 and 120 years, not {self.min_age}.")
        if any(metres < 0 for metres in self.village_metres.values()):
            raise ValueError("Metres between villages are 0 or more.")
        for code in self.requires:
            check_code(code)
        if self.hosts is not None and not self.hosts:
            raise ValueError("No host is allowed, so nobody could be asked: give at least one, or None for all.")
        if self.start_minute is None:
            object.__setattr__(self, "window", None)
            object.__setattr__(self, "days", ((self.day, 0, MINUTES_A_DAY),))
        else:
            window = Window.of(self.day, self.start_minute, self.duration_min)
            object.__setattr__(self, "window", window)
            object.__setattr__(self, "days", window.by_day())

    @property
    def youngest(self) -> int:
        """Lowest age in years, counting that nobody under age is alone with the one who is helped."""
        return max(self.min_age, ALONE_WITH_SOMEONE_AGE) if self.one_to_one else self.min_age
