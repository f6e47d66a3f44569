"""The programme in the words of paper: which days, each time as it is printed, the text for a magazine."""

import datetime as dt
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtun.foundation.forms import DateField
from samtun.kernel.clock import wall
from samtun.kernel.phones import spoken
from samtun.operation.activities import queries
from samtun.operation.activities.adapters.paper import Day, Item
from samtun.operation.activities.enums import Bus
from samtun.operation.activities.models import Activity, BusWay, Occurrence
from samtun.operation.activities.queries import Line, Printed, Wanted
from samtun.operation.activities.web import tables
from samtun.partners.catalogue.enums import Known, Transport
from samtun.people.timetables.rules import Change

MOST = 400
WIDTH = 64
"""What a line of the text holds: no mail program breaks it once more."""
FIRST_YEAR, LAST_YEAR = 2020, 2100


def chosen(asked: QueryDict, today: dt.date) -> tuple[Wanted, str]:
    """Return what is to stand on paper, and what is wrong with the days somebody typed; then they count for nothing."""
    wanted, typed = tables.wanted_of(asked, today), [asked.get(name, "").strip() for name in ("fra", "til")]
    if not any(typed):
        return wanted, ""
    days = [_day(words) if words else None for words in typed]
    if any(words and day is None for words, day in zip(typed, days, strict=True)):
        return wanted, _("Write the date as day, month and year, for example 27.11.2026.")
    since = days[0] or min(today, days[1] or today)
    until = days[1] or since + tables.WEEK
    if until < since:
        return wanted, _("The last day is before the first. Change one of them.")
    return replace(wanted, since=since, until=until), ""


def _day(words: str) -> dt.date | None:
    try:
        day = DateField().clean(words)
    except ValidationError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def typed_days(asked: QueryDict) -> list[tuple[str, str, str]]:
    """Return the fields of the chosen days: name, words and what was typed."""
    return [("fra", _("From"), asked.get("fra", "")[:10]), ("til", _("To"), asked.get("til", "")[:10])]


def period(wanted: Wanted) -> str:
    """Return the chosen days in words. Paper is read another day, so never "today"."""
    if wanted.since == wanted.until:
        return tables.in_words(wanted.since, year=True)
    ends = {
        "since": tables.in_words(wanted.since, year=wanted.since.year != wanted.until.year),
        "until": tables.in_words(wanted.until, year=True, inside=True),
    }
    return _("%(since)s to %(until)s") % ends


def days(rows: Iterable[Printed]) -> list[Day]:
    """Return the days with what is on, as they are printed."""
    rows = list(rows)
    ways = queries.bus_words([row.line.id for row in rows if row.line.bus])
    by_line = {row.line.id: row for row in rows}
    return [
        Day(tables.in_words(day), [_item(by_line[line.id], ways.get(line.id, [])) for line in lines])
        for day, lines in queries.by_day(row.line for row in by_line.values())
    ]


def _item(row: Printed, ways: Sequence[BusWay]) -> Item:
    line = row.line
    return Item(
        time=hours(line.at, line.to), title=line.title, where=_where(line), marks=_marks(row), lines=_lines(row, ways),
        ring=_("Ring %(phone)s") % {"phone": spoken(row.meets_phone)}, off=_off(line.is_off, line.note),
    )  # fmt: skip


def hours(at: dt.time, to: dt.time) -> str:
    """Return from when to when."""
    return f"{at:%H.%M}–{to:%H.%M}"


def _off(is_off: bool, why: str) -> str:
    if not is_off:
        return ""
    return f"{_('Called off')}: {why}" if why else _("Called off")


def _place(name: str, village: str) -> str:
    return ", ".join(part for part in (name, "" if village in name else village) if part)


def _where(line: Line) -> str:
    return " · ".join(part for part in (_place(line.place_name, line.village_name), line.host_name) if part)


def _marks(row: Printed) -> list[str]:
    """Return in a few words what one must know at once: the way there, what it costs, and if one must sign up."""
    line = row.line
    way = _("With a ride") if line.has_ride else ""
    if line.transport == Transport.PUBLIC:
        way = str(Bus(line.bus).label if line.bus else Transport.PUBLIC.label)
    cost = _("Free of charge") if line.is_free else row.price
    return [part for part in (way, cost, _("Sign up first") if row.must_sign_up else "") if part]


def _way(transport: str, words: str, bus: str = "") -> str:
    """Return how one gets there; where the timetable says that there is no bus, it has the word."""
    said = str(Transport(transport).label if bus in {"", Bus.BOTH} else Bus(bus).label)
    return ". ".join(part.rstrip(".") for part in (said, words) if part)


