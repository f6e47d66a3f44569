"""Noting that a declaration was signed, a talk was held, a certificate was shown."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.operation.screening import actions
from samtun.operation.screening.queries import purposes_on
from samtun.operation.screening.web.forms import CertificateForm, DateForm
from samtun.operation.volunteers.models import Volunteer
from samtun.operation.volunteers.queries import hosted_for

WHY = "noting what a task asks of a volunteer"


def _step(
    request: PageRequest, found: Volunteer, form: DateForm, act: Callable[[], None], **words: Any
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            act()
        except Refused as refusal:
            form.add_error("on", _(refusal.message))
        else:
            messages.success(request, _("Noted."))
            return redirect("volunteer", found.id)
    context = {"form": form, "person": found.person, "back": reverse("volunteer", args=[found.id])} | words
    return render(request, "screening/step.html", context, status=422 if form.errors else 200)


def _posted(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_VOLUNTEERS, purpose=WHY)
def declaration(request: PageRequest, volunteer_id: uuid.UUID) -> HttpResponse:
    """A declaration of confidentiality was signed."""
    found = hosted_for(request.viewer, volunteer_id)
    form = DateForm(_posted(request), today=clock.today())

    def act() -> None:
        day = form.cleaned_data["on"]
        actions.note_declaration(
            person=found.person, owner=found.host, signed_on=day, by=request.viewer, at=clock.now()
        )

    return _step(request, found, form, act, title=_("Declaration of confidentiality signed"))


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_VOLUNTEERS, purpose=WHY)
def talk(request: PageRequest, volunteer_id: uuid.UUID) -> HttpResponse:
    """The host has met the volunteer."""
    found = hosted_for(request.viewer, volunteer_id)
    form = DateForm(_posted(request), today=clock.today())

    def act() -> None:
        day = form.cleaned_data["on"]
        actions.note_suitability(person=found.person, owner=found.host, held_on=day, by=request.viewer, at=clock.now())

    lead = _("You have met, and tasks with people suit. Nothing of what was said is kept.")
    return _step(request, found, form, act, title=_("Talk held"), lead=lead)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_VOLUNTEERS, purpose=WHY)
def certificate(request: PageRequest, volunteer_id: uuid.UUID) -> HttpResponse:
    """A police certificate was shown, for a purpose the law lists; without one, it cannot be asked for."""
    found, today = hosted_for(request.viewer, volunteer_id), clock.today()
    purposes = purposes_on(today)
    form = CertificateForm(_posted(request), today=today, purposes=purposes)

    def act() -> None:
        data = form.cleaned_data
        actions.note_police_certificate(
            person=found.person, owner=found.host, purpose=data["purpose"], shown_on=data["on"], by=request.viewer,
            at=clock.now(),
        )  # fmt: skip

    lead = _("Only that it was shown, and when. Nothing of what it said, and no copy.")
    words = {"title": _("Police certificate shown"), "lead": lead, "none": not purposes}
    return _step(request, found, form, act, **words)
