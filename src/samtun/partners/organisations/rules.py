"""Who may do what with an organisation, and which days are holidays."""

import datetime as dt
import functools
import re
import uuid

import holidays

from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.partners.organisations.models import Organisation

OFFICES = frozenset({Role.LEADER, Role.ORGANISATION_REPRESENTATIVE})
"""Roles that answer for an organisation's own roles."""


@functools.cache
def public_holidays(year: int) -> frozenset[dt.date]:
    """Return the Norwegian public holidays of a year, Sundays not counted."""
    return frozenset(holidays.country_holidays("NO", years=year))


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
