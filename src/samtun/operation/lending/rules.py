"""Who lends and who borrows, which times there are, and which step follows which."""

import datetime as dt
import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.foundation.options import option
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import at_wall
from samtun.kernel.errors import Refused
from samtun.operation.lending.enums import Every, State, Why
from samtun.operation.lending.models import Booking, Lendable

ANSWERED_WITHIN = option(
    "lending.answered_within", 3, _("Opening days before one who asks to borrow something has an answer"),
    least=1, most=20,
)  # fmt: skip
CHILDREN_FIRST = option(
    "lending.children_first", 0,
    _("When fixed times are shared out, are those for children and young people given first? 1 is yes, 0 is no"),
    least=0, most=1,
)  # fmt: skip
FIRST = dt.timedelta(hours=24)
"""So long those who got less than they wished for have first right to time that is given back."""
LONGEST = dt.timedelta(days=31)
AHEAD = dt.timedelta(days=400)
MOST_DATES = 60
CODE = re.compile(r"(kod|code|pin)\w*\D{0,25}\d{3,}", re.IGNORECASE)

GOES_ON: dict[State, frozenset[State]] = {
    State.ASKED: frozenset({State.BOOKED, State.DECLINED, State.CANCELLED}),
    State.WAITING: frozenset({State.BOOKED, State.ASKED, State.CANCELLED}),
    State.BOOKED: frozenset({State.HANDED_OVER, State.CANCELLED, State.GIVEN_BACK}),
    State.HANDED_OVER: frozenset({State.RETURNED}),
    State.RETURNED: frozenset(),
    State.DECLINED: frozenset(),
    State.CANCELLED: frozenset(),
    State.GIVEN_BACK: frozenset(),
}


class NoSuchTime(Refused):
    """That time does not exist that night, since the clocks are put forward. Choose another."""


class NoTimeAtAll(Refused):
    """It must end after it begins. Look at the day and the time."""


class TooLongAtATime(Refused):
    """It can be borrowed for a month at a time. Choose an earlier day to bring it back."""


class HasBeen(Refused):
    """That time has been. Choose a later one."""


class TooFarAhead(Refused):
    """It can be booked for the next thirteen months. Choose an earlier day."""


class TooManyDates(Refused):
    """That is more than sixty dates at once. Choose an earlier last day."""


class OverItself(Refused):
    """The dates you chose lie over one another. Choose fewer, or a shorter time."""


class NotThen(Refused):
    """It is not lent out then. Choose another time."""


