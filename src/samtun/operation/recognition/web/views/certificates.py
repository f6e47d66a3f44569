"""Hours give a certificate: the volunteer asks, a person at the host makes and signs it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.phones import spoken
from samtun.operation.recognition import actions, queries
from samtun.operation.recognition.adapters.certificate import Certificate, certificate_pdf
from samtun.operation.recognition.web.forms import CertificateForm
from samtun.operation.volunteers.models import Volunteer
from samtun.operation.volunteers.queries import hosted_for, hours_words, volunteer_for
from samtun.partners.organisations.queries import organisation_of


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_VOLUNTEERS, purpose="making a certificate")
def certificate(request: PageRequest, volunteer_id: uuid.UUID) -> HttpResponse:
    """Choose the period, say a few words, and get the paper to sign."""
    found, today = hosted_for(request.viewer, volunteer_id), clock.today()
    began = min(found.joined_on, today)
    initial = {"starts": began, "ends": today, "signer": request.viewer.name}
    posted = request.POST if request.method == "POST" else None
    form = CertificateForm(posted, today=today, initial=initial)
    if posted is not None and form.is_valid():
        language = found.person.language or request.municipality.language
        with translation.override(language):
            made = certificate_pdf(_certificate(found, form.cleaned_data, language))
        actions.note_certificate(volunteer=found, by=request.viewer, at=clock.now())
        response = HttpResponse(made, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{_("certificate")}.pdf"'
        return response
    done = queries.done_with(found, starts=began, ends=today)
    context = {
        "form": form, "volunteer": found, "person": found.person, "hours": hours_words(done.minutes),
        "lines": [(name, hours_words(minutes)) for name, minutes in done.kinds],
    }  # fmt: skip
    return render(request, "recognition/certificate.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.OWN_PAGE, purpose="asking for a certificate")
def wish(request: PageRequest, volunteer_id: uuid.UUID) -> HttpResponse:
    """Ask for a certificate of one's own."""
    found = volunteer_for(request.viewer, volunteer_id)
    actions.ask_for_certificate(volunteer=found, by=request.viewer, at=clock.now())
    messages.success(
        request, _("Asked for. %(host)s makes it, signs it, and lets you know.") % {"host": found.host.name}
    )
    return redirect("home")


def _certificate(volunteer: Volunteer, said: dict[str, Any], language: str) -> Certificate:
    body = organisation_of(volunteer.host_id)
    done = queries.done_with(volunteer, starts=said["starts"], ends=said["ends"])
    first, last = date_format(said["starts"], "j. F Y"), date_format(said["ends"], "j. F Y")
    names = {"name": volunteer.person.full_name, "host": body.name, "first": first, "last": last}
    text = _("has been a volunteer with %(host)s from %(first)s to %(last)s, and has helped with:") % names
    if not done.kinds:
        text = _("has been a volunteer with %(host)s from %(first)s to %(last)s.") % names
    return Certificate(
        language=language, heading=_("Certificate"), name=volunteer.person.full_name, text=text,
        lines=[(name, hours_words(minutes)) for name, minutes in done.kinds],
        in_all=_("In all: %(hours)s.") % {"hours": hours_words(done.minutes)} if done.kinds else "",
        about=said["words"].strip(), sender=body.name, dated=date_format(clock.today(), "j. F Y"),
        contact=_("Questions about this certificate: %(host)s, %(phone)s") % (names | {"phone": spoken(body.phone)}),
        signer=said["signer"], sign_here=_("Signature"),
    )  # fmt: skip
