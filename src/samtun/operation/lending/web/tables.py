"""A month of free and taken time, a year of use, and the week of a season, as they are drawn."""

import datetime as dt
import re
from collections.abc import Sequence

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext

from samtun.operation.lending.adapters.plan import Week
from samtun.operation.lending.models import Lendable, Season
from samtun.operation.lending.queries import Day
from samtun.operation.lending.queries.season import ClubLine

MONTH = re.compile(r"(\d{4})-(\d{2})")


def month_of(text: str, today: dt.date) -> dt.date:
    """Return the first day of a month written as 2026-12; this month's for what cannot be read or is long past."""
    found = MONTH.fullmatch(text)
    try:
        first = dt.date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)
    except ValueError:
        first = today.replace(day=1)
    soonest, latest = today.replace(day=1), today.replace(day=1) + dt.timedelta(days=430)
    return first if soonest <= first <= latest else soonest


def next_month(first: dt.date) -> dt.date:
    """Return the first day of the month after."""
    return (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def month_before(first: dt.date) -> dt.date:
    """Return the first day of the month before."""
    return (first - dt.timedelta(days=1)).replace(day=1)


def stretch(month: dt.date, today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first day to show and the one after the last: a month, late in this one the next along with it."""
    first, end = max(month, today), next_month(month)
    return (first, next_month(end)) if (end - first).days < 15 else (first, end)


def weeks_of(days: list[Day]) -> list[tuple[int, list[Day]]]:
    """Return days by week, each with its number."""
    weeks: list[tuple[int, list[Day]]] = []
    for day in days:
        number = day.on.isocalendar().week
        if not weeks or weeks[-1][0] != number:
            weeks.append((number, []))
        weeks[-1][1].append(day)
    return weeks


def access_of(found: Lendable) -> list[str]:
    """Return what is good to know of getting in, in words."""
    words = {
        "step_free": gettext("No steps, room for a wheelchair"), "hearing_loop": gettext("Hearing loop"),
        "toilet": gettext("A toilet with room for a wheelchair"),
    }  # fmt: skip
    return [text for name, text in words.items() if getattr(found, name)]


def days_of_season(found: Season) -> str:
    """Return the days of the week that are shared out, in words."""
    return ", ".join(str(WEEKDAYS[number]) for number in found.weekdays)


def week_of(found: Season, lines: Sequence[ClubLine]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the days of the week with who is there when, by time."""
    rows = [(row, line.club.for_owner.name) for line in lines for row in line.given]
    rows.sort(key=lambda pair: (pair[0].weekday, pair[0].starts))
    return [
        (capfirst(str(WEEKDAYS[number])), [
            (f"{time_format(row.starts, 'H.i')}–{time_format(row.ends, 'H.i')}", name)
            for row, name in rows if row.weekday == number
        ])
        for number in found.weekdays
    ]  # fmt: skip


def week_paper(found: Season, lines: Sequence[ClubLine], *, on: dt.date, language: str) -> Week:
    """Return all words of the sheet for the door."""
    first = "j. F" if found.starts.year == found.ends.year else "j. F Y"
    said = {"first": date_format(found.starts, first), "last": date_format(found.ends, "j. F Y")}
    foot = [gettext("Not on public holidays and Christmas Eve.")] if found.leaves_out else []
    foot.append(gettext("One single time may be another's: the calendar on the web page is right."))
    return Week(
        language=language, sender=found.lendable.owner.name,
        title=f"{found.lendable.name}, {found.name}", lead=gettext("%(first)s to %(last)s") % said,
        days=week_of(found, lines), empty=gettext("Nobody has fixed times."), foot=foot,
        printed=gettext("Printed %(day)s") % {"day": date_format(on, "j. F Y")},
    )  # fmt: skip