class NoCodes(Refused):
    """Do not write a code to a door here: everyone reads it. Tell it when the key is handed over."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A time on the wall: from a clock time on a date, to a clock time on the same date or a later one."""

    on: dt.date
    starts: dt.time
    ends_on: dt.date
    ends: dt.time

    @classmethod
    def of(cls, on: dt.date, starts: dt.time, ends: dt.time, ends_on: dt.date | None = None) -> Self:
        """Make one; without a last day, an end that is no later than the beginning is in the night after."""
        return cls(on, starts, ends_on or (on if ends > starts else on + dt.timedelta(days=1)), ends)

    @classmethod
    def from_booking(cls, row: Booking) -> Self:
        """Return the time of a booking."""
        return cls(row.on, row.starts, row.ends_on, row.ends)

    @property
    def begins_at(self) -> dt.datetime:
        """The moment it begins."""
        return at_wall(self.on, self.starts)

    @property
    def finishes_at(self) -> dt.datetime:
        """The moment it is over."""
        return at_wall(self.ends_on, self.ends)

    def moved(self, days: int = 0, minutes: int = 0) -> Self:
        """Return the same length of clock time, another time."""
        first = dt.datetime.combine(self.on, self.starts) + dt.timedelta(days=days, minutes=minutes)
        last = dt.datetime.combine(self.ends_on, self.ends) + dt.timedelta(days=days, minutes=minutes)
        return type(self)(first.date(), first.time(), last.date(), last.time())

    def __str__(self) -> str:
        first = f"{date_format(self.on, 'l j. F')} {time_format(self.starts, 'H.i')}"
        if self.ends_on == self.on or ((self.ends_on - self.on).days == 1 and self.ends <= self.starts):
            return f"{first}–{time_format(self.ends, 'H.i')}"
        return f"{first} – {date_format(self.ends_on, 'l j. F')} {time_format(self.ends, 'H.i')}"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time between two moments."""

    begins: dt.datetime
    finishes: dt.datetime

    def over(self, other: "Span") -> bool:
        """Tell whether two stretches share a moment."""
        return self.begins < other.finishes and other.begins < self.finishes


def held(slot: Slot, lendable: Lendable) -> Span:
    """Return the stretch that a booking of that time keeps others out, with the minutes for cleaning after it."""
    return Span(slot.begins_at, slot.finishes_at + dt.timedelta(minutes=lendable.buffer_minutes))


def repeated(slot: Slot, every: Every, until: dt.date | None) -> list[Slot]:
    """Return a time and those that follow it by a rule, until a day, that day included; counted on the wall."""
    if every == Every.ONCE or until is None:
        return [slot]
    if until < slot.on:
        raise NoTimeAtAll
    if until - slot.on > AHEAD:
        raise TooFarAhead
    start, end = dt.datetime.combine(slot.on, dt.time()), dt.datetime.combine(until, dt.time())
    day = weekday(slot.on.weekday())
    if every in {Every.WEEK, Every.TWO_WEEKS}:
        rule = rrule(WEEKLY, interval=1 if every == Every.WEEK else 2, dtstart=start, until=end)
    else:
        rule = rrule(MONTHLY, byweekday=day(_which(slot.on, every)), dtstart=start, until=end)
    days = [moment.date() for moment in rule] or [slot.on]
    if len(days) > MOST_DATES:
        raise TooManyDates
    return [slot.moved((on - slot.on).days) for on in days]


def _which(on: dt.date, every: Every) -> int:
    """Return which weekday of its month a date is: 1 for the first, -1 for the last, a fifth counts as the last."""
    number = (on.day - 1) // 7 + 1
    return -1 if every == Every.LAST or number == 5 else number


def check_times(lendable: Lendable, slots: Sequence[Slot], *, at: dt.datetime) -> None:
    """See that these times can be borrowed at all: each a time that exists, not over, when it is lent out."""
    if len(slots) > MOST_DATES:
        raise TooManyDates
    for slot in slots:
        _check(lendable, slot, at)
    ordered = sorted(slots)
    for one, other in pairwise(ordered):
        if held(one, lendable).over(held(other, lendable)):
            raise OverItself


def _check(lendable: Lendable, slot: Slot, at: dt.datetime) -> None:
    if (slot.ends_on, slot.ends) <= (slot.on, slot.starts):
        raise NoTimeAtAll
    if slot.finishes_at <= slot.begins_at:
        raise NoSuchTime
    if slot.finishes_at - slot.begins_at > LONGEST:
        raise TooLongAtATime
    if slot.begins_at < at:
        raise HasBeen
    if slot.begins_at > at + AHEAD:
        raise TooFarAhead
    if why := not_lent_then(lendable, slot):
        raise NotThen(why)


def not_lent_then(lendable: Lendable, slot: Slot) -> str:
    """Return why a time is not one at which it is lent out; empty when it is."""
    if lendable.months and slot.on.month not in lendable.months:
        return gettext("%(name)s is not lent out in %(month)s. Choose another day.") % {
            "name": lendable.name, "month": date_format(slot.on, "F"),
        }  # fmt: skip
    opens, closes = lendable.opens, lendable.closes
    if opens and closes:
        fits = opens <= slot.starts <= closes and opens <= slot.ends <= closes
        if not fits or (slot.ends_on != slot.on and lendable.kind in {"hall", "pool"}):
            return gettext("%(name)s can be borrowed between %(first)s and %(last)s. Choose a time within that.") % {
                "name": lendable.name, "first": time_format(opens, "H.i"), "last": time_format(closes, "H.i"),
            }  # fmt: skip
    return ""


def says_code(*words: str) -> bool:
    """Tell whether words seem to give away the code to a door."""
    return any(CODE.search(text) for text in words)


def lends(viewer: Viewer, owner_id: object) -> bool:
    """Tell whether somebody lends out what an owner has. The system does for the owners it stands for, no others."""
    return viewer.may(Permission.PUBLISH) and owner_id in viewer.owners


def borrows(viewer: Viewer, owner_id: object) -> bool:
    """Tell whether somebody borrows for an owner: those who lend out what it has."""
    return lends(viewer, owner_id)


def sees_lent(viewer: Viewer, owner_id: object) -> bool:
    """Tell whether somebody sees what only those who lend out what an owner has see; the system sees all."""
    return viewer.is_system or lends(viewer, owner_id)


def said_times(slots: Iterable[Slot], *, most: int = 4) -> str:
    """Return times in words, the first ones, and how many more there are."""
    found = list(slots)
    shown = ", ".join(str(slot) for slot in found[:most])
    rest = len(found) - most
    return shown if rest <= 0 else gettext("%(times)s and %(n)d more") % {"times": shown, "n": rest}


@dataclass(frozen=True, slots=True, order=True)
class Weekly:
    """A time each week, on the wall, within one day."""

    weekday: int
    starts: dt.time
    ends: dt.time

    @property
    def minutes(self) -> int:
        """How long it is."""
        return _minute(self.ends) - _minute(self.starts)

    def over(self, other: "Weekly", gap: int = 0) -> bool:
        """Tell whether two share a minute, so many minutes between them counted in."""
        if self.weekday != other.weekday:
            return False
        first, last = _minute(self.starts), _minute(self.ends) + gap
        return first < _minute(other.ends) + gap and _minute(other.starts) < last

    def __str__(self) -> str:
        day = capfirst(str(WEEKDAYS[self.weekday]))
        return f"{day} {time_format(self.starts, 'H.i')}–{time_format(self.ends, 'H.i')}"


@dataclass(frozen=True, slots=True)
class Wisher:
    """A club and its wishes, the dearest first. `lacked` is what it wished for and did not get last season."""

    key: uuid.UUID
    minutes: int
    wishes: tuple[Weekly, ...]
    for_children: bool = False
    lacked: int = 0


@dataclass(frozen=True, slots=True)
class Terrain:
    """What is shared out: minutes for cleaning between two, what others have most weeks, the lot, who goes first."""

    gap: int = 0
    busy: tuple[Weekly, ...] = ()
    lot: int = 0
    children_first: bool = False


def drawn(lot: int, key: uuid.UUID) -> str:
    """Return a club's place in the lot: anyone who knows the number that was drawn can reckon it again."""
    return hashlib.sha256(f"{lot}:{key}".encode()).hexdigest()


