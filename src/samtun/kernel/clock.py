"""The clock. Everything else is given the time as an argument; only web, tasks and this module read it."""

import datetime as dt
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
"""The days anybody writes here. Earlier or later is a slip of the hand, and days cannot be counted from it."""


def now() -> dt.datetime:
    """Return the present moment, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """Return today's date on the wall in Norway."""
    return now().astimezone(OSLO).date()


def wall(at: dt.datetime) -> dt.datetime:
    """Return the same moment as the clock on the wall in Norway shows it."""
    return at.astimezone(OSLO)


def is_writable(day: dt.date) -> bool:
    """Tell whether a day is one that somebody can have meant."""
    return FIRST_DAY <= day <= LAST_DAY


def at_wall(day: dt.date, clock: dt.time) -> dt.datetime:
    """Return the UTC moment of a Norwegian wall time; a time that daylight saving skips moves one hour on."""
    local = dt.datetime.combine(day, clock, tzinfo=OSLO)
    return local.astimezone(dt.UTC)
