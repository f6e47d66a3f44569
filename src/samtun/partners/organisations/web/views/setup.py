"""Setting up the municipality: its own choices, who takes part, and who answers for them at first."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.models import Municipality
from samtun.foundation.options import all_options
from samtun.foundation.viewer import Permission, Role
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.notifications.channels.queries import configuration
from samtun.partners.organisations import actions
from samtun.partners.organisations.models import Organisation
from samtun.partners.organisations.queries import Body, body_to_set_up, everyone_taking_part
from samtun.partners.organisations.rules import may_appoint
from samtun.partners.organisations.web.forms import SORTS, AppointForm, ChoicesForm, MunicipalityForm, NewForm

sets_up = needs(Permission.MANAGE_SETTINGS, purpose=gettext_noop("Setting up the municipality"))
KIND_WORDS = dict(SORTS) | {Organisation.Kind.MUNICIPALITY: gettext_lazy("The municipality")}


@sets_up
def municipality(request: PageRequest) -> HttpResponse:
    """Show and change what everyone sees of the municipality; say which ways out are ready."""
    stored = Municipality.objects.get(id=request.municipality.id)
    first = {name: getattr(stored, name) or "" for name in MunicipalityForm.base_fields}
    form = MunicipalityForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        try:
            actions.set_up_municipality(by=request.viewer, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, gettext(refusal.message))
        else:
            messages.success(request, gettext("Saved. It shows everywhere within half a minute."))
            return redirect("municipality")
    context = {
        "form": form, "ways": configuration(request.viewer), "name": stored.name,
        "administers": request.viewer.role is Role.MUNICIPAL_ADMINISTRATOR,
    }  # fmt: skip
    return render(request, "organisations/municipality.html", context, status=422 if form.is_bound else 200)


@sets_up
def choices(request: PageRequest) -> HttpResponse:
    """Show and change what may be chosen here: how often, how many, how long."""
    open_to = [option for option in all_options() if request.viewer.may(option.changed_by)]
    form = ChoicesForm(request.POST if request.method == "POST" else None, options=open_to, today=clock.today())
    if form.is_bound and form.is_valid():
        if actions.choose(values=form.cleaned_data, by=request.viewer, at=clock.now()):
            messages.success(request, gettext("Saved. It holds from today; what is planned already stands."))
        else:
            messages.info(request, gettext("Nothing was changed."))
        return redirect("municipality_choices")
    return render(request, "organisations/choices.html", {"form": form}, status=422 if form.is_bound else 200)


@sets_up
def everyone(request: PageRequest) -> HttpResponse:
    """List all who take part, and whom nobody answers for yet."""
    rows = [
        {
            "id": body.row.id, "name": body.row.name, "kind": KIND_WORDS[Organisation.Kind(body.row.kind)],
            "answered": body.is_answered_for, "hosts": body.row.hosts_volunteers, "may": _may_any(request, body),
        }
        for body in everyone_taking_part(request.viewer, on=clock.today())
    ]  # fmt: skip
    administers = request.viewer.role is Role.MUNICIPAL_ADMINISTRATOR
    return render(request, "organisations/everyone.html", {"rows": rows, "administers": administers})


@sets_up
def new(request: PageRequest) -> HttpResponse:
    """Make an organisation; next is who answers for it."""
    if request.viewer.role is not Role.MUNICIPAL_ADMINISTRATOR:
        raise NotYours
    form = NewForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = actions.create_organisation(by=request.viewer, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, gettext(refusal.message))
        else:
            said = gettext("%(name)s takes part now. Who answers for it?") % {"name": made.name}
            messages.success(request, said)
            return redirect("organisation_head", made.id)
    return render(request, "organisations/new.html", {"form": form}, status=422 if form.is_bound else 200)


@sets_up
def head(request: PageRequest, organisation: uuid.UUID) -> HttpResponse:
    """Give an organisation somebody who answers for it; those then give the other roles themselves."""
    body = body_to_set_up(request.viewer, organisation, on=clock.today())
    typed = request.POST if request.method == "POST" else None
    form = AppointForm(typed, organisation=body.row, may=lambda role: _may(request, body, role))
    if form.is_bound and form.is_valid():
        try:
            actions.appoint(organisation=body.row, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, gettext(refusal.message))
        else:
            messages.success(request, gettext("The role is given. The person can log in with the mobile number now."))
            return HttpResponseRedirect(request.path)
    context = {"organisation": body.row, "answered": body.is_answered_for, "form": form, "may": _may_any(request, body)}
    return render(request, "organisations/head.html", context, status=422 if form.is_bound else 200)


def _may(request: PageRequest, body: Body, role: str) -> bool:
    return may_appoint(request.viewer, body.row, role, is_headless=not body.is_answered_for)


def _may_any(request: PageRequest, body: Body) -> bool:
    return any(_may(request, body, role) for role in (Role.LEADER, Role.ORGANISATION_REPRESENTATIVE))
