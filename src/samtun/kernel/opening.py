"""Opening days: every clock and ladder counts in the days when someone is there (R114)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opening:
    """One weekday's opening hours on the wall: weekday 0 = Monday."""

    weekday: int
    opens: dt.time
    closes: dt.time

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError("The weekday is a number from 0 (Monday) to 6 (Sunday).")
        if self.closes <= self.opens:
            raise ValueError("Opening hours must end after they begin.")


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """A unit's week, and the dates on which it is closed all the same."""

    week: tuple[Opening, ...]
    closed: Callable[[dt.date], bool] = lambda _day: False

    def on(self, day: dt.date) -> tuple[Opening, ...]:
        """Return the hours of one date, earliest first; empty when closed."""
        if self.closed(day):
            return ()
        return tuple(sorted((h for h in self.week if h.weekday == day.weekday()), key=lambda h: h.opens))

    def is_open(self, wall: dt.datetime) -> bool:
        """Tell whether someone is there at this wall time."""
        return any(h.opens <= wall.time() < h.closes for h in self.on(wall.date()))

    def next_opening(self, wall: dt.datetime) -> dt.datetime | None:
        """Return the wall time from which someone is there: now if open; None when never within 60 days."""
        for ahead in range(61):
            day = wall.date() + dt.timedelta(days=ahead)
            for hours in self.on(day):
                start = dt.datetime.combine(day, hours.opens, tzinfo=wall.tzinfo)
                end = dt.datetime.combine(day, hours.closes, tzinfo=wall.tzinfo)
                if wall < end:
                    return max(wall, start)
        return None

    def after_days(self, wall: dt.datetime, days: int) -> dt.datetime:
        """Return the end of the opening hours `days` opening days after `wall`; 0 = the same or next open day.

        With no opening hours at all, ordinary weekdays at 15.00 are counted instead.
        """
        week = self if self.next_opening(wall) else DEFAULT_HOURS
        start = week.next_opening(wall)
        if start is None:
            return wall + dt.timedelta(days=days + 1)
        day, left = start.date(), days
        while left > 0:
            day += dt.timedelta(days=1)
            if week.on(day):
                left -= 1
        closes = week.on(day)[-1].closes
        return dt.datetime.combine(day, closes, tzinfo=wall.tzinfo)

    def after_hours(self, wall: dt.datetime, hours: int) -> dt.datetime:
        """Return the wall time when `hours` hours have passed in which somebody was there, counted from `wall`.

        With no opening hours at all, ordinary weekdays from 9 to 15 are counted instead.
        """
        week = self if self.next_opening(wall) else DEFAULT_HOURS
        left, now = dt.timedelta(hours=hours), wall
        while (start := week.next_opening(now)) is not None:
            open_now = next(h for h in week.on(start.date()) if h.opens <= start.time() < h.closes)
            end = dt.datetime.combine(start.date(), open_now.closes, tzinfo=wall.tzinfo)
            if end - start >= left:
                return start + left
            left, now = left - (end - start), end
        return wall + dt.timedelta(hours=hours)


DEFAULT_HOURS = OpeningHours(tuple(Opening(d, dt.time(9), dt.time(15)) for d in range(5)))
