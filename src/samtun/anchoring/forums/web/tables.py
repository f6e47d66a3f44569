"""What the pages of forums show, ready to print."""

import datetime as dt
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtun.anchoring.forums.enums import ItemState, MeetingState, Part
from samtun.anchoring.forums.models import Item, Meeting, Seat
from samtun.anchoring.forums.queries import affected_by, concerned_by

MEETINGS: dict[str, tuple[str | Promise, str]] = {
    MeetingState.PLANNED: (gettext_lazy("Planned"), "neutral"),
    MeetingState.CALLED: (gettext_lazy("Called"), "info"),
    MeetingState.HELD: (gettext_lazy("Begun"), "success"),
    MeetingState.CANCELLED: (gettext_lazy("Cancelled"), "neutral"),
}
ITEMS: dict[str, tuple[str | Promise, str]] = {
    ItemState.PROPOSED: (gettext_lazy("Waits for a meeting"), "warning"),
    ItemState.ON_AGENDA: (gettext_lazy("On the agenda"), "info"),
    ItemState.DECIDED: (gettext_lazy("Decided"), "success"),
    ItemState.TURNED_DOWN: (gettext_lazy("Turned down"), "neutral"),
    ItemState.WITHDRAWN: (gettext_lazy("Withdrawn"), "neutral"),
}
PARTS: dict[str, str | Promise] = {
    Part.LEADS: gettext_lazy("Leads the meetings"),
    Part.WRITES: gettext_lazy("Writes the minutes"),
    Part.MEMBER: gettext_lazy("Member"),
}


def meeting_row(meeting: Meeting) -> dict[str, Any]:
    """Return a line about a meeting."""
    words, color = MEETINGS[meeting.state]
    return {"meeting": meeting, "state": str(words), "color": color}


def item_row(item: Item) -> dict[str, Any]:
    """Return a line about an item."""
    words, color = ITEMS[item.state]
    return {"item": item, "state": str(words), "color": color}


def seat_row(seat: Seat) -> dict[str, Any]:
    """Return a line about a seat."""
    return {"seat": seat, "part": str(PARTS[seat.part])}


def affected_words(seats: list[Seat], item: Item, *, on: dt.date) -> list[str]:
    """Return in plain words who is affected by an item, and has not stood down (R15)."""
    about, down = concerned_by(item), {one.seat_id for one in item.stand_downs.all()}
    found = [seat for seat in affected_by(item, seats, about=about, on=on) if seat.id not in down]
    return [_affected(seat, speaks_for_it=seat.on_behalf_id in about) for seat in found]


def _affected(seat: Seat, *, speaks_for_it: bool) -> str:
    if speaks_for_it:
        words = {"name": seat.person.full_name, "owner": seat.on_behalf.name}
        return _("%(name)s speaks for %(owner)s, which this is about.") % words
    name = {"name": seat.person.full_name}
    return _("%(name)s speaks for another here, and also for one that this is about.") % name


def steps_of(item: Item, *, now: dt.datetime) -> list[tuple[str, str]]:
    """Return how long each step took, in days; the one it stands in, how long so far."""
    on_agenda = item.on_agenda_at or item.settled_at or now
    rows = [(_("Waited for an agenda"), on_agenda - item.proposed_at)]
    if item.on_agenda_at and item.settled_at:
        rows.append((_("On the agenda until it was settled"), item.settled_at - item.on_agenda_at))
    elif item.on_agenda_at:
        rows.append((_("On the agenda so far"), now - item.on_agenda_at))
    decision = next(iter(item.decisions.all()), None)
    if decision:
        rows.append((_("From decided until done"), (decision.done_at or now) - decision.made_at))
    return [(words, _("%(n)d days") % {"n": took.days}) for words, took in rows]
