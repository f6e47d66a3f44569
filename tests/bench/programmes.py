"""A programme to measure: as many times as are wanted, of a dozen activities in turn."""

import datetime as dt

from django.db import connection

from samtun.foundation.models import Municipality, Owner
from samtun.foundation.scope import open_scope
from samtun.kernel import clock
from samtun.kernel.ids import uuid7
from samtun.operation.activities.enums import ActivityState, Repeat, SignUp
from samtun.operation.activities.models import Activity, Occurrence
from samtun.partners.catalogue.enums import Category, Transport
from samtun.people.places.models import Village

WEEK, MONTH, FEED = 100, 430, 2_000
LONG_AGO = dt.date(2001, 1, 1)
TITLES = (
    "Strikkekafé for alle", "Bingo på grendehuset", "Trim for eldre", "Kor & song", "Gåtur med kaffi etterpå",
    "Open barnehage", "Språkkafé", "Middag i bedehuset", "Fotball for jenter 10–12 år", "Bygdekino", "Verkstad",
    "Datahjelp på biblioteket",
)  # fmt: skip
# What one time of an activity becomes, `n` of them; all else stays as it is.
EACH = {
    "id": "uuidv7()", "planned_on": "%(first)s::date + 1000 * n", "on": "%(first)s::date + n %% %(days)s",
    "is_open": "true",
    "at": "make_time(8 + n %% 12, 0, 0)", "to": "make_time(9 + n %% 12, 0, 0)",
    "starts_at": "%(first)s::date + n %% %(days)s + make_time(7 + n %% 12, 0, 0)",
    "ends_at": "%(first)s::date + n %% %(days)s + make_time(8 + n %% 12, 0, 0)",
}  # fmt: skip


def month_ahead() -> dt.date:
    """The first of the month that is measured: none of it lies within a week, and the feed has it whole."""
    return ((clock.today() + dt.timedelta(days=7)).replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def publish(municipality: Municipality, *, later: int = 0) -> None:
    """Put times into the coming week and into the month ahead, and others into the ten months after it."""
    with open_scope(municipality.id):
        _activities()
        _spread(clock.today(), days=7, times=WEEK)
        _spread(month_ahead(), days=28, times=MONTH)
        if later:
            _spread(month_ahead() + dt.timedelta(days=31), days=300, times=later)


def _activities() -> None:
    """The activities, each with one time that nobody sees, from which the others are made."""
    now = clock.now()
    owner, village = Owner.objects.order_by("id")[0], Village.objects.order_by("id")[0]
    activities = Activity.objects.bulk_create(
        Activity(
            owner=owner, title=title, category=Category.SOCIAL, transport=Transport.OWN, village=village,
            where="Grendehuset", repeat=Repeat.ONCE, starts_on=clock.today(), at=dt.time(18), to=dt.time(20),
            sign_up=SignUp.OPEN_DOOR, state=ActivityState.OPEN, made_at=now, opened_at=now, meets_name="Marit",
            meets_phone="+4757001122", sent_key=uuid7(),
        )
        for title in TITLES
    )  # fmt: skip
    Occurrence.objects.bulk_create(
        Occurrence(
            activity=it, planned_on=LONG_AGO + dt.timedelta(days=n), on=LONG_AGO, at=it.at, to=it.to, starts_at=now,
            ends_at=now + dt.timedelta(hours=2), host=owner, village=village, title=it.title, category=it.category,
            place_name=it.where, village_name=village.name, host_name=owner.name, transport=it.transport,
            is_free=True, times=["evening"], changed_at=now,
        )
        for n, it in enumerate(activities)
    )  # fmt: skip


def _spread(first: dt.date, *, days: int, times: int) -> None:
    columns = [field.column for field in Occurrence._meta.concrete_fields]
    made = ", ".join(EACH.get(column, f'o."{column}"') for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    table = Occurrence._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({named}) SELECT {made} FROM {table} AS o JOIN generate_series(1, %(times)s) AS n"
            " ON o.planned_on = %(ago)s::date + n %% %(dozen)s WHERE NOT o.is_open",
            {"first": first, "days": days, "times": times, "ago": LONG_AGO, "dozen": len(TITLES)},
        )
