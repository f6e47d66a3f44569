"""Own pages: a new idea from one who is logged in, what the lead leads, and what a helper is with."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.codesign.ideas import queries
from samtun.codesign.ideas.actions import entering, helping, leading
from samtun.codesign.ideas.actions.entering import Put
from samtun.codesign.ideas.actions.telling import Word
from samtun.codesign.ideas.enums import Via
from samtun.codesign.ideas.rules import speaks_for
from samtun.codesign.ideas.web.forms import OwnIdeaForm
from samtun.codesign.ideas.web.views import leading as acts
from samtun.foundation.access import PageRequest, needs, public
from samtun.foundation.limits import limit
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.notifications.messages.queries import address_of
from samtun.partners.organisations.queries import answering_owner, organisation_of
from samtun.people.persons.models import Person
from samtun.people.places.queries import villages


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose="an idea of one's own")
def new(request: PageRequest) -> HttpResponse:
    """Tell an idea as oneself, or for an organisation one acts for; what exists nearby stands beside."""
    viewer = request.viewer
    mine = Owner.objects.filter(id__in=viewer.owners, left_on=None).order_by("name")
    owners = [o for o in mine if speaks_for(viewer, o.id)]
    form = OwnIdeaForm(request.POST or None, villages=villages(), owners=owners, initial={"key": uuid.uuid4()})
    if viewer.person is None:
        raise NotYours
    if request.method == "POST" and form.is_valid():
        data, owner = form.cleaned_data, answering_owner()
        put = Put(
            data["title"], data["words"], data["village"], data["is_public"], data["shown_as"], data.get("from_owner"),
            data.get("near_words", ""),
        )  # fmt: skip
        try:
            made = entering.put_forward(
                owner=owner, person=Person.objects.get(id=viewer.person), put=put, sent_key=str(data["key"]),
                via=Via.OWN, is_volunteer=viewer.role is Role.VOLUNTEER, by=viewer, at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("near_words" if "near_words" in form.fields else None, _(refusal.message))
        else:
            return redirect(queries.own_path(made))
    context = {"form": form, "near": queries.what_exists(viewer) if owners else None}
    return render(request, "ideas/own_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@public
def lead(request: PageRequest, token: str) -> HttpResponse:
    """The lead's own page, without a login: what has happened, and all that only they can do."""
    request.private = True
    limit("idea_own", request.META.get("REMOTE_ADDR", ""), at=clock.now(), most=200)
    found = queries.by_token(token)
    life = queries.initiative_of(found)
    forms: dict[str, Any] = {}
    if request.method == "POST":
        try:
            forms = acts.act(_as_nobody(request), acts.Act(found, life, Word(token=token)))
        except Refused as refusal:
            messages.error(request, _(refusal.message))
        if not forms:
            return redirect("idea_own", token)
    helpers = queries.helpers_of(life) if life else []
    context: dict[str, Any] = {
        "it": queries.page_of(found, on=clock.today()), "helpers": helpers, "here": request.path,
        "address": address_of(request.path), "centre": organisation_of(found.owner_id),
    } | acts.forms_for(found, life, helpers) | forms  # fmt: skip
    return render(request, "ideas/own.html", context, status=422 if forms else 200)


def _as_nobody(request: PageRequest) -> PageRequest:
    """Let an own address speak for itself: whoever else is logged in on this machine is nobody here."""
    request.viewer = Viewer.anonymous(request.municipality.id)
    return request


@require_http_methods(["GET", "POST"])
@public
def helper(request: PageRequest, token: str) -> HttpResponse:
    """A helper's own page, without a login: what they are with, taking the lead when asked, and leaving."""
    request.private = True
    limit("idea_own", request.META.get("REMOTE_ADDR", ""), at=clock.now(), most=200)
    found = queries.helper_by_token(token)
    act, at = request.POST.get("act", ""), clock.now()
    by = Viewer.anonymous(request.municipality.id)
    if request.method == "POST":
        try:
            if act in {"yes", "no"}:
                leading.answer_offer(helper=found, yes=act == "yes", token=token, by=by, at=at)
            elif act == "leave":
                helping.leave(helper=found, token=token, by=by, at=at)
        except Refused as refusal:
            messages.error(request, _(refusal.message))
        else:
            if act == "yes":
                return redirect(queries.own_path(queries.helper_by_token(token).initiative.idea))
        return redirect("idea_helper", token)
    idea = found.initiative.idea
    context = {
        "found": found, "it": queries.page_of(idea, on=clock.today()), "centre": organisation_of(idea.owner_id),
        "is_asked": found.initiative.offered_to_id == found.id, "address": address_of(request.path),
    }  # fmt: skip
    return render(request, "ideas/helper.html", context)
