"""The professional's visit: planned, on a telephone; then whose task it is and what is practical."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.operation.networks import actions, queries
from samtun.operation.networks.enums import VisitOutcome
from samtun.operation.networks.models import HomeVisit
from samtun.operation.networks.rules import may_conclude
from samtun.operation.networks.web import tables
from samtun.operation.networks.web.forms import OutcomeForm, VisitForm
from samtun.operation.networks.web.views.networks import tried
from samtun.people.persons.queries import shown_address

goes = needs(
    Permission.REFER, Permission.ASSESS_REQUESTS, Permission.HANDLE_REQUESTS,
    purpose=gettext_noop("visiting before a volunteer is brought in"),
)  # fmt: skip


@require_safe
@goes
def visits(request: PageRequest) -> HttpResponse:
    """List visits to come and lately made, and wishes that may need one; initials only."""
    today = clock.today()
    waiting = [
        {"request": r, "kind": in_language(r.task_type.name), "initials": r.recipient.initials}
        for r in queries.waiting_for_visit(request.viewer)
    ]
    rows = [tables.visit_row(v, on=today) for v in queries.visits_of(request.viewer, on=today)]
    return render(request, "networks/visits.html", {"rows": rows, "waiting": waiting})


@require_http_methods(["GET", "POST"])
@goes
def new_visit(request: PageRequest, request_id: uuid.UUID) -> HttpResponse:
    """Plan a visit."""
    found = queries.request_to_visit(request.viewer, request_id)
    form = VisitForm(
        request.POST if request.method == "POST" else None, today=clock.today(), initial={"who": request.viewer.name}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan_visit(request=found, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            words = _("The visit is planned.") + "\n" + _("No volunteer is asked before it is written about.")
            messages.success(request, words)
            return redirect("home_visit", made.id)
    context = {"wish": found, "kind": in_language(found.task_type.name), "form": form}
    return render(request, "networks/visit_new.html", context, status=422 if form.errors else 200)


@require_safe
@goes
def visit(request: PageRequest, visit_id: uuid.UUID) -> HttpResponse:
    """Show it, with the form for what came of it on the day and after."""
    found = queries.visit_for(request.viewer, visit_id)
    return _page(request, found, _form(found, None))


@require_POST
@goes
def write(request: PageRequest, visit_id: uuid.UUID) -> HttpResponse:
    """Write what came of it."""
    found = queries.visit_for(request.viewer, visit_id)
    if not may_conclude(request.viewer, found):
        raise NotYours
    form = _form(found, request.POST)
    if form.is_valid():
        outcome, reason = VisitOutcome(form.cleaned_data["outcome"]), form.cleaned_data["reason"]
        try:
            actions.conclude(
                visit=found, outcome=outcome, reason=reason, needs=form.needs(), by=request.viewer, at=clock.now()
            )
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Written. It counts as the answer to whose task it is."))
            return redirect("home_visits")
    return _page(request, found, form)


def _form(found: HomeVisit, posted: Any) -> OutcomeForm:
    kind = in_language(found.request.task_type.name)
    return OutcomeForm(posted, initial={"needs_what": kind, "whom_to_call": found.who})


def _page(request: PageRequest, found: HomeVisit, form: OutcomeForm) -> HttpResponse:
    is_open = not found.done_at and not found.cancelled_at
    writes, has_come = is_open and may_conclude(request.viewer, found), found.on <= clock.today()
    context = _facts(request, found) | {
        "form": form, "writes": writes and has_come, "waits": writes and not has_come, "may_call_off": is_open,
    }  # fmt: skip
    return render(request, "networks/visit.html", context, status=422 if form.errors else 200)


def _facts(request: PageRequest, found: HomeVisit) -> dict[str, Any]:
    person, wish = found.request.recipient, found.request
    words, color = tables.visit_state(found, on=clock.today())
    return {
        "found": found, "person": person, "state": words, "color": color, "kind": in_language(wish.task_type.name),
        "facts": [(_("Address"), shown_address(request.viewer, person)), (_("What they said"), wish.words),
                  (_("Goes"), found.who)],
        "needs": [
            (_("Why?"), found.reason), (_("What is to be done?"), found.needs_what), (_("Where?"), found.needs_where),
            (_("How often?"), found.how_often), (_("What belongs to it, and what does not?"), found.limits),
            (_("Whom to ring when something is amiss?"), found.whom_to_call),
        ],
        "handles": request.viewer.may(Permission.HANDLE_REQUESTS),
        "waits_for_another": not found.done_at and not found.cancelled_at and not may_conclude(request.viewer, found),
    }  # fmt: skip


@require_POST
@goes
def off(request: PageRequest, visit_id: uuid.UUID) -> HttpResponse:
    """Call a visit off."""
    found = queries.visit_for(request.viewer, visit_id)

    def act() -> str:
        actions.call_off_visit(visit=found, by=request.viewer, at=clock.now())
        return _("The visit is called off. The wish goes on where it was.")

    tried(request, act)
    return redirect("home_visits")
