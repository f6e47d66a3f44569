"""Who may, which step follows which, and which days and moments a rule gives.

A rule is dates on the wall, with holidays and the school year.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dateutil import easter, rrule

from samtun.kernel.clock import LAST_DAY, OSLO, at_wall
from samtun.operation.activities.enums import ActivityState, Bus, OccurrenceState, Repeat, SignUp, TimeOfWeek
from samtun.partners.organisations.rules import public_holidays
from samtun.people.timetables.queries import Way

LAST = -1
EVENING = dt.time(17)
DAY = dt.timedelta(days=1)
YEAR = dt.timedelta(days=364)
"""Fifty-two weeks: the same weekday another year."""
PICTURE_WAITS, PICTURE_KEPT = dt.timedelta(days=7), dt.timedelta(days=365)
"""How long a picture nobody has put up waits, and how long it is known what one was that has gone."""

GOES_ON: dict[ActivityState, frozenset[ActivityState]] = {
    ActivityState.DRAFT: frozenset({ActivityState.OPEN, ActivityState.WAITING, ActivityState.ENDED}),
    ActivityState.WAITING: frozenset({ActivityState.OPEN, ActivityState.DRAFT, ActivityState.ENDED}),
    ActivityState.OPEN: frozenset({ActivityState.DRAFT, ActivityState.TAKEN_DOWN, ActivityState.ENDED}),
    ActivityState.TAKEN_DOWN: frozenset({ActivityState.OPEN, ActivityState.ENDED}),
    ActivityState.ENDED: frozenset(),
}
SHOWN = (OccurrenceState.PLANNED, OccurrenceState.CALLED_OFF, OccurrenceState.HELD)
"""What the open pages show: what is called off stays where people look for it, and says so."""

STANDS_OPEN = (OccurrenceState.PLANNED, OccurrenceState.CALLED_OFF)
"""What is still to come on the open pages; what is called off may be on again."""


WHOLE = (SignUp.PERIOD, SignUp.ALLOCATED)
"""One who is signed up is so for every time of the activity."""


@dataclass(frozen=True, slots=True)
class OnLists:
    """How many stand on the lists of an activity: for single times, and for the whole of it."""

    single: int = 0
    whole: int = 0


type CountsLists = Callable[[uuid.UUID, dt.datetime], OnLists]

_counts_lists: list[CountsLists] = []


def register_lists(counts: CountsLists) -> None:
    """Let the room that has the lists say how many stand on them: `counts(activity, at)`."""
    _counts_lists.append(counts)


def on_lists(activity: uuid.UUID, at: dt.datetime) -> OnLists:
    """Return how many stand on the lists of an activity, so that no change of it loses them."""
    found = [counts(activity, at) for counts in _counts_lists]
    return OnLists(sum(one.single for one in found), sum(one.whole for one in found))


@dataclass(frozen=True, slots=True)
class Rule:
    """When something is held. `weekdays` 0 is Monday; `nth` 1 to 4, or -1 for the last, of the month.

    `autumn` and `winter` are the numbers of the school's holiday weeks, for what follows the school year.
    ValueError when it can never happen.
    """

    repeat: Repeat
    starts_on: dt.date
    until: dt.date | None = None
    every: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int = 0
    not_on_holidays: bool = True
    school_year: bool = False
    autumn: int = 40
    winter: int = 8

    def __post_init__(self) -> None:
        if self.until and self.until < self.starts_on:
            raise ValueError("It ends before it begins.")
        if not 1 <= self.every <= 12:
            raise ValueError("Every one to twelve weeks or months.")
        if self.repeat == Repeat.WEEKLY and not self.weekdays:
            raise ValueError("A weekly rule has a weekday.")
        if self.repeat == Repeat.MONTHLY and (self.nth not in {1, 2, 3, 4, LAST} or len(self.weekdays) != 1):
            raise ValueError("A monthly rule is one weekday: the first to the fourth, or the last.")
        if any(not 0 <= day <= 6 for day in self.weekdays):
            raise ValueError("A weekday is a number from 0 (Monday) to 6 (Sunday).")

    def days(self, until: dt.date) -> Iterator[dt.date]:
        """Give the days it is held, from its first, in order, up to and with `until`.

        Something held once is held on its day whatever day it is: who chose the Seventeenth of May meant it.
        """
        if self.repeat == Repeat.ONCE:
            yield from [self.starts_on] if self.starts_on <= until else []
            return
        end = min(until, self.until) if self.until else until
        for moment in self._all(end):
            day = moment.date()
            if self.not_on_holidays and (day in public_holidays(day.year) or (day.month, day.day) == (12, 24)):
                continue
            if self.school_year and not in_school_year(day, autumn=self.autumn, winter=self.winter):
                continue
            yield day

    def _all(self, end: dt.date) -> rrule.rrule:
        begins, ends = (dt.datetime.combine(d, dt.time()) for d in (self.starts_on, end))
        if self.repeat == Repeat.WEEKLY:
            return rrule.rrule(
                rrule.WEEKLY, dtstart=begins, until=ends, interval=self.every, byweekday=self.weekdays, wkst=rrule.MO
            )
        weekday = rrule.weekday(self.weekdays[0], self.nth)
        return rrule.rrule(rrule.MONTHLY, dtstart=begins, until=ends, interval=self.every, byweekday=weekday)


def in_school_year(day: dt.date, *, autumn: int, winter: int) -> bool:
    """Tell whether school is on that week: not in summer, at Christmas, in Easter week or the two holiday weeks.

    Summer is from midsummer to the week of the eighteenth of August, Christmas from the 21st to the 2nd. Municipalities
    differ by days; what is wrong about one day is put right on that day.
    """
    week = day.isocalendar().week
    summer = (6, 20) <= (day.month, day.day) <= (8, 17)
    christmas = (day.month, day.day) >= (12, 21) or (day.month, day.day) <= (1, 2)
    sunday = easter.easter(day.year)
    in_easter = sunday - 6 * DAY <= day <= sunday + DAY
    return not (summer or christmas or in_easter or week in {autumn, winter})


def next_year(starts_on: dt.date, until: dt.date | None, *, today: dt.date) -> tuple[dt.date, dt.date | None]:
    """Return the first and the last day for the next year in which its day has not been: the same weekday."""
    day = starts_on
    while day < today:
        day += YEAR
    if until is None:
        return day, None
    return day, until + min(day - starts_on, max(LAST_DAY - until, dt.timedelta()))


def turn(index: int, day: dt.date, first: dt.date, *, by_month: bool, of: int) -> int:
    """Return whose turn it is among `of`, from 0: by how many times it has been held before, or how many months."""
    if of < 1:
        raise ValueError("Nobody takes turns.")
    months = (day.year - first.year) * 12 + day.month - first.month
    return (months if by_month else index) % of


def moments(day: dt.date, at: dt.time, to: dt.time) -> tuple[dt.datetime, dt.datetime]:
    """Return when it begins and ends, in UTC. `to` not after `at` is on the next day; both are times on the wall.

    On the night summer time begins, an hour that is not there counts as one later; on the night it ends, the first of
    the two.
    """
    last = day if to > at else day + DAY
    begins, ends = at_wall(day, at), at_wall(last, to)
    return begins, max(ends, begins + dt.timedelta(minutes=5))


def is_odd_hour(day: dt.date, clock: dt.time) -> bool:
    """Tell whether that hour is missing or comes twice on that night, so that one must ask which is meant."""
    first, second = (dt.datetime.combine(day, clock.replace(fold=fold), tzinfo=OSLO) for fold in (0, 1))
    return first.utcoffset() != second.utcoffset()


def bus_of(ways: Sequence[Way] | None) -> str:
    """Return what a list says of the bus: the best that any other village has; "" when nobody knows, or none is far.

    There and home from the same village counts first, since half a way is none.
    """
    if not ways:
        return ""
    if any(way.there and way.home for way in ways):
        return Bus.BOTH
    if any(way.there for way in ways):
        return Bus.NO_HOME
    return Bus.NO_THERE if any(way.home for way in ways) else Bus.NONE


def times_of(day: dt.date, at: dt.time) -> frozenset[TimeOfWeek]:
    """Return when in the week that is, by every name people look for it under: a Saturday evening is both."""
    found = {TimeOfWeek.EVENING} if at >= EVENING else set()
    if day in public_holidays(day.year):
        found.add(TimeOfWeek.HOLIDAY)
    if day.weekday() >= 5:
        found.add(TimeOfWeek.SUNDAY if day.weekday() == 6 else TimeOfWeek.SATURDAY)
    return frozenset(found or {TimeOfWeek.DAY})
