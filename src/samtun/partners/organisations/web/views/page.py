"""The organisation's own page."""

import uuid
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_noop

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.models import Share
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.refs import Ref
from samtun.partners.organisations.models import Closure, OpeningHour, Organisation
from samtun.partners.organisations.queries import members_of, organisation_for, own_organisations, shares_of
from samtun.partners.organisations.web.forms import WHAT, AppointForm, ClosedForm, ContactForm, ShareForm, WeekForm
from samtun.people.roles.rules import role_class

PURPOSE = gettext_noop("Looking after one's own organisation")


@needs(Permission.MANAGE_ORGANISATION, purpose=PURPOSE)
def own(request: PageRequest) -> HttpResponse:
    """Show the organisations the hat acts for; with one, go straight there."""
    mine = own_organisations(request.viewer)
    if len(mine) == 1:
        return HttpResponseRedirect(reverse("organisation", args=[mine[0].id]))
    return render(request, "organisations/own.html", {"organisations": mine})


@needs(Permission.MANAGE_ORGANISATION, purpose=PURPOSE)
def show(request: PageRequest, organisation: uuid.UUID) -> HttpResponse:
    """Show one organisation and what can be done."""
    return whole(request, organisation_for(request.viewer, organisation))


def whole(request: PageRequest, organisation: Organisation, **bound: Any) -> HttpResponse:
    """Render the page; `bound` holds the form that must be mended, under its name."""
    today = clock.today()
    members = members_of(organisation, on=today)
    request.scope.saw(*(m.person_id for m in members), how="listed")
    hours: dict[int, list[Any]] = {}
    for row in OpeningHour.objects.filter(organisation=organisation).order_by("weekday", "opens"):
        hours.setdefault(row.weekday, []).append((row.opens, row.closes))
    first = {"phone": organisation.phone, "email": organisation.email, "number": organisation.number}
    context = {
        "organisation": organisation,
        "members": [
            {"row": m, "role": role_class(m.role).name, "own": m.person_id == request.viewer.person} for m in members
        ],
        "shares": [
            {"line": line, "what": WHAT[Share.What(line.share.what)]} for line in shares_of(organisation, on=today)
        ],
        "closures": Closure.objects.filter(organisation=organisation, ends__gte=today).order_by("starts"),
        "contact": ContactForm(initial=first, prefix="contact"),
        "week": WeekForm(hours=hours, prefix="week"),
        "closed": ClosedForm(prefix="closed"),
        "appoint": AppointForm(organisation=organisation, prefix="appoint"),
        "sharing": ShareForm(organisation=organisation, prefix="share"),
        "slots": fragments(request.viewer, Ref("organisation", organisation.id), on=today),
    }  # fmt: skip
    context |= bound | {"form": next(iter(bound.values()), None)}
    return render(request, "organisations/organisation.html", context)
