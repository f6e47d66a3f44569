"""What is on, for everyone: one statement a list, from what was written on the rows when they were written."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from samtun.foundation import search
from samtun.foundation.models import Owner
from samtun.kernel.errors import NotYours
from samtun.operation.activities.enums import ActivityState, OccurrenceState, SignUp
from samtun.operation.activities.models import Activity, Occurrence
from samtun.partners.catalogue.enums import Transport

MOST, MOST_FOUND = 2_000, 300
RIDES = (Transport.ORGANISED_RIDE, Transport.ORGANISER_FETCHES, Transport.COMPANION_WALK)
"""The answers that get somebody there who cannot get there alone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; empty is anything. `villages` are those within reach, `times` any of them."""

    since: dt.date
    until: dt.date
    villages: tuple[uuid.UUID, ...] = ()
    category: str = ""
    group: str = ""
    times: tuple[str, ...] = ()
    host: uuid.UUID | None = None
    activity: uuid.UUID | None = None
    with_ride: bool = False
    is_free: bool = False
    step_free: bool = False
    words: str = ""


class Line(NamedTuple):
    """One time as the lists show it. `changed_at` and `version` are for calendars."""

    id: uuid.UUID
    on: dt.date
    at: dt.time
    to: dt.time
    title: str
    place_name: str
    village_name: str
    host_name: str
    category: str
    transport: str
    is_free: bool
    state: str
    note: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    changed_at: dt.datetime
    version: int

    @property
    def is_off(self) -> bool:
        """True when it is called off."""
        return self.state == OccurrenceState.CALLED_OFF

    @property
    def has_ride(self) -> bool:
        """True when there is a way there for one who cannot get there alone."""
        return self.transport in RIDES


class Listed(NamedTuple):
    """One time as a list of days shows it: what stands in the index `occurrence_listed`, and no more."""

    id: uuid.UUID
    on: dt.date
    at: dt.time
    to: dt.time
    title: str
    place_name: str
    village_name: str
    host_name: str
    transport: str
    is_free: bool
    state: str

    @property
    def is_off(self) -> bool:
        """True when it is called off."""
        return self.state == OccurrenceState.CALLED_OFF

    @property
    def has_ride(self) -> bool:
        """True when there is a way there for one who cannot get there alone."""
        return self.transport in RIDES


class Short(NamedTuple):
    """One time as a month shows it: what stands in the index `occurrence_listed`, and no more."""

    id: uuid.UUID
    on: dt.date
    at: dt.time
    title: str
    state: str

    @property
    def is_off(self) -> bool:
        """True when it is called off."""
        return self.state == OccurrenceState.CALLED_OFF


def _open(wanted: Wanted) -> QuerySet[Occurrence]:
    rows = Occurrence.objects.filter(is_open=True, on__gte=wanted.since, on__lte=wanted.until)
    plain: dict[str, Any] = {
        "village__in": wanted.villages, "category": wanted.category, "times__overlap": list(wanted.times),
        "activity": wanted.activity, "transport__in": RIDES if wanted.with_ride else (),
        "is_free": wanted.is_free, "step_free": wanted.step_free,
    }  # fmt: skip
    rows = rows.filter(**{field: value for field, value in plain.items() if value})
    if wanted.group:
        rows = rows.filter(Q(groups__contains=[wanted.group]) | Q(groups=[]) | Q(groups__contains=["everyone"]))
    if wanted.host:
        rows = rows.filter(Q(host=wanted.host) | Q(activity__owner=wanted.host))
    if wanted.words:
        owners = list(Owner.objects.filter(left_on=None).values_list("id", flat=True))
        rows = rows.filter(activity__in=search.find("programme", wanted.words, owners=owners, limit=MOST_FOUND))
    return rows


def programme(wanted: Wanted, *, most: int = MOST) -> list[Line]:
    """Return what is on, in order; at most `most` lines."""
    return [Line._make(row) for row in _in_order(wanted).values_list(*Line._fields)[:most]]


def listed(wanted: Wanted, *, most: int) -> list[Listed]:
    """Return what is on, in order, with no more than a list shows; at most `most` lines."""
    return [Listed._make(row) for row in _in_order(wanted).values_list(*Listed._fields)[:most]]


def easy_words(wanted: Wanted, *, most: int) -> dict[uuid.UUID, str]:
    """Return what one does there in easy words, by time, for those that say it."""
    rows = _in_order(wanted).exclude(activity__easy="").values_list("id", "activity__easy")
    return dict(rows[:most])


def month(wanted: Wanted) -> list[Short]:
    """Return what is on, in order, with no more than a month shows."""
    return [Short._make(row) for row in _in_order(wanted).values_list(*Short._fields)[:MOST]]


def _in_order(wanted: Wanted) -> QuerySet[Occurrence]:
    return _open(wanted).order_by("on", "at", "title", "id")


class Printed(NamedTuple):
    """One time as paper shows it: the line, and what its activity says of the door, the way there and the price."""

    line: Line
    meets_name: str
    meets_phone: str
    transport_words: str
    price: str
    sign_up: str
    address: str | None

    @property
    def must_sign_up(self) -> bool:
        """True when one cannot just come."""
        return self.sign_up in (SignUp.SIGN_UP, SignUp.BINDING, SignUp.PERIOD)


DOOR = ("meets_name", "meets_phone", "transport_words", "price", "sign_up")


def printed(wanted: Wanted, *, most: int) -> list[Printed]:
    """Return what is on with what paper must say, since nobody can press on it; at most `most`."""
    door, lines = [f"activity__{name}" for name in DOOR], len(Line._fields)
    found = _in_order(wanted).values_list(*Line._fields, *door, "place__address")[:most]
    return [Printed(Line(*row[:lines]), *row[lines:]) for row in found]


def open_occurrence(occurrence: uuid.UUID) -> Occurrence:
    """Return one time that everyone may see, with its activity; NotYours otherwise."""
    related = ("activity__owner", "activity__place", "activity__village", "host", "place__village", "village")
    row = Occurrence.objects.select_related(*related).filter(id=occurrence).first()
    if row is None or not row.is_open:
        raise NotYours
    return row


def open_activity(activity: uuid.UUID) -> Activity:
    """Return an activity that everyone may see; NotYours otherwise."""
    row = Activity.objects.select_related("owner", "place__village", "village").filter(id=activity).first()
    if row is None or row.state != ActivityState.OPEN or not row.is_listed:
        raise NotYours
    return row


def next_times(activity: uuid.UUID, *, since: dt.date, most: int = 6) -> list[Line]:
    """Return the next times of an activity."""
    return programme(Wanted(since, since + dt.timedelta(days=430), activity=activity), most=most)


def by_day[L: (Line, Listed)](lines: Iterable[L]) -> list[tuple[dt.date, list[L]]]:
    """Return the lines gathered by day, in the order they stand."""
    days: dict[dt.date, list[L]] = {}
    for line in lines:
        days.setdefault(line.on, []).append(line)
    return list(days.items())
