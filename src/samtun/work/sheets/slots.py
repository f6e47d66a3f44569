"""What the desk and the messages give to tomorrow's sheet: rooms below, which know no sheets."""

import datetime as dt
import uuid

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtun.foundation import acts
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import at_wall
from samtun.notifications.messages.queries import calls_to_make
from samtun.notifications.messages.queries.waiting import Row as Waiting
from samtun.people.persons.models import Person
from samtun.work.sheets.queries import Group, Part, Piece, Row, register_part
from samtun.work.todos.queries import due_by

MOST = 25


def _due(viewer: Viewer, day: dt.date) -> Piece:
    """What is due by the evening, without the calls, which stand for themselves."""
    lines = due_by(viewer, at_wall(day, dt.time(23, 59)), but=("message", "call"), most=MOST + 1)
    rows = [Row(what=line.sentence, more=(line.about,) if line.about else ()) for line in lines[:MOST]]
    if len(lines) > MOST:
        rows.append(Row(what=_("and more in Samtun")))
    return Piece(Part(_("What needs a hand"), [Group(rows)] if rows else [], empty=_("Nothing is due.")))


def _calls(viewer: Viewer, day: dt.date) -> Piece:
    """Whom to ring, with the number."""
    calls = calls_to_make(viewer, at=at_wall(day, dt.time(23, 59)))
    guarded = {
        p.id: p.initials for p in Person.objects.filter(id__in=[c.person for c in calls], address_protected=True)
    }
    rows = [Row(what=_named(call, guarded), more=(str(call.title),)) for call in calls]
    part = Part(_("To be rung"), [Group(rows)] if rows else [], empty=_("Nobody has to be rung."))
    return Piece(part, frozenset(call.person for call in calls if call.person))


def _named(call: Waiting, guarded: dict[uuid.UUID, str]) -> str:
    """Name and number; of a protected person initials only."""
    if call.person in guarded:
        return _("%(initials)s (look in Samtun)") % {"initials": guarded[call.person]}
    return f"{call.name}, {call.number}"


register_part(_due, order=40, of_day=False)
register_part(_calls, order=20, of_day=False)

acts.register(
    {
        "sheets.make": gettext_lazy("The sheet for a day was made"),
        "sheets.withdraw": gettext_lazy("The sheet for a day was thrown away"),
    }
)