def share_out(wishers: Iterable[Wisher], terrain: Terrain) -> dict[uuid.UUID, tuple[Weekly, ...]]:
    """Return who gets which weekly times. The same wishes give the same answer, in whatever order they came.

    In rounds: whoever has fewest minutes so far is next, and gets the best of its wishes that is free still and no
    more than it asked for in all. With as many minutes: who lacked most last season, then the lot. Children's and
    young people's are through all their rounds first where the municipality has chosen so.
    """
    given: dict[uuid.UUID, tuple[Weekly, ...]] = {}
    everyone = sorted(wishers, key=lambda one: str(one.key))
    if terrain.children_first:
        _rounds([one for one in everyone if one.for_children], terrain, given)
        _rounds([one for one in everyone if not one.for_children], terrain, given)
    else:
        _rounds(everyone, terrain, given)
    return given


def _rounds(wishers: Sequence[Wisher], terrain: Terrain, given: dict[uuid.UUID, tuple[Weekly, ...]]) -> None:
    given.update({one.key: () for one in wishers})
    left = list(wishers)
    while left:
        one = min(left, key=lambda w: (_sum(given[w.key]), -w.lacked, drawn(terrain.lot, w.key)))
        best = next((w for w in one.wishes if why_not(one, w, given, terrain) is None), None)
        if best is None:
            left.remove(one)
        else:
            given[one.key] = (*given[one.key], best)


def why_not(
    one: Wisher, wish: Weekly, given: Mapping[uuid.UUID, Sequence[Weekly]], terrain: Terrain
) -> Why | None:  # fmt: skip
    """Return why a wish cannot be given now; None when it can."""
    if any(wish.over(other, terrain.gap) for other in terrain.busy):
        return Why.BUSY
    if any(wish.over(other, terrain.gap) for key, times in given.items() if key != one.key for other in times):
        return Why.OTHER
    mine = given.get(one.key, ())
    if _sum(mine) + wish.minutes > one.minutes or any(wish.over(other, terrain.gap) for other in mine):
        return Why.ENOUGH
    return None


def explained(
    one: Wisher, given: Mapping[uuid.UUID, Sequence[Weekly]], terrain: Terrain
) -> tuple[Why, ...]:  # fmt: skip
    """Return how it went with each wish, as it stands after a person has looked at it."""
    mine = given.get(one.key, ())
    chosen = any(time not in one.wishes for time in mine)

    def why(wish: Weekly) -> Why:
        if wish in mine:
            return Why.GOT
        found = why_not(one, wish, given, terrain)
        return Why.PERSON if found is None or (found == Why.ENOUGH and chosen) else found

    return tuple(why(wish) for wish in one.wishes)


def _sum(times: Iterable[Weekly]) -> int:
    return sum(one.minutes for one in times)


def _minute(clock: dt.time) -> int:
    return clock.hour * 60 + clock.minute


def days_within(starts: dt.date, ends: dt.date, weekday: int, *, without: Iterable[dt.date] = ()) -> list[dt.date]:
    """Return the dates of a weekday between two, both included, without some."""
    first = starts + dt.timedelta(days=(weekday - starts.weekday()) % 7)
    number, left_out = (ends - first).days // 7 + 1, set(without)
    return [day for n in range(max(number, 0)) if (day := first + dt.timedelta(days=7 * n)) not in left_out]
