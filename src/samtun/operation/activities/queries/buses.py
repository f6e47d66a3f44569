"""Which bus there and home, as it was written down; and what the timetable says of a time that is only planned."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

from samtun.kernel.clock import wall
from samtun.operation.activities.enums import Bus
from samtun.operation.activities.models import BusWay, Occurrence
from samtun.operation.activities.rules import Rule, bus_of, moments
from samtun.partners.catalogue.enums import Transport
from samtun.people.places.models import Place
from samtun.people.timetables.models import Timetable
from samtun.people.timetables.queries import Way, Ways, timetable

STEP, STEPS = dt.timedelta(minutes=15), 4
MOST_HOURS = 3
SOON = dt.timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Buses:
    """What an open page says of the bus. `ways` is empty when the timetable does not know of that day."""

    table: Timetable
    ways: list[BusWay] = field(default_factory=list)

    @property
    def longest_walk(self) -> int:
        """Minutes on foot between stop and hall, for whoever has the longest way."""
        return max((way.walk for way in self.ways), default=0)

    @property
    def lacks_way(self) -> bool:
        """True when somebody gets there and not home, or not there, or nobody knows."""
        return not self.ways or any(way.there_at is None or way.home_at is None for way in self.ways)

    @property
    def must_ring(self) -> bool:
        """True when some bus only goes when it is ordered."""
        return any(way.must_ring for way in self.ways)


def buses_of(row: Occurrence) -> Buses | None:
    """Return which bus goes to one time; None when one does not come by bus, or there is no timetable here at all."""
    if row.transport != Transport.PUBLIC:
        return None
    table = timetable()
    if table is None:
        return None
    rows = BusWay.objects.filter(occurrence=row).select_related("village").order_by("village__name")
    return Buses(table, list(rows) if row.bus else [])


def bus_words(occurrences: Collection[uuid.UUID]) -> dict[uuid.UUID, list[BusWay]]:
    """Return which bus goes to some times, in one statement, for what is printed."""
    found: dict[uuid.UUID, list[BusWay]] = {}
    rows = BusWay.objects.filter(occurrence__in=occurrences).exclude(occurrence__bus="").select_related("village")
    for way in rows.order_by("village__name"):
        found.setdefault(way.occurrence_id, []).append(way)
    return found


@dataclass(frozen=True, slots=True)
class Advice:
    """What the timetable says of a day and hour somebody plans. `better` are hours to begin, of the same length."""

    on: dt.date
    bus: str
    ways: list[Way]
    better: list[dt.time]


def advice(place: Place | None, rule: Rule, starts: dt.time, ends: dt.time, *, at: dt.datetime) -> Advice | None:
    """Return the first weekday on which nobody gets both there and home by bus; None when all is well or unknown.

    With it come the nearest hours to begin, within one hour, at which somebody does.
    """
    days = _days(rule, wall(at).date())
    known = Ways(at, on=days)
    for day in days:
        ways = known.between(place, *moments(day, starts, ends)) or []
        said = bus_of(ways)
        if said not in {"", Bus.BOTH}:
            return Advice(day, said, ways, _better(known, place, day, starts, ends))
    return None


def _days(rule: Rule, today: dt.date) -> list[dt.date]:
    """Return the first coming day of each weekday in a rule."""
    first: dict[int, dt.date] = {}
    for day in rule.days(today + SOON):
        if day >= today:
            first.setdefault(day.weekday(), day)
    return sorted(first.values())


def _better(known: Ways, place: Place | None, on: dt.date, starts: dt.time, ends: dt.time) -> list[dt.time]:
    found: list[dt.time] = []
    for number in sorted((n for n in range(-STEPS, STEPS + 1) if n), key=abs):
        begins = dt.datetime.combine(on, starts) + number * STEP
        over = (dt.datetime.combine(on, ends) + number * STEP).time()
        if begins.date() == on and bus_of(known.between(place, *moments(on, begins.time(), over))) == Bus.BOTH:
            found.append(begins.time())
    return sorted(_apart(found))


def _apart(hours: list[dt.time]) -> list[dt.time]:
    """Return the nearest first hour, and others at least half an hour from those chosen."""
    chosen: list[dt.time] = []
    for hour in hours:
        if all(abs(_minutes(hour) - _minutes(one)) >= 30 for one in chosen):
            chosen.append(hour)
    return chosen[:MOST_HOURS]


def _minutes(hour: dt.time) -> int:
    return hour.hour * 60 + hour.minute
