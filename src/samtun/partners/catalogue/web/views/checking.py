"""For the centre: who has asked to publish, one of them, and the two answers."""

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
from samtun.kernel.phones import spoken
from samtun.kernel.refs import Ref
from samtun.partners.catalogue import queries
from samtun.partners.catalogue.actions import checking
from samtun.partners.catalogue.web.forms import RefuseForm

WHY = gettext_noop("Checks who publishes")


@require_safe
@needs(Permission.PUBLISH, purpose=WHY)
def publishers(request: PageRequest) -> HttpResponse:
    """Show who has asked, those that wait first."""
    return render(request, "catalogue/publishers.html", {"rows": queries.publishers_for(request.viewer)})


@require_safe
@needs(Permission.PUBLISH, purpose=WHY)
def publisher(request: PageRequest, publisher_id: uuid.UUID) -> HttpResponse:
    """Show one, with what it says of itself."""
    return _page(request, queries.publisher_for(request.viewer, publisher_id))


@require_POST
@needs(Permission.PUBLISH, purpose=WHY)
def check(request: PageRequest, publisher_id: uuid.UUID) -> HttpResponse:
    """Say that it is who it says it is."""
    found = queries.publisher_for(request.viewer, publisher_id)
    try:
        checking.check(owner=found.row.owner, by=request.viewer, at=clock.now())
    except Refused as refusal:
        messages.error(request, _(refusal.message))
    else:
        messages.success(request, _("%(name)s is checked. What it publishes is open at once.") % _name(found))
    return redirect("publisher", publisher_id)


@require_POST
@needs(Permission.PUBLISH, purpose=WHY)
def refuse(request: PageRequest, publisher_id: uuid.UUID) -> HttpResponse:
    """Say that it cannot be seen who it is, and why."""
    found, form = queries.publisher_for(request.viewer, publisher_id), RefuseForm(request.POST)
    if form.is_valid():
        try:
            checking.not_who_they_say(
                owner=found.row.owner, why=form.cleaned_data["why"], by=request.viewer, at=clock.now()
            )
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("%(name)s is told. Nothing of it is open.") % _name(found))
            return redirect("publisher", publisher_id)
    return _page(request, found, form)


def _name(found: queries.Checking) -> dict[str, str]:
    return {"name": found.organisation.name}


def _page(request: PageRequest, found: queries.Checking, form: RefuseForm | None = None) -> HttpResponse:
    shown = fragments(request.viewer, Ref("publisher", found.row.id), on=clock.today(), of=found.row)
    context = {
        "found": found.row, "organisation": found.organisation, "phone": spoken(found.organisation.phone),
        "form": form or RefuseForm(), "slots": shown,
    }  # fmt: skip
    return render(request, "catalogue/publisher.html", context, status=422 if form and form.errors else 200)
