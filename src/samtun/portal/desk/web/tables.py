"""How the lines of the desk stand on the page."""

import datetime as dt
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samtun.kernel import clock
from samtun.kernel.opening import OpeningHours
from samtun.portal.desk.queries import News
from samtun.work.todos.queries import Line


def rows_of(lines: list[Line], page: str) -> list[dict[str, Any]]:
    """Return the lines with their places: after an act the page opens at the line that has moved up."""
    rows = []
    for place, line in enumerate(lines, 1):
        back = f"{page}#l{place}"
        rows.append({"line": line, "place": place, "when": when(line), "back": back, "url": with_way(line.url, back)})
    return rows


def with_way(url: str, back: str) -> str:
    """Return an address that knows its way back to the desk."""
    address, _mark, part = url.partition("#")
    return f"{address}?next={quote(back)}" + (f"#{part}" if part else "") if address else ""


def when(line: Line) -> str:
    """Return when it is due, as one says it."""
    due = clock.wall(line.due)
    days = (due.date() - clock.today()).days
    if days < 0:
        return _("due %(day)s") % {"day": date_format(due, "j. F")}
    if days == 0:
        return _("today")
    return _("tomorrow") if days == 1 else date_format(due, "l j. F")


def other_days(hours: OpeningHours, today: dt.date) -> list[dict[str, Any]]:
    """Return the days one most often puts something off to: the next opening day, and the first one next week."""
    monday = today + dt.timedelta(days=7 - today.weekday())
    found: list[dict[str, Any]] = []
    for day in (today + dt.timedelta(days=1), monday):
        opens = hours.next_opening(dt.datetime.combine(day, dt.time.min))
        if opens and all(opens.date() != one["day"] for one in found):
            found.append({"day": opens.date(), "words": day_words(opens.date(), today)})
    return found


def day_words(day: dt.date, today: dt.date) -> str:
    """Return a day as one says it."""
    words = date_format(day, "l j. F")
    return _("Tomorrow") if (day - today).days == 1 else words[:1].upper() + words[1:]


def pages_of(which: str, after: int, total: int, most: int) -> dict[str, str]:
    """Return the addresses of the rows before and after these."""
    base = f"{reverse('desk_all')}?vis={which}"
    return {
        "before": f"{base}&fra={max(0, after - most)}" if after else "",
        "next": f"{base}&fra={after + most}" if after + most < total else "",
    }


def since_words(news: News | None, since: dt.datetime, at: dt.datetime, waits: int) -> dict[str, Any] | None:
    """Return the sentence about what has happened while one was away: its day, and counts that open their rows."""
    if news is None:
        return None
    base, stamp = reverse("desk_since"), int(since.timestamp())
    return {
        "day": since_day(since, at), "news": news, "waits": waits, "came": f"{base}?vis=new&t={stamp}",
        "done": f"{base}?vis=done&t={stamp}",
    }  # fmt: skip


def since_day(since: dt.datetime, at: dt.datetime) -> str:
    """Return the day one was last here: the weekday within a week, else the date."""
    near = (clock.wall(at).date() - clock.wall(since).date()).days < 7
    return date_format(clock.wall(since), "l" if near else "j. F")


def read_moment(text: str) -> dt.datetime | None:
    """Read a moment from an address, seconds since 1970; None when it is not one."""
    if not (text.isdecimal() and len(text) <= 10):
        return None
    return dt.datetime.fromtimestamp(int(text), tz=dt.UTC)
