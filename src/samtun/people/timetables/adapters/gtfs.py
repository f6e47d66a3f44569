"""A timetable in GTFS, cut down to one municipality while it is read: the whole country never stands in memory."""

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from samtun.people.timetables.adapters.files import Limits, Tables, Unreadable, opened
from samtun.people.timetables.adapters.prepared import Box, Prepared, PreparedStop, PreparedTrip
from samtun.people.timetables.enums import Mode

AHEAD = dt.timedelta(days=430)
DAY = dt.timedelta(days=1)
MOST_SECONDS = 72 * 3600
MOST_CALLS = 3_000_000
OSLO = "Europe/Oslo"
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ADDED, REMOVED = "1", "2"
FLIES = range(1100, 1200)


@dataclass(frozen=True, slots=True)
class _Trip:
    route: str
    service: str


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    mode: Mode | None
    company: str


@dataclass(slots=True)
class _Calls:
    """The calls of a trip within the municipality, six numbers each: order, stop, arrives, leaves, on, off."""

    numbers: array[int] = field(default_factory=lambda: array("l"))

    def in_order(self) -> list[tuple[int, ...]]:
        parts = [iter(self.numbers)] * 6
        return sorted(zip(*parts, strict=True))


def read(path: Path, box: Box, *, since: dt.date, limits: Limits | None = None) -> Prepared:
    """Read a timetable's part within a box, from a day on. Unreadable with a sentence when it is none, or half."""
    with opened(path, limits or Limits()) as tables:
        _look_at_clock(tables)
        stops, numbers = _stops(tables, box)
        calls = _calls(tables, numbers)
        trips, left_out = _trips(tables, calls)
        lines = _lines(tables, {one.route for one in trips.values()})
        days = _days(tables, {one.service for one in trips.values()}, since)
        feed = _feed(tables)
    found = _Found(stops, calls, trips, lines, days, left_out)
    return replace(found.prepared(since, *feed), box=box)


def seconds_of(text: str) -> int:
    """Return the seconds of a time of day like 07:05:00 or, after midnight, 25:10:00. ValueError for what is none."""
    parts = text.strip().split(":")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts):
        raise ValueError(f"{text!r} is no time of day")
    hours, minutes, seconds = (int(part) for part in parts)
    found = hours * 3600 + minutes * 60 + seconds
    if minutes > 59 or seconds > 59 or found >= MOST_SECONDS:
        raise ValueError(f"{text!r} is no time of day")
    return found


def date_of(text: str) -> dt.date:
    """Return a date like 20261127. ValueError for what is none."""
    text = text.strip()
    try:
        if len(text) == 8 and text.isascii() and text.isdigit():
            return dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError as fault:
        raise ValueError(f"{text!r} is no date: {fault}") from fault
    raise ValueError(f"{text!r} is no date")


def running_days(
    weekdays: Iterable[int], first: dt.date, last: dt.date, *, since: dt.date, until: dt.date
) -> Iterator[dt.date]:  # fmt: skip
    """Give the days from first to last that are on some weekdays, Monday 0, and not outside since to until."""
    wanted, day, last = frozenset(weekdays), max(first, since), min(last, until)
    while day <= last:
        if day.weekday() in wanted:
            yield day
        day += DAY


def _look_at_clock(tables: Tables) -> None:
    for number, (zone,) in tables.rows("agency.txt", ["agency_timezone"]):
        if zone.strip() != OSLO:
            raise Unreadable(f"Line {number} of agency.txt counts time in {zone[:40]}, not in {OSLO}.")


def _stops(tables: Tables, box: Box) -> tuple[list[PreparedStop], dict[str, int]]:
    found: list[PreparedStop] = []
    numbers: dict[str, int] = {}
    columns = ["stop_id", "stop_name", "stop_lat", "stop_lon"]
    for number, (code, name, lat, lon, kind) in tables.rows("stops.txt", columns, ["location_type"]):
        if kind.strip() not in {"", "0"}:
            continue
        try:
            spot = float(lat), float(lon)
        except ValueError as fault:
            raise Unreadable(f"Line {number} of stops.txt says no place on the map for {code[:40]}.") from fault
        if box.holds(*spot):
            numbers[code] = len(found)
            found.append(PreparedStop(code, name.strip(), *spot))
    return found, numbers


