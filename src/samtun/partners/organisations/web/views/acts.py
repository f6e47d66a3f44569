"""What can be done on the organisation's own page."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop, ngettext
from django.views.decorators.http import require_POST

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.partners.organisations import actions
from samtun.partners.organisations.models import Closure, Organisation
from samtun.partners.organisations.queries import members_of, membership_for, organisation_for, share_for, shares_of
from samtun.partners.organisations.web.forms import AppointForm, ClosedForm, ContactForm, ShareForm, WeekForm
from samtun.partners.organisations.web.views.page import PURPOSE, whole

own = needs(Permission.MANAGE_ORGANISATION, purpose=PURPOSE)


def _back(organisation: Organisation) -> HttpResponse:
    return HttpResponseRedirect(reverse("organisation", args=[organisation.id]))


def _try(
    request: PageRequest,
    organisation: Organisation,
    name: str,
    form: Any,
    act: Callable[[dict[str, Any]], Any],
    done: str,
) -> HttpResponse:
    """Run an act with a valid form; a refusal becomes a sentence on the form, and nothing typed is lost."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, gettext(refusal.message))
        else:
            messages.success(request, done)
            return _back(organisation)
    return whole(request, organisation, **{name: form})


@own
@require_POST
def contact(request: PageRequest, organisation: uuid.UUID) -> HttpResponse:
    """Change how the organisation is reached."""
    found, at, by = organisation_for(request.viewer, organisation), clock.now(), request.viewer
    form = ContactForm(request.POST, prefix="contact")
    return _try(
        request, found, "contact", form, lambda data: actions.set_contact(organisation=found, by=by, at=at, **data),
        gettext("The contact details are changed."),
    )  # fmt: skip


@own
@require_POST
def week(request: PageRequest, organisation: uuid.UUID) -> HttpResponse:
    """Change when someone is there."""
    found, at, by = organisation_for(request.viewer, organisation), clock.now(), request.viewer
    form = WeekForm(request.POST, prefix="week")
    return _try(
        request, found, "week", form,
        lambda data: actions.set_opening_hours(organisation=found, week=data["week"], by=by, at=at),
        gettext("The opening hours are changed. Answers and deadlines count in them from now on."),
    )  # fmt: skip


@own
@require_POST
def closed(request: PageRequest, organisation: uuid.UUID) -> HttpResponse:
    """Say that nobody is there for some days."""
    found, at, by = organisation_for(request.viewer, organisation), clock.now(), request.viewer
    form = ClosedForm(request.POST, prefix="closed")
    return _try(
        request, found, "closed", form, lambda data: actions.close_dates(organisation=found, by=by, at=at, **data),
        gettext("The days are closed. Deadlines wait until someone is there."),
    )  # fmt: skip


@own
@require_POST
def open_again(request: PageRequest, organisation: uuid.UUID, closure: uuid.UUID) -> HttpResponse:
    """Take back that nobody is there."""
    found = organisation_for(request.viewer, organisation)
    row = Closure.objects.filter(organisation=found, id=closure).select_related("organisation").first()
    if row is None:
        raise NotYours
    actions.open_dates_again(closure=row, by=request.viewer, at=clock.now())
    messages.success(request, gettext("The days are open again."))
    return _back(found)


@own
@require_POST
def appoint(request: PageRequest, organisation: uuid.UUID) -> HttpResponse:
    """Let somebody act for the organisation."""
    found, at, by = organisation_for(request.viewer, organisation), clock.now(), request.viewer
    form = AppointForm(request.POST, organisation=found, prefix="appoint")
    return _try(
        request, found, "appoint", form, lambda data: actions.appoint(organisation=found, by=by, at=at, **data),
        gettext("The role is given. The person can log in with the mobile number now."),
    )  # fmt: skip


@own
@require_POST
def end_role(request: PageRequest, organisation: uuid.UUID, membership: uuid.UUID) -> HttpResponse:
    """Take a role away."""
    found = organisation_for(request.viewer, organisation)
    row = membership_for(request.viewer, membership, on=clock.today())
    actions.end_membership(membership=row, by=request.viewer, at=clock.now())
    messages.success(request, gettext("The role is taken away. It holds from now on."))
    return HttpResponseRedirect("/") if row.person_id == request.viewer.person else _back(found)


@own
@require_POST
def share(request: PageRequest, organisation: uuid.UUID) -> HttpResponse:
    """Let another see something, for a purpose, until a day."""
    found, at, by = organisation_for(request.viewer, organisation), clock.now(), request.viewer
    form = ShareForm(request.POST, organisation=found, prefix="share")
    return _try(
        request, found, "sharing", form, lambda data: actions.share(giver=found.owner, by=by, at=at, **data),
        gettext("It is shared until the day you chose. You can end it whenever you like."),
    )  # fmt: skip


@own
@require_POST
def end_share(request: PageRequest, organisation: uuid.UUID, share: uuid.UUID) -> HttpResponse:
    """Close what was shared."""
    found = organisation_for(request.viewer, organisation)
    actions.end_share(share=share_for(request.viewer, share, on=clock.today()), by=request.viewer, at=clock.now())
    messages.success(request, gettext("It is closed from now on."))
    return _back(found)


@needs(Permission.EXPORT_ORGANISATION, purpose=gettext_noop("Taking the organisation's own out"))
@require_POST
def take_out(request: PageRequest, organisation: uuid.UUID) -> HttpResponse:
    """Give all the organisation has here as one file."""
    found, at = organisation_for(request.viewer, organisation), clock.now()
    packed = actions.take_out(organisation=found, by=request.viewer, at=at)
    response = HttpResponse(packed, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="samtun-{at:%Y-%m-%d}.zip"'
    return response


@needs(Permission.EXPORT_ORGANISATION, purpose=gettext_noop("Leaving with the organisation's own"))
def leave(request: PageRequest, organisation: uuid.UUID) -> HttpResponse:
    """Name what leaving does, and leave when it is confirmed."""
    found, today = organisation_for(request.viewer, organisation), clock.today()
    if request.method == "POST":
        actions.leave(organisation=found, by=request.viewer, at=clock.now())
        messages.success(request, gettext("%(name)s has left.") % {"name": found.name})
        return HttpResponseRedirect("/")
    acting, shared = len(members_of(found, on=today)), len(shares_of(found, on=today))
    lose = ngettext("%(n)d person loses their role at once.", "%(n)d persons lose their roles at once.", acting)
    effects = [
        lose % {"n": acting},
        ngettext("%(n)d sharing ends.", "%(n)d sharings end.", shared) % {"n": shared},
        gettext("Its volunteers are not asked through it any more."),
        gettext("What is stored stays behind the wall until its time is out. Take it out in a file first."),
    ]  # fmt: skip
    return render(request, "organisations/leave.html", {"organisation": found, "effects": effects})
