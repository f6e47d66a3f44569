"""Run by pretix' own interpreter: one organiser, a dozen series, so many times in the month that begins on a day."""

import datetime as dt
import sys

import django

django.setup()

from django_scopes import scopes_disabled  # noqa: E402  # after django.setup()
from pretix.base.models import Event, Organizer, SubEvent  # noqa: E402  # after django.setup()

SERIES = 12


def fill(first, times):
    """What there was goes; each time is in a series and has no price, no quota and nothing to buy."""
    SubEvent.objects.all().delete()
    organiser, _made = Organizer.objects.get_or_create(slug="dalgrend", defaults={"name": "Dalgrend"})
    series = []
    for n in range(SERIES):
        facts = {"name": f"Aktivitet {n}", "currency": "NOK", "live": True, "is_public": True, "has_subevents": True}
        facts |= {"date_from": dt.datetime.combine(first, dt.time(18), tzinfo=dt.UTC), "plugins": ""}
        one, _made = Event.objects.get_or_create(organizer=organiser, slug=f"serie-{n}", defaults=facts)
        one.settings.timezone = "Europe/Oslo"
        series.append(one)
    begins = [dt.datetime.combine(first, dt.time(8), tzinfo=dt.UTC) + dt.timedelta(days=n % 28, hours=n % 12)
              for n in range(times)]  # fmt: skip
    SubEvent.objects.bulk_create(
        SubEvent(
            event=series[n % SERIES], active=True, is_public=True, name=f"Aktivitet {n % SERIES}", date_from=at,
            date_to=at + dt.timedelta(hours=1),
        )
        for n, at in enumerate(begins)
    )  # fmt: skip


with scopes_disabled():
    fill(dt.date.fromisoformat(sys.argv[1]), int(sys.argv[2]))
