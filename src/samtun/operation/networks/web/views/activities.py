"""Ordinary activities, one line each; and a wish answered by one of them."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.anchoring.responsibilities.queries import in_language, task_types
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.models import Owner
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.foundation.ways import came_from
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.operation.help_requests.enums import SEEKING
from samtun.operation.help_requests.queries import request_for
from samtun.operation.networks import actions, queries
from samtun.operation.networks.web import tables
from samtun.operation.networks.web.forms import LineForm
from samtun.operation.networks.web.views.networks import tried
from samtun.people.places.queries import villages

keeps = needs(Permission.HANDLE_REQUESTS, purpose="knowing what is there for everyone")


@require_safe
@keeps
def activities(request: PageRequest) -> HttpResponse:
    """List what is there, in the order of the week."""
    gone = request.GET.get("vis") == "vekk"
    chips = [
        {"value": "", "label": _("There now"), "on": not gone},
        {"value": "vekk", "label": _("No longer there"), "on": gone},
    ]
    rows = [tables.line_row(a, on=clock.today()) for a in queries.activities_for(request.viewer, retired=gone)]
    return render(request, "networks/activities.html", {"rows": rows, "chips": chips, "gone": gone})


@require_http_methods(["GET", "POST"])
@keeps
def new_activity(request: PageRequest) -> HttpResponse:
    """Write one down."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        owner = Owner.objects.get(id=min(request.viewer.owners))
        made = actions.write_line(owner=owner, line=form.line(), by=request.viewer, at=clock.now())
        messages.success(request, _("%(what)s is written down.") % {"what": made.what})
        return redirect("activities")
    return render(request, "networks/activity.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@keeps
def activity(request: PageRequest, activity_id: uuid.UUID) -> HttpResponse:
    """Show one and change what stands."""
    found = queries.activity_for(request.viewer, activity_id)
    form = _form(request, **LineForm.facts_of(found))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.change_line(activity=found, line=form.line(), by=request.viewer, at=clock.now())
            return _("Saved.")

        tried(request, act)
        return redirect("activities")
    context = {
        "found": found, "form": form, "row": tables.line_row(found, on=clock.today()),
        "slots": fragments(request.viewer, Ref("activity", found.id), on=clock.today()),
    }  # fmt: skip
    return render(request, "networks/activity.html", context, status=422 if form.errors else 200)


def _form(request: PageRequest, **initial: Any) -> LineForm:
    kinds = [kind for kind in task_types() if not kind.is_declined]
    posted = request.POST if request.method == "POST" else None
    return LineForm(posted, villages=list(villages()), kinds=kinds, initial=initial or None)


@require_POST
@keeps
def true(request: PageRequest, activity_id: uuid.UUID) -> HttpResponse:
    """Note that it is still so."""
    found = queries.activity_for(request.viewer, activity_id)

    def act() -> str:
        actions.still_true(activity=found, by=request.viewer, at=clock.now())
        return _("Noted. It is asked about again in half a year.")

    tried(request, act)
    return redirect(came_from(request) or "activities")


@require_POST
@keeps
def gone(request: PageRequest, activity_id: uuid.UUID) -> HttpResponse:
    """Note that it is no longer there."""
    found = queries.activity_for(request.viewer, activity_id)

    def act() -> str:
        actions.retire(activity=found, by=request.viewer, at=clock.now())
        return _("It is no longer suggested.")

    tried(request, act)
    return redirect(came_from(request) or "activities")


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose="answering a wish with what is there for everyone")
def answer(request: PageRequest, activity_id: uuid.UUID, request_id: uuid.UUID) -> HttpResponse:
    """Say what the person will hear; then answer the wish, with or without company the first time."""
    found, wish = queries.activity_for(request.viewer, activity_id), request_for(request.viewer, request_id)
    if wish.owner_id != found.owner_id:
        raise NotYours
    if request.method == "POST":
        company = request.POST.get("company") == "yes"

        def act() -> str:
            actions.answer_with(request=wish, activity=found, with_company=company, by=request.viewer, at=clock.now())
            with_company = _("The person hears it. Find someone to come along.")
            return with_company if company else _("Answered: the person hears it.")

        tried(request, act)
        return redirect("help_request", request_id)
    context = {
        "found": found, "wish": wish, "row": tables.line_row(found, on=clock.today()),
        "kind": in_language(wish.task_type.name), "seeks": wish.state in SEEKING,
    }  # fmt: skip
    return render(request, "networks/answer.html", context)