def _calls(tables: Tables, numbers: dict[str, int]) -> dict[str, _Calls]:
    """Return the calls at our stops by trip. Their times are looked at; those elsewhere are passed by."""
    found: dict[str, _Calls] = {}
    kept = 0
    needed = ["stop_id", "trip_id", "stop_sequence", "arrival_time", "departure_time"]
    for number, row in tables.rows("stop_times.txt", needed, ["pickup_type", "drop_off_type"]):
        stop = numbers.get(row[0])
        if stop is None or not (row[3].strip() or row[4].strip()):
            continue
        try:
            order = int(row[2])
            arrives, leaves = seconds_of(row[3] or row[4]), seconds_of(row[4] or row[3])
            on, off = (int(one) if one.strip() else 0 for one in row[5:7])
        except ValueError as fault:
            raise Unreadable(f"Line {number} of stop_times.txt has a time or a number that is none.") from fault
        if leaves < arrives or not (0 <= on <= 3 and 0 <= off <= 3) or order < 0:
            raise Unreadable(f"Line {number} of stop_times.txt cannot be right: it leaves before it has come.")
        kept += 1
        if kept > MOST_CALLS:
            raise Unreadable("There are more departures here than one municipality has. Is a village far off the map?")
        trip = found.get(row[1])
        if trip is None:
            trip = found[row[1]] = _Calls()
        trip.numbers.extend((order, stop, arrives, leaves, on, off))
    return {key: one for key, one in found.items() if len(one.numbers) >= 12}


def _trips(tables: Tables, calls: dict[str, _Calls]) -> tuple[dict[str, _Trip], int]:
    """Return the trips that call here twice, and how many are left out: those that only go "every so often"."""
    often = "frequencies.txt"
    vague = {key for _, (key,) in tables.rows(often, ["trip_id"]) if key in calls} if often in tables else set()
    found = {
        key: _Trip(route, service)
        for _, (key, route, service) in tables.rows("trips.txt", ["trip_id", "route_id", "service_id"])
        if key in calls and key not in vague
    }
    if len(found) + len(vague) < len(calls):
        raise Unreadable("trips.txt lacks trips that stop_times.txt has. The file is half: fetch it anew.")
    return found, len(vague)


def _lines(tables: Tables, routes: set[str]) -> dict[str, _Line]:
    columns = ["route_id", "route_type"], ["route_short_name", "route_long_name", "agency_id"]
    found: dict[str, _Line] = {}
    for number, (key, kind, short, long, company) in tables.rows("routes.txt", *columns):
        if key in routes:
            if not kind.strip().isdecimal():
                raise Unreadable(f"Line {number} of routes.txt does not say what one travels by.")
            found[key] = _Line(short.strip() or long.strip(), mode_of(int(kind)), company)
    if routes - set(found):
        raise Unreadable("routes.txt lacks lines that trips.txt has. The file is half: fetch it anew.")
    return found


def mode_of(kind: int) -> Mode | None:
    """Return what one travels by from the file's number, of the short list or the long; None for aeroplanes."""
    if kind in {2, 12} or 100 <= kind < 200:
        return Mode.TRAIN
    if kind in {0, 1, 5} or 400 <= kind < 700 or 900 <= kind < 1000:
        return Mode.TRAM
    if kind == 4 or 1000 <= kind < 1100 or 1200 <= kind < 1300:
        return Mode.BOAT
    return None if kind in FLIES else Mode.BUS


