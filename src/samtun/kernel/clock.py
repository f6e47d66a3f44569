"""The clock. Everything else is given the time as an argument; only web, tasks and this module read it."""

import datetime as dt
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def now() -> dt.datetime:
    """Return the present moment, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """Return today's date on the wall in Norway."""
    return now().astimezone(OSLO).date()


def wall(at: dt.datetime) -> dt.datetime:
    """Return the same moment as the clock on the wall in Norway shows it."""
    return at.astimezone(OSLO)


def at_wall(day: dt.date, clock: dt.time) -> dt.datetime:
    """Return the UTC moment of a Norwegian wall time; a time that daylight saving skips moves one hour on."""
    local = dt.datetime.combine(day, clock, tzinfo=OSLO)
    return local.astimezone(dt.UTC)
