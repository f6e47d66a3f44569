"""The programme drawn: what somebody looks for as it stands in an address, days in words, and long lists written fast.

A month has hundreds of lines and is asked for by everyone, so its lines are put together here and not by a template.
"""

import calendar
import datetime as dt
import math
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.dates import MONTHS_3, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samtun.foundation.markup import joined
from samtun.kernel.clock import is_writable
from samtun.operation.activities.enums import Bus, TimeOfWeek
from samtun.operation.activities.queries import Feast, Line, Listed, Short, Wanted
from samtun.partners.catalogue.enums import Category, Group
from samtun.people.places.queries import metres_to

NEAR_METRES = 15_000
WEEK = dt.timedelta(days=6)
DAY = dt.timedelta(days=1)
MONTH = 28 * DAY
MIDDLE, RIM, NAMES = 160.0, 118.0, 142.0
INWARD = 13.0
"""How far towards the middle the next dot of the same week is set."""


def period_of(which: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """Return first and last day of what somebody chose; seven days from today when nothing was."""
    if which == "today":
        return today, today
    if which == "month":
        return today, today + MONTH
    if which == "weekend":
        saturday = today + max(5 - today.weekday(), 0) * DAY
        return saturday, today + (6 - today.weekday()) * DAY
    return today, today + WEEK


def wanted_of(asked: QueryDict, today: dt.date) -> Wanted:
    """Return what an address asks for. What is no choice of ours is passed over: an old link still shows a list."""
    since, until = period_of(asked.get("naar", ""), today)
    village = key_of(asked.get("stad", ""))
    villages: tuple[uuid.UUID, ...] = () if village is None else (village,)
    if village and asked.get("naer"):
        villages = (village, *(key for key, metres in metres_to(village).items() if metres <= NEAR_METRES))
    return Wanted(
        since=since, until=until, villages=villages, category=_one(asked.get("kva", ""), Category.values),
        group=_one(asked.get("kven", ""), Group.values),
        times=tuple(t for t in asked.getlist("tid") if t in TimeOfWeek.values), host=key_of(asked.get("lag", "")),
        place=key_of(asked.get("hus", "")),
        with_ride=bool(asked.get("skyss")), is_free=bool(asked.get("gratis")), step_free=bool(asked.get("trinnfri")),
        words=asked.get("ord", "")[:80],
    )  # fmt: skip


def _one(value: str, among: Sequence[str]) -> str:
    return value if value in among else ""


PERIODS = ("", "today", "weekend", "month")


def passed_over(asked: QueryDict, villages: Iterable[Any], places: Iterable[str]) -> bool:
    """Tell whether something in an address was no choice of ours, so that the page can say so."""
    known = {
        "naar": PERIODS, "kva": ("", *Category.values), "kven": ("", *Group.values), "tid": ("", *TimeOfWeek.values),
        "stad": ("", *(str(village.id) for village in villages)), "hus": ("", *places),
    }  # fmt: skip
    return any(value.lower() not in known[name] for name in known for value in asked.getlist(name))


def views(asked: QueryDict, here: str, *, month: dt.date) -> list[tuple[str, str, bool]]:
    """Return the ways to see the same: words, address, and whether one is there."""
    query = address_with(asked)
    query = "" if query == "?" else query
    return [
        (words, reverse(name, args=args) + query, name == here)
        for name, args, words in (
            ("programme", (), _("List")), ("programme_month", (month.year, month.month), _("Month")),
            ("programme_map", (), _("Map")),
        )
    ]  # fmt: skip


def key_of(text: str) -> uuid.UUID | None:
    """Return the key that stands in an address; None for what is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def day_of(text: str, today: dt.date) -> dt.date:
    """Return the day that stands in an address; today for what is none, or far outside our time."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return today
    return day if is_writable(day) else today


def address_with(asked: QueryDict, **other: str) -> str:
    """Return the query of an address with something else chosen; empty takes a choice away."""
    pairs = [(name, value) for name, values in asked.lists() for value in values if name not in other and value]
    return "?" + urlencode([*pairs, *((name, value) for name, value in other.items() if value)])


def in_words(day: dt.date, *, year: bool = False, inside: bool = False) -> str:
    """Return weekday and date; `inside` a sentence, where Norwegian weekdays begin small."""
    said = date_format(day, "l j. F Y" if year else "l j. F")
    small = inside and get_language() != "en"
    return (said[:1].lower() if small else said[:1].upper()) + said[1:]


def heading_of(day: dt.date, today: dt.date) -> str:
    """Return a day in words: today, tomorrow, or weekday and date."""
    year = day.year != today.year
    if day == today:
        return _("Today, %(day)s") % {"day": in_words(day, inside=True)}
    if day == today + DAY:
        return _("Tomorrow, %(day)s") % {"day": in_words(day, year=year, inside=True)}
    return in_words(day, year=year)


def rows(lines: Iterable[Line | Listed], easy: Mapping[uuid.UUID, str] | None = None) -> SafeString:
    """Draw lines as a list of links: when, what, where, and what one must know at once.

    With `easy`, what one does there in easy words stands before the place, and the links go on in easy words.
    """
    base, said, end = reverse("programme"), easy or {}, "" if easy is None else "?lett=1"
    marks = {
        "off": format_html('<span class="ds-tag" data-color="danger">{}</span>', _("Called off")),
        "ride": format_html('<span class="ds-tag" data-color="success">{}</span>', _("With a ride")),
        "free": format_html('<span class="ds-tag" data-color="neutral">{}</span>', _("Free of charge")),
    }
    marks |= {
        key: format_html('<span class="ds-tag" data-color="warning">{}</span>', Bus(key).label)
        for key in (Bus.NO_HOME, Bus.NO_THERE, Bus.NONE)
    }
    return joined(
        '<li><a class="row" href="%s%s/%s"><span class="row-title">%s</span><span class="row-when">%s–%s</span>'
        '<span class="row-more">%s</span><span class="row-tags">%s%s%s%s</span></a></li>',
        (
            (
                base, str(line.id), end, _struck(line), hour(line.at), hour(line.to),
                " ".join(part for part in (said.get(line.id, ""), _where(line)) if part),
                marks["off"] if line.is_off else "", marks["ride"] if line.has_ride and not line.is_off else "",
                marks.get(line.bus, "") if not line.is_off else "",
                marks["free"] if line.is_free and not line.is_off else "",
            )
            for line in lines
        ),
    )  # fmt: skip


def hour(at: dt.time) -> str:
    """Return a time of day as it is written here: 18.30."""
    return at.isoformat("minutes").replace(":", ".")


def _struck(line: Line | Listed) -> str:
    return format_html("<s>{}</s>", line.title) if line.is_off else line.title


def _where(line: Line | Listed) -> str:
    place = line.place_name if line.village_name in line.place_name else f"{line.place_name}, {line.village_name}"
    return " · ".join(part for part in (place.strip(", "), line.host_name) if part)


def weekdays() -> list[str]:
    """Return what stands above a month, Monday first."""
    return [str(WEEKDAYS_ABBR[number]).capitalize() for number in range(7)]


def month_cells(lines: Iterable[Short], first: dt.date, today: dt.date) -> SafeString:
    """Draw a month: its days as a list, each with what is on."""
    base, off = reverse("programme"), f" ({_('called off')})"
    days: dict[dt.date, list[tuple[str, ...]]] = {}
    for line in lines:
        what = format_html("<s>{}</s>{}", line.title, off) if line.is_off else line.title
        days.setdefault(line.on, []).append((f"{base}{line.id}/", hour(line.at), what))
    last = calendar.monthrange(first.year, first.month)[1]
    cells = (_cell(day, days.get(day, []), today) for day in (first.replace(day=n) for n in range(1, last + 1)))
    return joined('<li class="%s" data-from="%s"><h2><span class="long">%s </span>%s.</h2>%s</li>', cells)


def _cell(day: dt.date, inside: list[tuple[str, ...]], today: dt.date) -> tuple[str, ...]:
    drawn = joined('<li><a href="%s"><time>%s</time> %s</a></li>', inside)
    return (
        "day" + (" is-today" if day == today else "") + ("" if inside else " none"),
        str(day.weekday() + 1) if day.day == 1 else "", date_format(day, "l"), str(day.day),
        joined("<ul>%s</ul>", [(drawn,)]) if inside else "",
    )  # fmt: skip


def choices(asked: QueryDict, villages: Iterable[Any]) -> dict[str, Any]:
    """Return what the filter shows: each choice, and whether it is chosen."""
    times, by_days = set(asked.getlist("tid")), bool(asked.get("fra") or asked.get("til"))
    return {
        "periods": [
            (key, words, asked.get("naar", "") == key and not by_days, address_with(asked, naar=key, fra="", til=""))
            for key, words in (
                ("", _("The next seven days")), ("today", _("Today")), ("weekend", _("This weekend")),
                ("month", _("The next four weeks")),
            )
        ],
        "times": [(key, words, key in times) for key, words in TimeOfWeek.choices],
        "villages": [(str(v.id), v.name, str(v.id) == asked.get("stad", "")) for v in villages],
        "categories": [(key, words, key == asked.get("kva", "")) for key, words in Category.choices],
        "groups": [(key, words, key == asked.get("kven", "")) for key, words in Group.choices],
        "ticks": [
            ("skyss", _("With a ride"), bool(asked.get("skyss"))),
            ("gratis", _("Free of charge"), bool(asked.get("gratis"))),
            ("trinnfri", _("Without steps"), bool(asked.get("trinnfri"))),
            ("naer", _("Near the place chosen too"), bool(asked.get("naer"))),
            ("lett", _("Easy words"), bool(asked.get("lett"))),
        ],
        "words": asked.get("ord", "")[:80],
        "period": asked.get("naar", ""), "here": reverse("programme"),
        "is_group": bool(asked.get("kven")),
    }  # fmt: skip


def wheel(feasts: Sequence[Feast], today: dt.date) -> dict[str, Any]:
    """Return a year as a wheel in a square of 320 by 320: January at the top, clockwise; a dot for each feast."""
    months = [
        {"name": str(MONTHS_3[n]), "at": _spot((n - 0.5) / 12, NAMES), "from": _spot((n - 1) / 12, RIM + 8),
         "to": _spot((n - 1) / 12, RIM - 8)}
        for n in range(1, 13)
    ]  # fmt: skip
    week: dict[int, int] = {}
    dots = []
    for one in feasts:
        share = _share(one.on)
        deep = week[int(share * 52)] = week.get(int(share * 52), -1) + 1
        dots.append({"at": _spot(share, RIM - INWARD * min(deep, 6)), "stands": one.stands, "title": one.title})
    return {
        "months": months,
        "dots": dots,
        "hand": _spot(_share(today), RIM - 30),
        "middle": f"{MIDDLE:.1f}",
        "rim": f"{RIM:.1f}",
    }


def _share(day: dt.date) -> float:
    """How far into its year a day is, from 0 to 1."""
    return (day.timetuple().tm_yday - 1) / 366


def _spot(share: float, radius: float) -> tuple[str, str]:
    turn = 2 * math.pi * share
    return f"{MIDDLE + radius * math.sin(turn):.1f}", f"{MIDDLE - radius * math.cos(turn):.1f}"
