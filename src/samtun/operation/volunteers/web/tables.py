"""Words for volunteers on the screen."""

import datetime as dt
from typing import Any

from django.utils.dates import WEEKDAYS as DAY_NAMES
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.queries import in_language, names_of
from samtun.operation.volunteers.models import Contribution, Volunteer

WEEKDAYS = DAY_NAMES
PARTS: dict[str, tuple[str | Promise, dt.time, dt.time]] = {
    "morning": (_("morning"), dt.time(8), dt.time(12)),
    "afternoon": (_("afternoon"), dt.time(12), dt.time(17)),
    "evening": (_("evening"), dt.time(17), dt.time(21)),
}
LEAST_OVERLAP = 60


def _minutes(clock: dt.time) -> int:
    return clock.hour * 60 + clock.minute


def cell_of(starts: dt.time, ends: dt.time) -> list[str]:
    """Return the parts of the day that a weekly time fills for at least an hour."""
    found = []
    for part, (_words, first, last) in PARTS.items():
        shared = min(_minutes(ends), _minutes(last)) - max(_minutes(starts), _minutes(first))
        if shared >= LEAST_OVERLAP:
            found.append(part)
    return found


def state_of(volunteer: Volunteer, *, on: dt.date, is_away: bool, is_quiet: bool) -> tuple[str, str, str]:
    """Return words, colour and icon for where a volunteer is today. Never why."""
    if volunteer.state == Volunteer.State.LEFT:
        return gettext("Has stopped"), "neutral", "cross"
    if volunteer.person.do_not_contact:
        return gettext("Does not want contact"), "danger", "eye-off"
    if volunteer.state == Volunteer.State.WAITING:
        return gettext("Waits for a talk"), "warning", "clock"
    if volunteer.state == Volunteer.State.PAUSED and (volunteer.paused_until or dt.date.max) >= on:
        until = volunteer.paused_until
        words = gettext("Pause to %(day)s") % {"day": date_format(until, "j. F")} if until else gettext("Pause")
        return words, "neutral", "clock"
    if is_away:
        return gettext("Away today"), "neutral", "calendar"
    if is_quiet:
        return gettext("In peace this week"), "neutral", "clock"
    return gettext("Can be asked"), "success", "check"


def row_of(volunteer: Any, *, on: dt.date) -> dict[str, Any]:
    """Return one line of the list; `volunteer` is annotated by `queries.list_of`."""
    words, color, icon = state_of(volunteer, on=on, is_away=volunteer.is_away, is_quiet=volunteer.is_quiet)
    person = volunteer.person
    village = person.village.name if person.village and not person.address_protected else ""
    kinds = ", ".join(sorted(in_language(w.task_type.name) for w in volunteer.kinds_wanted))
    return {
        "id": volunteer.id, "name": person.full_name, "village": village, "kinds": kinds, "state": words,
        "color": color, "icon": icon, "host": volunteer.host.name,
    }  # fmt: skip


def done_rows(rows: list[Contribution]) -> list[dict[str, Any]]:
    """Return what somebody has done: day and kind, newest first."""
    names = names_of(r.kind for r in rows)
    return [{"on": r.on, "what": names.get(r.kind, r.kind)} for r in rows]
