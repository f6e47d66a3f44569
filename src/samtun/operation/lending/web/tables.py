"""A month of free and taken time, and a year of use, as they are drawn."""

import datetime as dt
import re

from django.utils.translation import gettext

from samtun.operation.lending.models import Lendable
from samtun.operation.lending.queries import Day

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
