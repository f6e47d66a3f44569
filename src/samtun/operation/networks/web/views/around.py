"""Who and what is around a person: put in, taken out, the network contact, the sheet; and a wish that is answered."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.forms import Form
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.phones import spoken
from samtun.operation.activities.queries import regular_for, regular_one
from samtun.operation.help_requests.enums import SEEKING
from samtun.operation.help_requests.queries import request_for
from samtun.operation.networks import actions, queries
from samtun.operation.networks.adapters.around import AroundSheet, Line, sheet_pdf
from samtun.operation.networks.models import Member, Network
from samtun.operation.networks.rules import COMPANY, fitting
from samtun.operation.networks.web import tables
from samtun.operation.networks.web.forms import GroupForm, NearForm, VolunteerForm
from samtun.operation.networks.web.views.networks import builds, tried
from samtun.partners.organisations.queries import organisation_of
from samtun.people.persons.queries import shown_address

MOST = 24
ADDS: dict[str, Callable[..., Member]] = {
    "gruppe": actions.add_group,
    "frivillig": actions.add_volunteer,
    "annan": actions.add_near,
}


@require_http_methods(["GET", "POST"])
@builds
def add(request: PageRequest, network_id: uuid.UUID, kind: str) -> HttpResponse:
    """Put an activity, a group, a volunteer or somebody near into the network."""
    found = queries.network_for(request.viewer, network_id)
    if kind == "aktivitet":
        return _add_activity(request, found)
    if kind not in ADDS:
        raise NotYours
    form = _form(request, found, kind)
    if request.method == "POST" and form.is_valid():
        keep = getattr(form, "keep_as_written", "")
        facts = {name: value for name, value in form.cleaned_data.items() if name != keep}
        try:
            ADDS[kind](network=found, by=request.viewer, at=clock.now(), **facts)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Stands in the network now."))
            return redirect("network", network_id)
    known = kind != "frivillig" or bool(queries.matched_volunteers(request.viewer, found))
    context = {"found": found, "form": form, "kind": kind, "known": known, "wish": _wish(found)}
    return render(request, "networks/add.html", context, status=422 if form.errors else 200)


def _form(request: PageRequest, found: Network, kind: str) -> Form:
    posted = request.POST if request.method == "POST" else None
    if kind == "gruppe":
        return GroupForm(posted, organisations=queries.known_there(request.viewer))
    if kind == "frivillig":
        return VolunteerForm(posted, volunteers=queries.matched_volunteers(request.viewer, found))
    return NearForm(posted)


def _add_activity(request: PageRequest, found: Network) -> HttpResponse:
    if request.method == "POST":

        def act() -> str:
            it = regular_one(request.viewer, uuid.UUID(request.POST.get("activity", "")), on=clock.today())
            actions.add_activity(network=found, activity=it, by=request.viewer, at=clock.now())
            return _("Stands in the network now.")

        try:
            tried(request, act)
        except ValueError as fault:
            raise NotYours from fault
        return redirect("network", found.id)
    kind, words = found.request.task_type if found.request else None, request.GET.get("q", "").strip()[:60]
    village = found.person.village_id if shown_address(request.viewer, found.person) else None
    lines = regular_for(
        request.viewer, on=clock.today(), categories=() if words else fitting(kind) or COMPANY, village=village,
        words=words, most=MOST,
    )  # fmt: skip
    context = {"found": found, "q": words, "lines": [tables.line_row(line, on=clock.today()) for line in lines]}
    return render(request, "networks/add_activity.html", context)


def _wish(found: Network) -> str:
    """Return what is wished for, in the words of the latest step that has any."""
    return next((step.note for step in reversed(found.steps.all()) if step.note), "")


@require_POST
@builds
def off(request: PageRequest, network_id: uuid.UUID, member_id: uuid.UUID) -> HttpResponse:
    """Take one out of the network."""
    member = _member(request.viewer, network_id, member_id)

    def act() -> str:
        actions.take_off(member=member, by=request.viewer, at=clock.now())
        return _("No longer stands in the network.")

    tried(request, act)
    return redirect("network", network_id)


@require_POST
@builds
def contact(request: PageRequest, network_id: uuid.UUID, member_id: uuid.UUID) -> HttpResponse:
    """Make one of them the network contact, when they have said yes."""
    member = _member(request.viewer, network_id, member_id)

    def act() -> str:
        actions.make_contact(
            member=member, said_yes=request.POST.get("said_yes") == "on", by=request.viewer, at=clock.now()
        )
        return _("Is the network contact now.")

    tried(request, act)
    return redirect("network", network_id)


def _member(viewer: Viewer, network_id: uuid.UUID, member_id: uuid.UUID) -> Member:
    found = queries.network_for(viewer, network_id)
    member = next((m for m in queries.live_members(found) if m.id == member_id), None)
    if member is None:
        raise NotYours
    return member


@require_safe
@builds
def sheet(request: PageRequest, network_id: uuid.UUID) -> HttpResponse:
    """Give the sheet for the kitchen table, in the person's language and large."""
    found = queries.network_for(request.viewer, network_id)
    request.scope.saw(found.person_id, how="exported")
    language = found.person.language or request.municipality.language
    with translation.override(language):
        made = sheet_pdf(_sheet(found, language))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="samtun.pdf"'
    return response


def _sheet(found: Network, language: str) -> AroundSheet:
    ours = organisation_of(found.owner_id)
    rows: list[dict[str, Any]] = [queries.on_sheet(m) for m in queries.live_members(found)]
    first = sorted(rows, key=lambda r: not r["phone"])
    return AroundSheet(
        language=language, title=_("Those around you"), name=found.person.given_name,
        lines=[Line(name=r["name"], what=r["what"], when=r["when"], phone=r["phone"]) for r in first],
        contact=_("Your network contact. Ring, big things and small."),
        sender=ours.name, sender_phone=spoken(ours.phone), ring=_("Or ring us:"),
        printed=_("Printed %(day)s") % {"day": date_format(clock.today(), "j. F Y")},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose="answering a wish with what is there for everyone")
def answer(request: PageRequest, activity_id: uuid.UUID, request_id: uuid.UUID) -> HttpResponse:
    """Say what the person will hear; then answer the wish, with or without company the first time."""
    found, wish = regular_one(request.viewer, activity_id, on=clock.today()), request_for(request.viewer, request_id)
    if wish.owner_id not in request.viewer.owners:
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
