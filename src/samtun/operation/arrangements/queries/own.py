"""One's own arrangements, as the one who comes or the one who is visited, ready to be shown."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation.audit import saw
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.operation.arrangements.enums import VisitState
from samtun.operation.arrangements.models import Arrangement, Term, Visit
from samtun.operation.arrangements.queries.visits import AHEAD_STATES, running
from samtun.operation.arrangements.queries.words import long_day, plan_words
from samtun.operation.arrangements.rules import begins
from samtun.operation.help_requests.queries.words import clock_words
from samtun.people.persons.models import Person
from samtun.people.persons.queries import shown_address

VISITS: dict[str, tuple[str | Promise, str]] = {
    VisitState.PLANNED: (_("Stands"), "success"),
    VisitState.DONE: (_("They met"), "neutral"),
    VisitState.CANNOT: (_("The volunteer cannot"), "warning"),
    VisitState.NOT_WANTED: (_("Not this time"), "neutral"),
    VisitState.PAUSED: (_("Pause"), "warning"),
    VisitState.HOLIDAY: (_("Not set yet"), "warning"),
}


@dataclass(frozen=True, slots=True)
class Coming:
    """A volunteer's or a recipient's own arrangement with its next dates, and who the other is."""

    arrangement: Arrangement
    term: Term
    visits: list[Visit]
    name: str
    phone: str
    address: str = ""


def coming_of(viewer: Viewer, *, on: dt.date, most: int = 4) -> list[Coming]:
    """Return what a volunteer has agreed to come to regularly, with name, number and address (R77: own only)."""
    rows = running(on).filter(volunteer__person=viewer.person) if viewer.person else Term.objects.none()
    found = _coming(viewer, list(rows), on, most, to_recipient=False)
    saw(*(c.arrangement.recipient_id for c in found))
    return found


def comes_to(viewer: Viewer, *, on: dt.date, most: int = 4) -> list[Coming]:
    """Return who comes to the viewer regularly. Never in one list with the other side (R68)."""
    rows = running(on).filter(arrangement__recipient=viewer.person) if viewer.person else Term.objects.none()
    found = _coming(viewer, list(rows), on, most, to_recipient=True)
    saw(*(c.term.volunteer.person_id for c in found))
    return found


def _coming(viewer: Viewer, terms: list[Term], on: dt.date, most: int, *, to_recipient: bool) -> list[Coming]:
    if not terms:
        return []
    dates: dict[uuid.UUID, list[Visit]] = defaultdict(list)
    ahead = Visit.objects.filter(term__in=[t.id for t in terms], on__gte=on, state__in=AHEAD_STATES)
    for visit in ahead.order_by("on", "id"):
        dates[visit.term_id].append(visit)
    found = []
    for term in terms:
        arrangement = term.arrangement
        who: Person = term.volunteer.person if to_recipient else arrangement.recipient
        address = "" if to_recipient else arrangement.place or shown_address(viewer, who)
        found.append(Coming(arrangement, term, dates[term.id][:most], who.full_name, who.phone, address))
    return found


def coming_row(coming: Coming, *, now: dt.datetime) -> dict[str, Any]:
    """Return one's own arrangement with its next dates."""
    today = wall(now).date()
    return {
        "id": coming.arrangement.id, "kind": in_language(coming.arrangement.task_type.name),
        "plan": capfirst(plan_words(coming.term)),
        "name": coming.name, "phone": coming.phone, "address": coming.address, "limits": coming.arrangement.limits,
        "whom": coming.arrangement.whom_to_call, "later": coming.term.starts > today,
        "visits": [
            {
                "id": v.id, "day": long_day(v.on), "clock": clock_words(v.at),
                "stands": v.state == VisitState.PLANNED and begins(v.on, v.at) > now,
                "words": "" if v.state == VisitState.PLANNED else VISITS[v.state][0],
            }
            for v in coming.visits
        ],
    }  # fmt: skip
