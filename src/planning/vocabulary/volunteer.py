"""Someone who may be asked, as one host knows them."""

from dataclasses import dataclass
from datetime import date

from planning.vocabulary.availability import Absence, WeeklySlot
from planning.vocabulary.ceiling import Ceiling
from planning.vocabulary.fact import Fact
from planning.vocabulary.identity import Id
from planning.vocabulary.point import Point
from planning.vocabulary.window import Window


@dataclass(frozen=True, slots=True)
class Volunteer:
    """One person with one host; who has two hosts stands here twice with the same `person`.

    `willing` and `host_allows` are keys of task types; `host_allows` is None where the host has set no limit.
    `age` is years, or None when not known. `max_distance_m` is metres by road, or None for no limit. No `slots` means
    that nothing is said about when; with slots, other times are no. `agreed` are the days of all tasks agreed, and
    `busy` all windows taken, over *all* hosts. `quiet_until` and `paused_until` are the last day of the peace: seven
    quiet days after a no on the 1st end with the 8th. `last_asked` counts all hosts. `most_minutes` is the longest task
    of a lighter plan; `companion` is the person who comes along that day.
    """

    id: Id
    person: Id
    host: Id
    willing: frozenset[str] = frozenset()
    host_allows: frozenset[str] | None = None
    facts: tuple[Fact, ...] = ()
    age: int | None = None
    has_car: bool = False
    max_distance_m: int | None = None
    point: Point | None = None
    village: Id | None = None
    languages: frozenset[str] = frozenset()
    slots: tuple[WeeklySlot, ...] = ()
    absences: tuple[Absence, ...] = ()
    ceiling: Ceiling | None = None
    agreed: tuple[date, ...] = ()
    busy: tuple[Window, ...] = ()
    quiet_until: date | None = None
    paused_until: date | None = None
    asks_stopped: bool = False
    do_not_contact: bool = False
    last_asked: date | None = None
    done_before: frozenset[str] = frozenset()
    is_recipient_self: bool = False
    most_minutes: int | None = None
    companion: Id | None = None

    def __post_init__(self) -> None:
        if self.age is not None and not 0 <= self.age <= 120:
            raise ValueError(f"An age lies between 0 and 120 years, not {self.age}.")
        if self.max_distance_m is not None and self.max_distance_m < 0:
            raise ValueError(f"A longest distance is 0 metres or more, not {self.max_distance_m}.")
        if self.most_minutes is not None and self.most_minutes < 1:
            raise ValueError(f"A longest task lasts 1 minute or more, not {self.most_minutes}.")