def by_bus(ways: Iterable[BusWay]) -> str:
    """Return which bus there and home, in one line; the hours of each village."""
    return "; ".join(
        _("%(village)s: %(there)s, %(home)s")
        % {
            "village": way.village.name,
            "there": _with_change(_("bus there %(hour)s") % {"hour": _hour(way.there_at)}, way.there_change)
            if way.there_at else _("no bus there"),
            "home": _with_change(_("bus home %(hour)s") % {"hour": _hour(way.home_at)}, way.home_change)
            if way.home_at else _("no bus home"),
        }
        for way in ways
    )  # fmt: skip


def _with_change(words: str, change: Change | None) -> str:
    """Return the words with where and when one changes."""
    if change is None:
        return words
    known = {
        "off": change.off_stop, "stop": change.stop, "what": change.what, "hour": _hour(change.at), "n": change.walk,
    }  # fmt: skip
    if change.is_elsewhere:
        said = ngettext(
            "(get off at %(off)s, walk %(n)s minute to %(stop)s, %(what)s at %(hour)s)",
            "(get off at %(off)s, walk %(n)s minutes to %(stop)s, %(what)s at %(hour)s)",
            change.walk,
        )
    else:
        said = _("(change at %(stop)s at %(hour)s to %(what)s)")
    return f"{words} {said % known}"


def _hour(at: dt.datetime) -> str:
    return tables.hour(wall(at).time())


def _cost(is_free: bool, words: str) -> str:
    return ". ".join(part for part in (_("Free of charge") if is_free else "", words) if part)


def _lines(row: Printed, ways: Sequence[BusWay]) -> list[str]:
    """Return whole sentences for those who have only the paper: who meets one, how one gets there, what it costs."""
    line = row.line
    found = [
        line.note, row.address or "", _("%(name)s meets you at the door.") % {"name": row.meets_name},
        _way(line.transport, row.transport_words, line.bus), by_bus(ways), _cost(line.is_free, row.price),
        str(sign_up_words(row.sign_up)),
    ]  # fmt: skip
    return [part if part.endswith((".", "!", "?")) else f"{part}." for part in found if part]


def sign_up_words(value: str) -> str:
    """Return how one comes, in words."""
    return str(Activity(sign_up=value).get_sign_up_display())


def facts(it: Activity, row: Occurrence | None) -> list[tuple[str, str]]:
    """Return what one activity's poster says below: what and its answer, as the page does."""
    place, village = (row.place_name, row.village_name) if row else ("", "")
    if row is None:
        place = it.place.name if it.place else it.where
        village = it.village.name if it.village else ""
    told = [
        (_("Where"), _place(place, village)),
        (_("Who meets you"), _("%(name)s meets you at the door. Say that it is your first time.")
         % {"name": it.meets_name}),
        (_("There and home"), _way(it.transport, it.transport_words, row.bus if row else "")),
        (_("By bus"), by_bus(queries.bus_words([row.id]).get(row.id, ())) if row and row.bus else ""),
        (_("Price"), _cost(it.is_free, it.price)), (_("How to come"), str(it.get_sign_up_display())),
        (_("Gear that can be borrowed"), it.gear),
        (_("Without steps"), str(it.get_step_free_display()) if it.step_free != Known.UNKNOWN else ""),
        (_("Hearing loop"), str(it.get_hearing_loop_display()) if it.hearing_loop == Known.YES else ""),
        (_("Companion"), _("Whoever comes along to help comes free of charge.") if it.companion == Known.YES else ""),
    ]  # fmt: skip
    return [(what, answer) for what, answer in told if answer]


def coming(lines: Iterable[Line]) -> list[str]:
    """Return the coming times as they stand on a poster; what is called off says so."""
    return [
        ", ".join(part for part in (tables.in_words(one.on), hours(one.at, one.to), _off(one.is_off, "")) if part)
        for one in lines
    ]


def magazine(title: str, when: str, rows: list[Printed], ends: list[str]) -> str:
    """Return the programme as plain text, as the parish magazine and the paper want it."""
    parts = [f"{title}\n{when}"]
    by_line = {row.line.id: row for row in rows}
    for day, lines in queries.by_day(row.line for row in rows):
        parts += [tables.in_words(day).upper(), *(_told(by_line[line.id]) for line in lines)]
    if not rows:
        parts.append(_("Nothing is written down for this"))
    return "\n\n".join([*parts, "\n".join(ends)]) + "\n"


def _told(row: Printed) -> str:
    line = row.line
    known = [
        _("At %(hours)s: %(title)s") % {"hours": hours(line.at, line.to), "title": line.title},
        _place(line.place_name, line.village_name), _off(line.is_off, line.note) or ". ".join(_marks(row)),
        _("Ring %(phone)s") % {"phone": spoken(row.meets_phone).replace(" ", "\N{NO-BREAK SPACE}")},
    ]  # fmt: skip
    said = " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in known if part)
    return textwrap.fill(said, WIDTH, break_long_words=False, break_on_hyphens=False).replace("\N{NO-BREAK SPACE}", " ")
