"""Open to everyone: what is on offer, one offer with the telephone first, something wrong with it, and the booklet."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.foundation.access import PageRequest, public
from samtun.foundation.limits import limit
from samtun.foundation.refs import describe
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.phones import spoken
from samtun.kernel.refs import Ref
from samtun.partners.catalogue import queries
from samtun.partners.catalogue.actions import reporting
from samtun.partners.catalogue.adapters.paper import Booklet, Entry, Part, booklet_pdf
from samtun.partners.catalogue.enums import Category, Group, Known, OfferState
from samtun.partners.catalogue.models import ACCESS, Offer
from samtun.partners.catalogue.queries import Asked, Row
from samtun.partners.catalogue.web.forms import FACTS, ReportForm, chosen_village
from samtun.partners.organisations.queries import answering_owner, organisation_of
from samtun.people.places.models import Village
from samtun.people.places.queries import villages

MOST_DRAWN = 120
"""Sheets that one machine may have drawn in a quarter of an hour, the programme's too."""


def _asked(request: PageRequest, places: list[Village]) -> Asked:
    given = request.GET
    village = chosen_village(given.get("grend", ""), places)
    return Asked(
        village.id if village else None, given.get("kven", ""), given.get("slag", ""), given.get("gratis") == "1",
        given.get("ord", "")[:80],
    )  # fmt: skip


@require_safe
@public
def offers(request: PageRequest) -> HttpResponse:
    """Show what stands ready, on six shelves, with what was asked for."""
    places = list(villages())
    asked = _asked(request, places)
    context = {
        "shelves": queries.open_offers(asked, on=clock.today(), villages=places), "asked": asked, "villages": places,
        "groups": Group.choices, "categories": Category.choices, "easy": request.GET.get("lett") == "1",
        "centre": organisation_of(answering_owner().id), "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "catalogue/offers.html", context)


@require_safe
@public
def offer(request: PageRequest, offer_id: uuid.UUID) -> HttpResponse:
    """Show one, whom to ring first."""
    found = queries.open_offer(offer_id)
    (row,) = queries.rows_of([found], on=clock.today(), villages=list(villages()))
    context = {
        "row": row, "offer": found, "is_open": found.state == OfferState.OPEN, "access": access_words(found),
        "groups": [Group(g).label for g in found.groups], "easy": request.GET.get("lett") == "1",
        "slots": fragments(request.viewer, Ref("open_offer", found.id), on=clock.today(), of=found),
        "centre": organisation_of(answering_owner().id),
    }  # fmt: skip
    return render(request, "catalogue/offer.html", context, status=200 if context["is_open"] else 410)


def access_words(found: Offer) -> list[tuple[str, str]]:
    """Return what is known of getting in and being there; one line to ring and ask when nothing is."""
    known = [
        (str(FACTS[name]), str(Known(getattr(found, name)).label))
        for name in ACCESS
        if getattr(found, name) != Known.UNKNOWN
    ]
    return known or [(_("Getting in and being there"), str(Known.UNKNOWN.label))]


@require_http_methods(["GET", "POST"])
@public
def report(request: PageRequest, ref_id: uuid.UUID, kind: str) -> HttpResponse:
    """Say that something is wrong with what is before everyone: anyone, without logging in."""
    ref, form, done = Ref(kind, ref_id), ReportForm(request.POST or None), False
    shown = describe(Viewer.anonymous(request.municipality.id), ref)
    if shown is None:
        raise NotYours
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            limit("report", request.META.get("REMOTE_ADDR", ""), at=clock.now(), most=10)
            reporting.report(
                ref=ref, words=data["words"], phone=data["phone"], sent_key=data["key"], by=request.viewer,
                at=clock.now(),
            )  # fmt: skip
            done = True
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
    request.private = True
    context = {
        "title": shown[0], "back": shown[1], "form": form, "done": done,
        "centre": organisation_of(answering_owner().id),
    }  # fmt: skip
    return render(request, "catalogue/report.html", context, status=422 if form.errors else 200)


@require_safe
@public
def booklet(request: PageRequest) -> HttpResponse:
    """Give what was asked for as a booklet in large type."""
    limit("paper", request.META.get("REMOTE_ADDR", ""), at=clock.now(), most=MOST_DRAWN)
    places = list(villages())
    shelves = queries.open_offers(_asked(request, places), on=clock.today(), villages=places)
    centre = organisation_of(answering_owner().id)
    paper = Booklet(
        language=get_language() or "nb", title=_("What is on offer"),
        lead=f"{centre.name} {spoken(centre.phone)}".strip(),
        printed=_("Printed %(day)s") % {"day": date_format(clock.today(), "j. F Y")},
        address=request.build_absolute_uri(reverse("offers")), none=_("Nothing here"),
        parts=[Part(str(shelf.label), [_entry(row) for row in rows]) for shelf, rows in shelves],
    )  # fmt: skip
    return HttpResponse(booklet_pdf(paper), content_type="application/pdf")


def _entry(row: Row) -> Entry:
    one = row.offer
    ring = " ".join(p for p in (spoken(one.phone), one.answers) if p)
    since = {"day": date_format(one.confirmed_on, "F Y")}
    lines = [
        f"{_('Ring:')} {ring}" if ring else "", one.hours, one.place, row.where, str(one.get_transport_display()),
        _("It is free") if one.is_free else one.price, one.owner.name,
        _("Nobody has confirmed this since %(day)s.") % since if row.grey else "",
    ]  # fmt: skip
    return Entry(one.title, one.about, [line for line in lines if line])