def _days(tables: Tables, services: set[str], since: dt.date) -> dict[str, list[dt.date]]:
    """Return the days each service runs: its weekdays in its period, and then the exceptions."""
    if "calendar.txt" not in tables and "calendar_dates.txt" not in tables:
        raise Unreadable("The file says nowhere on which days anything runs. Fetch it anew.")
    found: dict[str, set[dt.date]] = {}
    name, columns = "calendar.txt", ["service_id", "start_date", "end_date", *WEEK]
    for number, (key, first, last, *week) in tables.rows(name, columns) if name in tables else ():
        if key in services:
            days = [n for n, runs in enumerate(week) if runs.strip() == "1"]
            begins, ends = _date(first, name, number), _date(last, name, number)
            found.setdefault(key, set()).update(running_days(days, begins, ends, since=since, until=since + AHEAD))
    name, columns = "calendar_dates.txt", ["service_id", "date", "exception_type"]
    for number, (key, text, kind) in tables.rows(name, columns) if name in tables else ():
        if key in services:
            day = _date(text, name, number)
            if kind.strip() not in {ADDED, REMOVED}:
                raise Unreadable(f"Line {number} of {name} is neither a day more nor a day less.")
            if kind.strip() == REMOVED:
                found.setdefault(key, set()).discard(day)
            elif since <= day <= since + AHEAD:
                found.setdefault(key, set()).add(day)
    if services - set(found):
        raise Unreadable("The calendars lack services that trips.txt has. The file is half: fetch it anew.")
    return {key: sorted(days) for key, days in found.items()}


def _date(text: str, name: str, number: int) -> dt.date:
    try:
        return date_of(text)
    except ValueError as fault:
        raise Unreadable(f"Line {number} of {name} has a date that is none: {text[:20]}.") from fault


def _feed(tables: Tables) -> tuple[str, dt.date | None, dt.date | None]:
    """Return who made the file, and from when to when it counts, as far as it says so."""
    name, columns = "feed_info.txt", ["feed_publisher_name", "feed_start_date", "feed_end_date"]
    for number, (source, first, last) in tables.rows(name, [], columns) if name in tables else ():
        starts, ends = (_date(text, name, number) if text.strip() else None for text in (first, last))
        return source.strip(), starts, ends
    return "", None, None


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found, by the file's own keys."""

    stops: list[PreparedStop]
    calls: dict[str, _Calls]
    trips: dict[str, _Trip]
    lines: dict[str, _Line]
    days: dict[str, list[dt.date]]
    left_out: int

    def prepared(self, since: dt.date, source: str, starts: dt.date | None, ends: dt.date | None) -> Prepared:
        """Put it together. It counts to the last day of the company that runs most here: others may go on longer."""
        running = sorted(key for key, days in self.days.items() if days)
        services = {key: number for number, key in enumerate(running)}
        trips: list[PreparedTrip] = []
        left_out, by_company = self.left_out, Counter[str]()
        spans: dict[str, tuple[dt.date, dt.date]] = {}
        for key, one in sorted(self.trips.items()):
            line = self.lines[one.route]
            if one.service not in services or line.mode is None:
                continue
            made = _trip(services[one.service], line, self.calls[key].in_order())
            if made is None:
                left_out += 1
                continue
            trips.append(made)
            days = self.days[one.service]
            by_company[line.company] += len(days)
            first, last = spans.get(line.company, (days[0], days[-1]))
            spans[line.company] = min(first, days[0]), max(last, days[-1])
        first, last = spans[by_company.most_common(1)[0][0]] if by_company else (since, since)
        first, last = max(first, starts or first), min(last, ends or last)
        if last < first:
            raise Unreadable("This timetable has run out. Fetch a newer one.")
        days_of = [self.days[key] for key in running]
        return Prepared(source, first, last, self.stops, days_of, trips, left_out)


def _trip(service: int, line: _Line, calls: list[tuple[int, ...]]) -> PreparedTrip | None:
    """Return a trip; None when it goes backwards in time, or is at two stops at once."""
    for before, after in pairwise(calls):
        if after[0] == before[0] or after[2] < before[3]:
            return None
    columns = [list(column) for column in zip(*calls, strict=True)]
    return PreparedTrip(service, line.name, line.mode or Mode.BUS, *columns[1:])
