"""What one lends out: put there, changed, put away."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref
from samtun.operation.lending import queries
from samtun.operation.lending.actions import things
from samtun.operation.lending.models import Lendable
from samtun.operation.lending.web.forms import ThingForm
from samtun.partners.organisations.queries import own_organisations
from samtun.people.places.queries import villages

PURPOSE = "lending"


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=PURPOSE)
def new(request: PageRequest) -> HttpResponse:
    """Put something there to be borrowed."""
    owners = [body.owner for body in own_organisations(request.viewer)]
    form = ThingForm(request.POST or None, owners=owners, villages=villages(), initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = things.lend_out(
                owner=data["owner"], facts=form.facts, sent_key=data["key"] or uuid.uuid4(), by=request.viewer,
                at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("It stands on the open pages now."))
            return redirect("lending_thing", made.id)
    return render(request, "lending/thing_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=PURPOSE)
def thing(request: PageRequest, lendable_id: uuid.UUID) -> HttpResponse:
    """Show one of one's own things to change, with what has happened to it."""
    found = queries.lendable_for(request.viewer, lendable_id)
    form = _form(request, found)
    if request.method == "POST":
        act = request.POST.get("act", "save")
        if act == "away":
            things.put_away(lendable=found, by=request.viewer, at=clock.now())
            return redirect("lending_thing", found.id)
        if act == "again":
            things.take_out_again(lendable=found, by=request.viewer, at=clock.now())
            return redirect("lending_thing", found.id)
        if form.is_valid() and _save(request, found, form):
            return redirect("lending_thing", found.id)
    context: dict[str, Any] = {
        "form": form, "found": found,
        "slots": fragments(request.viewer, Ref("lendable", found.id), on=clock.today()),
    }  # fmt: skip
    return render(request, "lending/thing_form.html", context, status=422 if form.errors else 200)


def _form(request: PageRequest, found: Lendable) -> ThingForm:
    posted = request.POST if request.method == "POST" and request.POST.get("act", "save") == "save" else None
    return ThingForm(posted, owners=[found.owner], villages=villages(), found=found)


def _save(request: PageRequest, found: Lendable, form: ThingForm) -> bool:
    try:
        things.change(
            lendable=found,
            facts=form.facts,
            version=form.cleaned_data["version"] or 0,
            by=request.viewer,
            at=clock.now(),
        )
    except Refused as refusal:
        form.add_error(None, _(refusal.message))
        return False
    messages.success(request, _("Saved. What is booked stays as it is."))
    return True
