"""How much each thing is used: hours and bookings by month, and no person."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, F, Sum
from django.db.models.functions import TruncMonth

from samtun.foundation.viewer import Viewer
from samtun.operation.lending.enums import State
from samtun.operation.lending.models import Booking
from samtun.operation.lending.queries.things import things_of

USED = (State.BOOKED, State.HANDED_OVER, State.RETURNED)


@dataclass(frozen=True, slots=True)
class Used:
    """One thing in a year: (bookings, hours) for each month from January on, and in all."""

    name: str
    months: tuple[tuple[int, int], ...]
    bookings: int
    hours: int


def use_of(viewer: Viewer, year: int, *, at: dt.datetime) -> list[Used]:
    """Return how much each of one's own things was used in a year, what is over by now; two statements."""
    rows = Booking.objects.filter(
        lendable__owner__in=viewer.owners, state__in=USED, on__year=year, finishes_at__lte=at
    ).annotate(month=TruncMonth("on"))
    found: dict[uuid.UUID, dict[int, tuple[int, int]]] = {}
    counted = rows.values("lendable", "month").annotate(n=Count("id"), time=Sum(F("finishes_at") - F("begins_at")))
    for row in counted.order_by("lendable", "month"):
        hours = round(row["time"].total_seconds() / 3600)
        found.setdefault(row["lendable"], {})[row["month"].month] = (row["n"], hours)
    return [_one(thing.name, found.get(thing.id, {})) for thing in things_of(viewer)]


def _one(name: str, months: dict[int, tuple[int, int]]) -> Used:
    by_month = tuple(months.get(n, (0, 0)) for n in range(1, 13))
    return Used(name, by_month, sum(n for n, _ in by_month), sum(h for _, h in by_month))
