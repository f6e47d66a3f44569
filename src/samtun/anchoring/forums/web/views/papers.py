"""The agenda and the minutes on paper."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samtun.anchoring.forums import queries
from samtun.anchoring.forums.adapters.paper import Line, Paper, paper_pdf
from samtun.anchoring.forums.enums import MeetingState
from samtun.anchoring.forums.models import Item, Meeting
from samtun.anchoring.forums.web import tables


def paper_of(meeting: Meeting, *, on: dt.date) -> bytes:
    """Return the agenda as PDF; of a meeting that is held, the minutes."""
    is_held = meeting.state == MeetingState.HELD
    seats = queries.seats_of(meeting.forum, on=meeting.on)
    lines = [_line(item, number, is_held=is_held) for number, item in enumerate(queries.agenda_of(meeting), 1)]
    for off in queries.put_off_in(meeting) if is_held else []:
        said = [part for part in (off.minutes, _("Put off to the next meeting. %(why)s") % {"why": off.words}) if part]
        lines.append(Line(title=off.item.title, source=_source(off.item), said=said))
    approved = ""
    if meeting.approved_at:
        approved = _("Approved by %(name)s") % {"name": meeting.approved_by}
    elif is_held:
        approved = _("Not approved yet")
    return paper_pdf(
        Paper(
            language=(get_language() or "nb")[:2], title=_("Minutes") if is_held else _("Agenda"),
            forum=meeting.forum.name, place=meeting.place, approved=approved, lines=lines,
            when=f"{date_format(meeting.on, 'l j. F Y')} {meeting.at:%H.%M}",
            seats=[f"{s.person.full_name}, {s.on_behalf.name} ({tables.PARTS[s.part]})" for s in seats],
            seats_title=_("Those who sit here"),
            printed=_("Printed %(day)s") % {"day": date_format(on, "j. F Y")},
        )
    )  # fmt: skip


def _source(item: Item) -> str:
    return _("From %(owner)s") % {"owner": item.from_owner.name}


def _line(item: Item, number: int, *, is_held: bool) -> Line:
    said = [] if is_held or not item.words else [item.words]
    if is_held:
        said += [_("%(who)s was asked: %(said)s") % {"who": h.who, "said": h.said} for h in item.hearings.all()]
        if item.unheard_because:
            said.append(_("Nobody was asked beforehand: %(why)s") % {"why": item.unheard_because})
        names = [one.seat.person.full_name for one in item.stand_downs.all()]
        said += [_("%(name)s stood down while this was dealt with.") % {"name": name} for name in names]
        said += [item.minutes] if item.minutes else []
        said += [item.settled_words] if item.settled_words else []
    decision = next(iter(item.decisions.all()), None)
    decided, answers = "", ""
    if decision:
        decided = _("Decided: %(words)s") % {"words": decision.words}
        who = f"{decision.seat.person.full_name}, {decision.owner.name}" if decision.seat else decision.owner.name
        answers = _("%(who)s answers for it, by %(day)s.") % {"who": who, "day": date_format(decision.due, "j. F Y")}
    return Line(title=f"{number}. {item.title}", source=_source(item), said=said, decided=decided, answers=answers)
