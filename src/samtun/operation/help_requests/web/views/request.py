"""One request on one page: what it is, what can be done now, who could help, what has happened."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.queries import cleared_for, in_language, whose_task
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.audit import saw
from samtun.foundation.slots import fragments
from samtun.foundation.timeline import history
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.kernel.ids import read_uuid
from samtun.kernel.refs import Ref
from samtun.operation.help_requests import queries
from samtun.operation.help_requests.enums import OPEN_STATES, SEEKING, MatchState, RequestState
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.help_requests.rules import may_assess, may_handle, needs_plan
from samtun.operation.help_requests.web import tables
from samtun.operation.help_requests.web.forms import AssessForm, ConsentForm, MinutesForm, PlanForm
from samtun.operation.plans.queries import Id, suggest_for
from samtun.operation.volunteers.models import Volunteer
from samtun.people.persons.queries import same_name_wants_peace, shown_address

FILTERS = {
    "": (_("Open"), OPEN_STATES),
    "find": (_("Find someone"), SEEKING | {RequestState.NEW, RequestState.UNPROVEN}),
    "agreed": (_("Agreed"), {RequestState.AGREED, RequestState.PROPOSED}),
    "closed": (_("Closed"), set(RequestState.values) - set(OPEN_STATES)),
    "all": (_("All"), set(RequestState.values)),
}


@needs(Permission.HANDLE_REQUESTS, Permission.ASSESS_REQUESTS, purpose="looking through what is asked for")
def requests(request: PageRequest) -> HttpResponse:
    """List requests, with initials only."""
    chosen = request.GET.get("vis", "")
    states = FILTERS.get(chosen, FILTERS[""])[1]
    kind = read_uuid(request.GET.get("slag", ""))
    rows = [tables.row_of(r) for r in queries.list_for(request.viewer, states=states, kind=kind)]
    chips = [{"value": k, "label": v[0], "on": k == chosen} for k, v in FILTERS.items()]
    ways = fragments(request.viewer, Ref("wishes", request.viewer.tenant), on=clock.today())
    return render(request, "help_requests/list.html", {"rows": rows, "chips": chips, "slots": ways, "kind": kind})


@needs(Permission.HANDLE_REQUESTS, Permission.ASSESS_REQUESTS, purpose="helping the one who asked")
def help_request(request: PageRequest, request_id: uuid.UUID) -> HttpResponse:
    """Show the request."""
    return page(request, queries.request_for(request.viewer, request_id))


def page(request: PageRequest, found: HelpRequest, status: int = 200, **forms: Any) -> HttpResponse:
    """Render the page; `forms` are those that came back with something to mend."""
    viewer: Viewer = request.viewer
    words, color = tables.state_of(found)
    handles = may_handle(viewer, found)
    cleared = cleared_for(found.task_type, found.owner_id) if found.state == RequestState.NEW else []
    match = queries.last_match(found)
    context: dict[str, Any] = {
        "found": found,
        "title": in_language(found.task_type.name),
        "limits": in_language(found.task_type.limits),
        "way_on": in_language(found.task_type.way_on),
        "source": tables.SOURCE_WORDS[found.source],
        "state_words": words,
        "state_color": color,
        "facts": tables.facts_of(found, shown_address(viewer, found.recipient)),
        "handles": handles,
        "assesses": may_assess(viewer, found, is_cleared=False),
        "cleared": cleared,
        "whose": whose_task(found.task_type) if found.state == RequestState.NEW else None,
        "is_open": found.state in OPEN_STATES,
        "double": queries.likely_double(found) if handles and found.state in OPEN_STATES else None,
        "asks": tables.ask_rows(list(found.asks.all())),
        "match": match,
        "match_words": tables.MATCH_WORDS[match.state] if match else "",
        "assessment": queries.newest_assessment(found),
        "events": history(viewer, Ref("help_request", found.id), whole=True),
        "needs_plan": needs_plan(found),
        "has_begun": queries.starts_at(found) <= clock.now(),
        "assess_form": AssessForm(),
        "consent_form": ConsentForm(initial={"given_by": found.recipient.full_name}),
        "plan_form": PlanForm(),
        "minutes_form": MinutesForm(initial={"minutes": found.minutes}),
        "slots": fragments(viewer, Ref("help_request", found.id), on=clock.today(), of=found),
        "perhaps_peace": found.state == RequestState.UNPROVEN and handles and _may_want_peace(viewer, found),
    } | forms
    held_back = any(slot.context.get("holds_back") for slot in context["slots"])
    if handles and found.state in SEEKING and not context["needs_plan"] and not held_back:
        context |= _suggestions(viewer, found)
    if match and match.state == MatchState.AGREED:
        saw(match.volunteer.person_id)
    return render(request, "help_requests/request.html", context, status=status)


def _may_want_peace(viewer: Viewer, found: HelpRequest) -> bool:
    """Tell whether the one about to be rung may have asked for no contact, under another number."""
    person = found.recipient
    return same_name_wants_peace(viewer, name=person.full_name, phone=person.phone, but=person.id)


def _suggestions(viewer: Viewer, found: HelpRequest) -> dict[str, Any]:
    shown = suggest_for("help_request", found.id, viewer, on=clock.today())
    ids = [p.volunteer for g in shown.suggestions.groups for p in g.people] + [v for v, _reasons in shown.excluded[:30]]
    keys = [uuid.UUID(str(v)) for v in ids]
    people: dict[Id, Volunteer] = {
        v.id: v for v in Volunteer.objects.filter(id__in=keys).select_related("person", "host")
    }
    saw(*(v.person_id for v in people.values()), how="listed")
    asked = {a.volunteer_id for a in found.asks.all() if a.state in {"sent", "yes"}}
    groups = tables.suggestion_groups(shown, people)
    for group in groups:
        group["people"] = [p for p in group["people"] if p["id"] not in asked]
    return {
        "groups": [g for g in groups if g["people"]],
        "excluded": tables.exclusion_rows(shown, people),
        "suggests": True,
    }
