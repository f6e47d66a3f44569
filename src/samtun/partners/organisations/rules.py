"""Who may do what with an organisation, and which days are holidays."""

import datetime as dt
import functools
import re
import uuid
from collections.abc import Sequence

import holidays
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.partners.organisations.models import Leave, Membership, Organisation

OFFICES = frozenset({Role.LEADER, Role.ORGANISATION_REPRESENTATIVE})
"""Roles that answer for an organisation's own roles."""


DAYS: dict[str, Promise] = {
    "New Year's Day": _("New Year's Day"), "Maundy Thursday": _("Maundy Thursday"), "Good Friday": _("Good Friday"),
    "Easter Sunday": _("Easter Sunday"), "Easter Monday": _("Easter Monday"), "Labor Day": _("the First of May"),
    "Constitution Day": _("the Seventeenth of May"), "Ascension Day": _("Ascension Day"),
    "Pentecost": _("Whit Sunday"), "Pentecost Monday": _("Whit Monday"), "Christmas Day": _("Christmas Day"),
    "Second Day of Christmas": _("Boxing Day"),
}  # fmt: skip
"""What public holidays are called, by their names in the package `holidays`."""


@functools.cache
def public_holidays(year: int) -> frozenset[dt.date]:
    """Return the Norwegian public holidays of a year, Sundays not counted."""
    return frozenset(holidays.country_holidays("NO", years=year))


def day_word(day: dt.date) -> str:
    """Return what a public holiday or Christmas Eve is called, in the language that is active; else nothing."""
    if (day.month, day.day) == (12, 24):
        return gettext("Christmas Eve")
    names = holidays.country_holidays("NO", years=day.year, language="en_US").get(day, "").split("; ")
    return ", ".join(str(DAYS[name]) for name in names if name in DAYS)


def manages(viewer: Viewer, organisation: Organisation) -> bool:
    """Tell whether the viewer answers for the organisation: one of its own, with the permission."""
    if viewer.is_system:
        return True
    return viewer.may(Permission.MANAGE_ORGANISATION) and organisation.owner_id in viewer.owners


def may_appoint(viewer: Viewer, organisation: Organisation, role: str, *, is_headless: bool) -> bool:
    """Tell whether the viewer may give a role in the organisation.

    Those who answer for it may. The municipal administrator may too, in the municipality's own bodies, and for an
    association only to give it somebody who answers for it when nobody does: the wall holds for the administrator.
    """
    if manages(viewer, organisation):
        return True
    if viewer.role is not Role.MUNICIPAL_ADMINISTRATOR:
        return False
    kinds = Organisation.Kind
    if organisation.kind in (kinds.MUNICIPALITY, kinds.UNIT):
        return True
    return is_headless and role in OFFICES


def exports(viewer: Viewer, owner: uuid.UUID) -> bool:
    """Tell whether the viewer may take an organisation's own out."""
    return viewer.may(Permission.EXPORT_ORGANISATION) and owner in viewer.owners


def read_hours(text: str) -> list[tuple[dt.time, dt.time]]:
    """Read the hours of one day as people write them, `9-15, 17.30-19`; ValueError when it cannot be."""
    found = []
    for part in re.split(r"\s*(?:,|;|\bog\b|\band\b)\s*", text.strip()):
        match = re.fullmatch(r"(\d{1,2})(?:[.:](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[.:](\d{2}))?", part)
        if match is None:
            raise ValueError(part)
        first, first_minutes, last, last_minutes = (int(g or 0) for g in match.groups())
        found.append((dt.time(first, first_minutes), dt.time(last, last_minutes)))
        if found[-1][0] >= found[-1][1]:
            raise ValueError(part)
    return found


def say_hours(opens: dt.time, closes: dt.time) -> str:
    """Write hours so that they can be read again: `9–15`, `17.30–19`."""

    def clock(time: dt.time) -> str:
        return f"{time.hour}.{time.minute:02d}" if time.minute else str(time.hour)

    return f"{clock(opens)}–{clock(closes)}"


def is_number(text: str) -> bool:
    """Tell whether nine digits are an organisation number: the last is a modulus-11 check of the first eight."""
    if not re.fullmatch(r"\d{9}", text):
        return False
    total = sum(int(d) * w for d, w in zip(text, (3, 2, 7, 6, 5, 4, 3, 2), strict=False))
    check = (11 - total % 11) % 11
    return check < 10 and check == int(text[8])


def post_is_empty(members: Sequence[Membership], leaves: Sequence[Leave], day: dt.date) -> bool:
    """Tell whether those who answer for what comes in are all away on a day, with nobody to step in (R114).

    A deputy counts as there only while stepping in. With nobody away, the opening hours alone tell.
    """
    standing = {m.id: m for m in members if m.starts <= day and (m.ends is None or m.ends > day)}
    away = {row.membership_id: row.cover_id for row in leaves if row.starts <= day <= row.ends}
    away = {key: cover for key, cover in away.items() if key in standing}
    there = [m for m in standing.values() if m.id not in away and (not m.is_deputy or m.id in away.values())]
    return bool(away) and not there
