"""For the centre: what is reported as wrong; left to stand, taken down with words, put back."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref
from samtun.partners.catalogue import queries
from samtun.partners.catalogue.actions import reporting
from samtun.partners.catalogue.enums import LIVE_OFFERS
from samtun.partners.catalogue.models import Offer
from samtun.partners.catalogue.web.forms import KeepForm, TakeDownForm

WHY = gettext_noop("Looks at what is reported as wrong")


@require_safe
@needs(Permission.PUBLISH, purpose=WHY)
def reported(request: PageRequest) -> HttpResponse:
    """Show what waits for a look, and what is taken down."""
    return render(
        request,
        "catalogue/reported.html",
        {"rows": queries.reported(request.viewer), "others": queries.reported_elsewhere(request.viewer)},
    )


@require_safe
@needs(Permission.PUBLISH, purpose=WHY)
def look(request: PageRequest, offer_id: uuid.UUID) -> HttpResponse:
    """Show one with what was said about it."""
    return _page(request, queries.offer_to_look_at(request.viewer, offer_id))


@require_POST
@needs(Permission.PUBLISH, purpose=WHY)
def keep(request: PageRequest, offer_id: uuid.UUID) -> HttpResponse:
    """Let it stand."""
    found, form = queries.offer_to_look_at(request.viewer, offer_id), KeepForm(request.POST)
    if form.is_valid():
        reporting.keep(offer=found, words=form.cleaned_data["words"], by=request.viewer, at=clock.now())
        messages.success(request, _("It stands. It is off the desk."))
        return redirect("offer_reported", found.id)
    return _page(request, found, keep=form)


@require_POST
@needs(Permission.PUBLISH, purpose=WHY)
def take_down(request: PageRequest, offer_id: uuid.UUID) -> HttpResponse:
    """Take it down, and tell those who published it why."""
    found, form = queries.offer_to_look_at(request.viewer, offer_id), TakeDownForm(request.POST)
    if form.is_valid():
        try:
            reporting.take_down(offer=found, why=form.cleaned_data["why"], by=request.viewer, at=clock.now())
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("It is taken down. %(name)s is told why.") % {"name": found.owner.name})
            return redirect("offer_reported", found.id)
    return _page(request, found, down=form)


@require_POST
@needs(Permission.PUBLISH, purpose=WHY)
def put_back(request: PageRequest, offer_id: uuid.UUID) -> HttpResponse:
    """Let it stand again."""
    found = queries.offer_to_look_at(request.viewer, offer_id)
    try:
        reporting.put_back(offer=found, by=request.viewer, at=clock.now())
    except Refused as refusal:
        messages.error(request, _(refusal.message))
    else:
        messages.success(request, _("It stands again."))
    return redirect("offer_reported", found.id)


def _page(
    request: PageRequest, found: Offer, keep: KeepForm | None = None, down: TakeDownForm | None = None
) -> HttpResponse:
    reports = queries.reports_of(request.viewer, Ref("offer", found.id))
    context = {
        "offer": found, "reports": reports, "keep": keep or KeepForm(),
        "down": down or TakeDownForm(), "is_live": found.state in LIVE_OFFERS,
        "slots": fragments(request.viewer, Ref("offer", found.id), on=clock.today(), of=found),
    }  # fmt: skip
    wrong = (keep and keep.errors) or (down and down.errors)
    return render(request, "catalogue/look.html", context, status=422 if wrong else 200)
