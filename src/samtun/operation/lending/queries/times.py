"""Which time is free and which is taken. Never who has it."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from samtun.kernel.clock import at_wall, wall
from samtun.operation.lending.enums import HOLDS, State
from samtun.operation.lending.models import Booking, Lendable
from samtun.operation.lending.rules import Slot, Span, held, not_lent_then

SEARCHED = 14
"""How many days before and after a time that is taken are looked through for another."""
STEP = 30
SAME_DAY = 3 * 60 // STEP


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a day that is taken or asked for, on the wall. `is_whole_day` when the day is nothing else."""

    starts: dt.time
    ends: dt.time
    is_asked: bool

    @property
    def left(self) -> int:
        """Where it begins, in minutes of the day."""
        return self.starts.hour * 60 + self.starts.minute

    @property
    def wide(self) -> int:
        """How long it is, in minutes; to midnight when that is where it ends."""
        ends = self.ends.hour * 60 + self.ends.minute
        return (ends or 1440) - self.left

    @property
    def is_whole_day(self) -> bool:
        """Tell whether it is from midnight to midnight."""
        return self.wide == 1440


@dataclass(frozen=True, slots=True)
class Day:
    """One day of one thing: what is taken of it."""

    on: dt.date
    parts: tuple[Part, ...]
    is_open: bool


def taken(lendable: Lendable, slots: Sequence[Slot], *, but: Collection[uuid.UUID] = ()) -> list[Slot]:
    """Return which of these times somebody else has, cleaning between counted; one statement."""
    if not slots:
        return []
    wanted = {slot: held(slot, lendable) for slot in slots}
    window = Span(min(s.begins for s in wanted.values()), max(s.finishes for s in wanted.values()))
    spans = [span for span, _ in _held(lendable, window, but=but)]
    return [slot for slot, span in wanted.items() if any(span.over(other) for other in spans)]


def held_between(lendable: Lendable, begins: dt.datetime, finishes: dt.datetime) -> list[Span]:
    """Return the stretches somebody has between two moments, in order; one statement."""
    return [span for span, _ in _held(lendable, Span(begins, finishes))]


def nearest(lendable: Lendable, slot: Slot, *, at: dt.datetime, most: int = 3) -> list[Slot]:
    """Return free times of the same length near one that is taken: once that day, then the same hour another."""
    reach = dt.timedelta(days=SEARCHED + 2)
    spans = [span for span, _ in _held(lendable, Span(slot.begins_at - reach, slot.finishes_at + reach))]
    found: list[Slot] = []
    for other in _others(slot):
        if other.on == slot.on and any(f.on == slot.on for f in found):
            continue
        span = held(other, lendable)
        fits = other.begins_at > at and other.finishes_at > other.begins_at and not not_lent_then(lendable, other)
        if fits and not any(span.over(s) for s in spans) and not any(span.over(held(f, lendable)) for f in found):
            found.append(other)
            if len(found) == most:
                break
    return sorted(found)


def _others(slot: Slot) -> Iterator[Slot]:
    """Yield other times, the nearest first: half-hours of the same day and none at night, then the same hour."""
    for step in range(1, SAME_DAY + 1):
        for minutes in (step * STEP, -step * STEP):
            moved = slot.moved(minutes=minutes)
            if moved.on == slot.on and moved.starts >= min(slot.starts, dt.time(7)) and moved.starts <= dt.time(20):
                yield moved
    for days in range(1, SEARCHED + 1):
        yield slot.moved(days=days)
        yield slot.moved(days=-days)


def days_of(lendable: Lendable, first: dt.date, days: int) -> list[Day]:
    """Return so many days from one on, with what is taken and asked for of each; one statement, and never who."""
    last = first + dt.timedelta(days=days)
    window = Span(at_wall(first, dt.time()), at_wall(last, dt.time()))
    rows = _held(lendable, window, states=(State.ASKED, *HOLDS))
    found = []
    for ahead in range(days):
        on = first + dt.timedelta(days=ahead)
        is_open = not lendable.months or on.month in lendable.months
        found.append(Day(on, tuple(_parts(on, rows)), is_open))
    return found


def _parts(on: dt.date, rows: Sequence[tuple[Span, bool]]) -> Iterator[Part]:
    """Yield what of a day lies in these stretches."""
    day = Span(at_wall(on, dt.time()), at_wall(on + dt.timedelta(days=1), dt.time()))
    for span, asked in rows:
        if span.over(day):
            starts = wall(max(span.begins, day.begins)).time().replace(second=0, microsecond=0)
            ends = dt.time() if span.finishes >= day.finishes else wall(span.finishes).time()
            yield Part(starts, ends, asked)


def _held(
    lendable: Lendable, window: Span, *, but: Collection[uuid.UUID] = (), states: Collection[State] = HOLDS
) -> list[tuple[Span, bool]]:
    """Return the stretches somebody has within a window, by when they begin, and whether each is only asked for."""
    rows = Booking.objects.filter(
        lendable=lendable, state__in=states, begins_at__lt=window.finishes, held_until__gt=window.begins
    )
    if but:
        rows = rows.exclude(id__in=but)
    found = rows.order_by("begins_at", "id").values_list("begins_at", "held_until", "state")
    return [(Span(begins, finishes), state == State.ASKED) for begins, finishes, state in found]
