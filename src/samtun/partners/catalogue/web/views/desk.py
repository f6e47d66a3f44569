"""For those who publish: what one's own organisation has on offer; new, changed, still right, handed on, ended."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.forms import OneOf
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.partners.catalogue import queries
from samtun.partners.catalogue.actions import offers
from samtun.partners.catalogue.enums import LIVE_OFFERS, Category, OfferState
from samtun.partners.catalogue.models import Offer
from samtun.partners.catalogue.rules import ask_on
from samtun.partners.catalogue.web.forms import HandOnForm, OfferForm, SortForm, as_written
from samtun.people.places.queries import villages

WHY = gettext_noop("Publishes what is on offer")


@require_safe
@needs(Permission.PUBLISH, purpose=WHY)
def own_offers(request: PageRequest) -> HttpResponse:
    """Show what one's own have on offer, and where the one who checks looks."""
    rows = queries.rows_of(queries.own_offers(request.viewer), on=clock.today(), villages=list(villages()))
    return render(request, "catalogue/own.html", {"rows": rows, "checks": queries.checks(request.viewer)})


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=WHY)
def new(request: PageRequest) -> HttpResponse:
    """First what it is and where, to see who nearly does it already; then the rest."""
    owners = queries.publishing_owners(request.viewer)
    if not owners:
        raise NotYours
    sort = SortForm(request.GET or None, villages=villages())
    if request.method == "GET" and not sort.is_valid():
        return render(request, "catalogue/sort.html", {"form": sort}, status=422 if sort.errors else 200)
    village = sort.cleaned_data.get("grend") if sort.is_valid() else None
    category = sort.cleaned_data["slag"] if sort.is_valid() else request.POST.get("category", "")
    initial = {"key": uuid.uuid4(), "category": category, "villages": [village] if village else []}
    form = OfferForm(request.POST or None, owners=owners, villages=villages(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = offers.put_on_offer(
                owner=form.cleaned_data["owner"], told=form.told(), sent_key=form.cleaned_data["key"],
                by=request.viewer, at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _said(made))
            return redirect("own_offer", made.id)
    near = (
        queries.near(category, village.id if village else None, [], on=clock.today())
        if category in Category.values
        else []
    )
    context = {"form": form, "near": near}
    return render(request, "catalogue/write.html", context, status=422 if form.errors else 200)


def _said(made: Offer) -> str:
    if made.state == OfferState.OPEN:
        return _("It is open to everyone now. In half a year we ask whether it is still right.")
    return _("It is written. Your centre looks at who you are first, within an opening day; you are told.")


@require_safe
@needs(Permission.PUBLISH, purpose=WHY)
def own_offer(request: PageRequest, offer_id: uuid.UUID) -> HttpResponse:
    """Show one of one's own, with what can be done now."""
    return _page(request, queries.own_offer(request.viewer, offer_id))


def _page(request: PageRequest, found: Offer, hand_on: HandOnForm | None = None) -> HttpResponse:
    if hand_on is None:
        hand_on = _hand_on_form(request, found)
    (row,) = queries.rows_of([found], on=clock.today(), villages=list(villages()))
    context = {
        "offer": found, "row": row, "is_live": found.state in LIVE_OFFERS, "hand_on": hand_on,
        "asked_on": ask_on(found.confirmed_on), "slots": fragments(
            request.viewer, Ref("offer", found.id), on=clock.today(), of=found
        ),
    }  # fmt: skip
    return render(request, "catalogue/own_offer.html", context, status=422 if hand_on.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=WHY)
def change(request: PageRequest, offer_id: uuid.UUID) -> HttpResponse:
    """Change what is told."""
    found = queries.own_offer(request.viewer, offer_id)
    form = OfferForm(request.POST or None, owners=[found.owner], villages=villages(), initial=as_written(found))
    version = request.POST.get("version", "") if request.method == "POST" else str(found.version)
    if request.method == "POST" and form.is_valid():
        number = int(version) if version.isdecimal() and len(version) < 10 else 0
        try:
            offers.change(offer=found, told=form.told(), version=number, by=request.viewer, at=clock.now())
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("It is changed, and stands as confirmed today."))
            return redirect("own_offer", found.id)
    context = {"form": form, "found": found, "version": version}
    return render(request, "catalogue/write.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.PUBLISH, purpose=WHY)
def confirm(request: PageRequest, offer_id: uuid.UUID) -> HttpResponse:
    """Say that it is still right."""
    return _act(request, offer_id, offers.confirm, _("Thank you. It stands as confirmed today."))


@require_POST
@needs(Permission.PUBLISH, purpose=WHY)
def end(request: PageRequest, offer_id: uuid.UUID) -> HttpResponse:
    """Take it off offer."""
    return _act(request, offer_id, offers.end, _("It is not on offer any more. Its old address says so."))


@require_POST
@needs(Permission.PUBLISH, purpose=WHY)
def hand_on(request: PageRequest, offer_id: uuid.UUID) -> HttpResponse:
    """Let another organisation answer for it."""
    found = queries.own_offer(request.viewer, offer_id)
    form = _hand_on_form(request, found, request.POST)
    if form.is_valid():
        to = form.cleaned_data["to"]
        try:
            offers.hand_on(offer=found, to=to, by=request.viewer, at=clock.now())
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("%(name)s answers for it from now on.") % {"name": to.name})
            return redirect("own_offers")
    return _page(request, found, form)


def _hand_on_form(request: PageRequest, found: Offer, data: Any = None) -> HandOnForm:
    form = HandOnForm(data)
    form.part("to", OneOf).offer(queries.could_take_over(request.viewer, found))
    return form


def _act(request: PageRequest, offer_id: uuid.UUID, does: Callable[..., Offer], said: str) -> HttpResponse:
    found, at = queries.own_offer(request.viewer, offer_id), clock.now()
    _do(request, does, found, at, said)
    return redirect("own_offer", found.id)


def _do(request: PageRequest, does: Callable[..., Offer], found: Offer, at: dt.datetime, said: str) -> None:
    try:
        does(offer=found, by=request.viewer, at=at)
    except Refused as refusal:
        messages.error(request, _(refusal.message))
    else:
        messages.success(request, said)
