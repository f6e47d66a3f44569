"""The desk of those who lend out: what is asked, what goes out and comes back; one booking; how much it is used."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.operation.lending import queries
from samtun.operation.lending.actions import answering, handing
from samtun.operation.lending.actions.booking import TimeTaken, claim
from samtun.operation.lending.models import Booking
from samtun.operation.lending.rules import Slot, borrows, lends
from samtun.operation.lending.web.forms import AcceptForm, BackForm, CancelForm, DeclineForm
from samtun.people.persons.models import Person

PURPOSE = "lending"
YEARS = range(2020, 2100)


@require_safe
@needs(Permission.PUBLISH, purpose=PURPOSE)
def desk(request: PageRequest) -> HttpResponse:
    """Show what is asked for, today's hand-overs, what comes, what one lends and what one borrows."""
    viewer, at, today = request.viewer, clock.now(), clock.today()
    context = {
        "asked": queries.asked_of(viewer, at=at), "today": queries.arrives_today(viewer, on=today),
        "late": queries.late_of(viewer, at=at), "coming": queries.coming_of(viewer, on=today),
        "ours": queries.borrowed_by(viewer, at=at), "things": queries.things_of(viewer), "on": today,
        "seasons": queries.seasons_to_wish_in(viewer, on=today),
    }  # fmt: skip
    return render(request, "lending/desk.html", context)


@require_safe
@needs(Permission.PUBLISH, purpose=PURPOSE)
def use(request: PageRequest) -> HttpResponse:
    """Show how much each thing is used, by month, and no person."""
    asked, now = request.GET.get("aar", ""), clock.now()
    year = next((one for one in YEARS if str(one) == asked), wall(now).year)
    rows = queries.use_of(request.viewer, year, at=now)
    return render(request, "lending/use.html", {"rows": rows, "year": year, "months": range(1, 13)})


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=PURPOSE)
def booking(request: PageRequest, booking_id: uuid.UUID) -> HttpResponse:
    """Show one booking to those who lend it out and those who borrow it, with what can be done now."""
    request.private = True
    found = queries.booking_for(request.viewer, booking_id)
    forms: dict[str, Any] = {}
    if request.method == "POST":
        forms = _act(request, found)
        if not forms:
            return redirect("booking", found.id)
    return _page(request, found, forms)


def _page(request: PageRequest, found: Booking, forms: dict[str, Any]) -> HttpResponse:
    viewer, slot, at = request.viewer, Slot.from_booking(found), clock.now()
    batch = queries.batch_of(found)
    asked = [row for row in batch if row.state == "asked"]
    clash = queries.taken(found.lendable, [Slot.from_booking(row) for row in asked])
    is_taken = found.state in {"asked", "waiting"} and slot in (clash or queries.taken(found.lendable, [slot]))
    reached = found.contact if isinstance(found.contact, Person) else None
    context = {
        "found": found, "slot": slot, "batch": [(row, Slot.from_booking(row)) for row in batch], "who":
        queries.who_borrows(found), "contact": reached, "lends": lends(viewer, found.lendable.owner_id),
        "borrows": found.for_owner_id is not None and borrows(viewer, found.for_owner_id), "asked": len(asked),
        "clash": clash, "near": queries.nearest(found.lendable, slot, at=at) if clash else [], "is_taken": is_taken,
        "steps": queries.steps_of(found), "ahead": found.finishes_at > at, "several": len(batch) > 1,
        "accept_form": AcceptForm(prefix="yes"), "decline_form": DeclineForm(prefix="no"),
        "cancel_form": CancelForm(prefix="end"), "back_form": BackForm(prefix="back"),
    } | forms  # fmt: skip
    return render(request, "lending/booking.html", context, status=422 if forms else 200)


def _act(request: PageRequest, found: Booking) -> dict[str, Any]:
    """Do what was pressed; return the form to show anew when something must be mended."""
    act, post, by = request.POST.get("act", ""), request.POST, {"by": request.viewer, "at": clock.now()}
    made: dict[str, Any] = {
        "accept": lambda: AcceptForm(post, prefix="yes"), "decline": lambda: DeclineForm(post, prefix="no"),
        "cancel": lambda: CancelForm(post, prefix="end"), "back": lambda: BackForm(post, prefix="back"),
    }  # fmt: skip
    if act in {"hand_over", "give_back", "give_back_rest", "claim"}:
        try:
            _plain(act, found, by)
        except Refused as refusal:
            messages.error(request, _(refusal.message))
        return {}
    if act not in made:
        raise NotYours
    form = made[act]()
    if form.is_valid():
        try:
            _do(act, found, form.cleaned_data, by)
        except TimeTaken as refusal:
            form.add_error(None, refusal.message)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
    return {f"{act}_form": form} if form.errors else {}


def _plain(act: str, found: Booking, by: dict[str, Any]) -> None:
    if act == "hand_over":
        handing.hand_over(booking=found, **by)
    elif act == "claim":
        claim(booking=found, **by)
    else:
        handing.give_back(booking=found, whole=act == "give_back_rest", **by)


def _do(act: str, found: Booking, data: dict[str, Any], by: dict[str, Any]) -> None:
    if act == "accept":
        answering.accept(booking=found, words=data["words"], leave_out=data["leave_out"], **by)
    elif act == "decline":
        answering.decline(booking=found, words=data["words"], **by)
    elif act == "cancel":
        handing.cancel(booking=found, words=data["words"], whole=data["whole"], **by)
    else:
        handing.take_back(booking=found, condition=data["condition"], words=data["words"], **by)
