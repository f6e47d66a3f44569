"""Saying something: the open form, from a task or a thing, from a link in a text; and following how it goes."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.evaluation.feedback.actions import settling
from samtun.evaluation.feedback.actions.raising import Said, raise_feedback
from samtun.evaluation.feedback.enums import Hears, Via
from samtun.evaluation.feedback.models import Feedback
from samtun.evaluation.feedback.queries import about, answering
from samtun.evaluation.feedback.queries.about import Thing
from samtun.evaluation.feedback.queries.together import TOGETHER
from samtun.evaluation.feedback.web.forms import AboutForm, NotSettledForm, SayForm, TellForm
from samtun.foundation.access import PageRequest, logged_in, needs, public
from samtun.foundation.limits import limit
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.notifications.messages.queries import opened_by_link
from samtun.partners.organisations.queries import organisation_of


@require_http_methods(["GET", "POST"])
@public
def tell(request: PageRequest) -> HttpResponse:
    """Say something about a kind of help or something else, with a name or without. Whoever is logged in is nobody."""
    at, request.private = clock.now(), True
    centre = about.something_else().owner
    initial: dict[str, Any] = {"key": uuid.uuid4(), "about": request.GET.get("om", "")}
    design = about.public_choice(request.POST.get("about") or initial["about"])
    form = TellForm(request.POST or None, kinds=[*design, *about.kinds_to_choose()], initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        told = Said(data["words"], None, data["name"], data["phone"], data["email"], Hears(data["hears"]))
        try:
            limit("feedback", request.META.get("REMOTE_ADDR", ""), at=at, most=10)
            made = raise_feedback(
                thing=about.kind_chosen(data["about"]), told=told, sent_key=str(data["key"]), via=Via.FORM, at=at,
                by=Viewer.anonymous(request.municipality.id),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Thank you. It is received."))
            return redirect(answering.own_path(made))
    context = {
        "form": form,
        "centre": organisation_of(centre.id),
        "parties": design if initial["about"].startswith("design") else [],
    }
    return render(request, "feedback/tell.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@logged_in
def about_thing(request: PageRequest, kind: str, thing_id: uuid.UUID) -> HttpResponse:
    """Say something about a thing, logged in: as oneself, or as an organisation's own matter."""
    thing = about.thing_for(request.viewer, kind, thing_id)
    viewer = request.viewer
    form = AboutForm(request.POST or None, owners=_own_owners(request, thing), initial={"key": uuid.uuid4()})
    reads = viewer.may(Permission.HANDLE_REQUESTS) or kind in TOGETHER
    said = answering.about_thing(viewer, kind, thing_id) if reads else []
    return _say(request, thing, form, via=Via.FORM, said=said)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_ORGANISATION, purpose="feedback")
def raise_something(request: PageRequest) -> HttpResponse:
    """Raise a matter about anything, as an organisation's own: it need not be about a thing that stands here."""
    thing = about.something_else()
    owners = _own_owners(request, thing)
    initial = {"key": uuid.uuid4(), "from_owner": str(owners[0].id) if owners else ""}
    return _say(request, thing, AboutForm(request.POST or None, owners=owners, initial=initial), via=Via.FORM)


def _own_owners(request: PageRequest, thing: Thing) -> list[Owner]:
    """Return the organisations that the viewer may raise it for: not the one that is to answer."""
    viewer = request.viewer
    if not viewer.may(Permission.MANAGE_ORGANISATION):
        return []
    mine = Owner.objects.filter(id__in=viewer.owners, left_on=None).exclude(id=thing.owner.id)
    return list(mine.order_by("name"))


@require_safe
@public
def paper(request: PageRequest) -> HttpResponse:
    """Show the same form on paper, to fill in by hand: a coordinator writes it down, and the answer comes as ticked."""
    context = {
        "centre": organisation_of(about.something_else().owner.id), "kinds": about.kinds_to_choose(),
        "printed_on": clock.today(),
    }  # fmt: skip
    return render(request, "feedback/tell_paper.html", context)


@require_http_methods(["GET", "POST"])
@public
def by_link(request: PageRequest, token: str) -> HttpResponse:
    """Say something from the link in a text, about what it was about."""
    question = opened_by_link(request, token, about.QUESTIONS, role=Role.RESIDENT, purpose="feedback", at=clock.now())
    thing = about.thing_asked_about(question)
    return _say(request, thing, SayForm(request.POST or None, initial={"key": uuid.uuid4()}), via=Via.LINK)


def _say(request: PageRequest, thing: Thing, form: SayForm, *, via: Via, said: Sequence[Feedback] = ()) -> HttpResponse:
    request.private = True
    if request.viewer.person is None:
        raise NotYours
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        chosen = data.get("from_owner", "")
        told = Said(
            data["words"], request.viewer.person, from_owner=uuid.UUID(chosen) if chosen else None,
            is_public=bool(data.get("is_public")),
        )  # fmt: skip
        try:
            limit("feedback_own", str(request.viewer.person), at=clock.now(), most=20)
            key = str(data["key"])
            made = raise_feedback(thing=thing, told=told, sent_key=key, via=via, by=request.viewer, at=clock.now())
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Thank you. It is received."))
            return redirect("feedback", made.id) if made.from_owner_id else redirect(answering.own_path(made))
    context = {"form": form, "thing": thing, "centre": organisation_of(thing.owner.id), "said": said}
    context["parties"] = thing.kind in TOGETHER
    return render(request, "feedback/say.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@public
def follow(request: PageRequest, token: str) -> HttpResponse:
    """Follow what one has said, by one's own address; say that it is settled, or that it is not."""
    request.private = True
    limit("feedback_follow", request.META.get("REMOTE_ADDR", ""), at=clock.now(), most=200)
    found = answering.by_token(token)
    form = NotSettledForm(request.POST if "words" in request.POST else None)
    if request.method == "POST":
        by: dict[str, Any] = {"by": Viewer.anonymous(request.municipality.id), "at": clock.now(), "token": token}
        try:
            if request.POST.get("act") == "settled":
                settling.settle(feedback=found, **by)
                return redirect("feedback_follow", token)
            if form.is_valid():
                settling.not_settled(feedback=found, words=form.cleaned_data["words"], **by)
                messages.success(request, _("It is opened again. You hear when there is an answer."))
                return redirect("feedback_follow", token)
        except Refused as refusal:
            form.add_error(None, _(refusal.message)) if form.is_bound else messages.error(request, _(refusal.message))
    context = {
        "found": found, "steps": answering.steps_of(found), "form": form, "address": answering.own_address(found),
        "centre": organisation_of(found.owner_id),
    }  # fmt: skip
    return render(request, "feedback/follow.html", context, status=422 if form.errors else 200)


@require_safe
@public
def public_matters(request: PageRequest) -> HttpResponse:
    """Show the matters that organisations have raised in public, each step, and how long it took."""
    rows = [(found, answering.steps_of(found)) for found in answering.public_matters()]
    return render(request, "feedback/public_matters.html", {"rows": rows})
