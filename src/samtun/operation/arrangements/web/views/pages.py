"""The list of standing arrangements, one of them, and its dates on paper."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.audit import saw
from samtun.foundation.slots import fragments
from samtun.foundation.timeline import history
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.refs import Ref
from samtun.operation.arrangements import queries
from samtun.operation.arrangements.adapters.paper import dates_pdf as as_pdf
from samtun.operation.arrangements.enums import LIVE, ArrangementState
from samtun.operation.arrangements.models import Arrangement
from samtun.operation.arrangements.web import tables
from samtun.operation.help_requests.enums import OPEN_STATES
from samtun.people.persons.queries import shown_address

HANDLE = Permission.HANDLE_REQUESTS
WHY = "seeing to those who meet regularly"
FILTERS = {
    "": (_("Running"), LIVE),
    "ended": (_("Ended"), frozenset(ArrangementState.values) - LIVE),
}


@require_safe
@needs(HANDLE, purpose=WHY)
def arrangements(request: PageRequest) -> HttpResponse:
    """List arrangements, with initials only."""
    chosen = request.GET.get("vis", "")
    states = FILTERS.get(chosen, FILTERS[""])[1]
    found = queries.list_of(request.viewer, on=clock.today(), states=states)
    chips = [{"value": k, "label": v[0], "on": k == chosen} for k, v in FILTERS.items()]
    return render(request, "arrangements/list.html", {"rows": [tables.row_of(r) for r in found], "chips": chips})


@require_safe
@needs(HANDLE, purpose=WHY)
def arrangement(request: PageRequest, arrangement_id: uuid.UUID) -> HttpResponse:
    """Show the plan in words, the next dates, what can be done, and what has happened."""
    found = queries.arrangement_for(request.viewer, arrangement_id)
    return render(request, "arrangements/arrangement.html", _page(request, found))


def _page(request: PageRequest, found: Arrangement) -> dict[str, Any]:
    now, on = clock.now(), clock.today()
    pauses = queries.live_pauses(found, on)
    term = queries.last_term(found, on)
    words, color = tables.state_of(found, next((p for p in pauses if p.starts <= on), None))
    return {
        "found": found, "title": in_language(found.task_type.name), "state_words": words, "state_color": color,
        "facts": tables.facts_of(found, term, shown_address(request.viewer, found.recipient)), "term": term,
        "is_live": found.state in LIVE, "is_running": found.state == ArrangementState.RUNNING,
        "seeking": found.wish.state in OPEN_STATES, "reason": tables.REASONS.get(found.end_reason, ""),
        "visits": [tables.visit_row(v, now=now) for v in queries.next_visits(found, on=on)],
        "before": [tables.visit_row(v, now=now) for v in queries.visits_before(found, on=on)],
        "pauses": [tables.pause_row(p) for p in pauses], "earlier": tables.terms_before(found, on),
        "slots": fragments(request.viewer, Ref("arrangement", found.id), on=on, of=found),
        "events": history(request.viewer, Ref("arrangement", found.id), whole=True),
    }  # fmt: skip


@require_safe
@needs(HANDLE, purpose="giving the dates on paper")
def dates_pdf(request: PageRequest, arrangement_id: uuid.UUID) -> HttpResponse:
    """Give the dates on paper, in large type, for the one who is visited or their next of kin."""
    found = queries.arrangement_for(request.viewer, arrangement_id)
    visits = queries.next_visits(found, on=clock.today(), most=8)
    saw(found.recipient_id, how="exported")
    language = found.recipient.language or request.municipality.language
    paper = tables.dates_paper(found, visits, on=clock.today(), language=language)
    response = HttpResponse(as_pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="samtun-{clock.today():%Y-%m-%d}.pdf"'
    return response
