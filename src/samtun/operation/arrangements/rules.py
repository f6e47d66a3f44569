"""When an arrangement's dates are, and who may do what with it."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import at_wall
from samtun.operation.arrangements.models import Arrangement

RHYTHMS = (1, 2, 4)
"""How many weeks there may be between: every week, every other, every fourth."""
AHEAD = dt.timedelta(weeks=6)
LEAST_AHEAD = 4
"""Dates are prepared six weeks ahead, and at least four of them."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Which dates: `weekday` 0 = Monday, every `every_weeks` weeks, from `starts` to `ends`, both counted in."""

    weekday: int
    every_weeks: int
    starts: dt.date
    ends: dt.date | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError("The weekday is a number from 0 (Monday) to 6 (Sunday).")
        if self.every_weeks not in RHYTHMS:
            raise ValueError("Every week, every other or every fourth.")

    def first(self) -> dt.date:
        """Return the first date: the weekday on or after `starts`. Weeks are counted from it, not from the year."""
        return self.starts + dt.timedelta(days=(self.weekday - self.starts.weekday()) % 7)

    def dates(self, since: dt.date) -> Iterator[dt.date]:
        """Yield the dates from `since` on in order; without end when the rhythm has none."""
        step = dt.timedelta(weeks=self.every_weeks)
        day = self.first()
        if since > day:
            day += step * (-(-(since - day).days // (7 * self.every_weeks)))
        while self.ends is None or day <= self.ends:
            yield day
            day += step


def horizon(rhythm: Rhythm, today: dt.date) -> dt.date:
    """Return the day to which dates are prepared."""
    return today + max(AHEAD, dt.timedelta(weeks=rhythm.every_weeks * LEAST_AHEAD))


def begins(on: dt.date, at: dt.time) -> dt.datetime:
    """Return when a date begins, UTC, from its wall time."""
    return at_wall(on, at)


def is_over(on: dt.date, at: dt.time, minutes: int, *, now: dt.datetime) -> bool:
    """Tell whether a date's time has passed: `minutes` after it began, on whatever clock."""
    return begins(on, at) + dt.timedelta(minutes=minutes) <= now


def may_keep(viewer: Viewer, arrangement: Arrangement) -> bool:
    """Tell whether the viewer takes care of it: acts for its owner, with the right for requests."""
    return viewer.is_system or (arrangement.owner_id in viewer.owners and viewer.may(Permission.HANDLE_REQUESTS))


def may_say(viewer: Viewer, arrangement: Arrangement, person: uuid.UUID) -> bool:
    """Tell whether the viewer may speak for a person: is that person, or takes care of the arrangement."""
    return (viewer.person is not None and viewer.person == person) or may_keep(viewer, arrangement)
