"""For the cashier of who holds it: who pays how, clip cards, invoices, the month; and for those who paid, a receipt."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from samtun.foundation.access import PageRequest, needs, public
from samtun.foundation.limits import limit
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import clips
from samtun.operation.registrations.actions import till as acts
from samtun.operation.registrations.enums import Got, Pays
from samtun.operation.registrations.web.forms import CardForm, PutRightForm, TillForm, to_ore
from samtun.operation.registrations.web.views.public import who_it_is

WHY = gettext_noop("Handles what is paid, as cashier")


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_CASH, purpose=WHY)
def till(request: PageRequest) -> HttpResponse:
    """The till: times that are paid for, clip cards, invoices to write; a new card, and what those who pay see."""
    owner, act = queries.till_owner(request.viewer), request.POST.get("act", "")
    kept = queries.till_of(owner.id)
    setup = TillForm(request.POST if act == "setup" else None, initial=TillForm.of(kept), prefix="till")
    give = CardForm(
        request.POST if act == "card" else None, prefix="card",
        initial={"key": uuid.uuid4(), "clips": kept.clips, "price": TillForm.of(kept)["price"]},
    )  # fmt: skip
    if request.method == "POST":
        try:
            if _write(request, owner, setup, give):
                return redirect("till")
        except Refused as refusal:
            (setup if act == "setup" else give).add_error(None, _(refusal.message))
    wrong = (setup.is_bound and setup.errors) or (give.is_bound and give.errors)
    context = _till(request, owner) | {"owner": owner, "setup": setup, "give": give, "till": kept}
    return render(request, "registrations/till.html", context, status=422 if wrong else 200)


def _write(request: PageRequest, owner: Owner, setup: TillForm, give: CardForm) -> bool:
    by, at = request.viewer, clock.now()
    if setup.is_bound and setup.is_valid():
        said = setup.cleaned_data
        acts.write_till(
            owner=owner, number=said["number"], clips=said["clips"], price=to_ore(said["price"]), by=by, at=at
        )
        messages.success(request, _("Saved."))
        return True
    if give.is_bound and give.is_valid():
        said = give.cleaned_data
        with transaction.atomic():
            clips.give_card(
                owner=owner, person=who_it_is(request, owner, said), clips=said["clips"], how=Got(said["how"]),
                price=to_ore(said["price"]), sent_key=said["key"], by=by, at=at,
            )  # fmt: skip
        messages.success(request, _("The card is written."))
        return True
    return False


def _till(request: PageRequest, owner: Owner) -> dict[str, Any]:
    viewer, at = request.viewer, clock.now()
    cards, due = queries.cards(viewer, owner.id), queries.invoices(viewer, owner.id)
    request.scope.saw(*(one.person.id for one in cards), *(one.row.contact_id for one in due), how="listed")
    first = clock.today().replace(day=1)
    months = [first]
    for _n in range(5):
        months.append((months[-1] - dt.timedelta(days=1)).replace(day=1))
    return {
        "cards": cards, "invoices": due, "times": queries.times_paid_for(viewer, owner.id, at=at), "months": months[1:],
        "today": clock.today(),
    }  # fmt: skip


@require_safe
@needs(Permission.HANDLE_CASH, purpose=WHY)
def sheet(request: PageRequest) -> HttpResponse:
    """The cashier's own sheet on paper: clip cards with boxes to cross off, and invoices to write."""
    owner = queries.till_owner(request.viewer)
    context = _till(request, owner) | {"owner": owner, "printed_on": clock.today()}
    return render(request, "registrations/till_sheet.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_CASH, purpose=WHY)
def card(request: PageRequest, person_id: uuid.UUID) -> HttpResponse:
    """One clip card with what was written on it, and a new line that puts right what was wrong."""
    owner = queries.till_owner(request.viewer)
    one, rows = queries.card_of(request.viewer, owner.id, person_id)
    request.scope.saw(one.person.id)
    form = PutRightForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            clips.put_right(
                owner=owner, person=one.person, change=said["change"], words=said["words"], sent_key=said["key"],
                by=request.viewer, at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("It is put right, on a new line."))
            return redirect("till_card", person_id)
    context = {"one": one, "rows": rows, "form": form}
    return render(request, "registrations/card.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_CASH, purpose=WHY)
def cash(request: PageRequest, occurrence_id: uuid.UUID) -> HttpResponse:
    """Who pays how at a time, for the cashier of who holds it and nobody else; what has come in is ticked."""
    time = queries.time_told(occurrence_id)
    if time is None:
        raise NotYours
    lines = queries.cash(request.viewer, time)
    request.scope.saw(*(line.row.contact_id for line in lines), how="listed")
    if request.method == "POST":
        row = next((line.row.id for line in lines if str(line.row.id) == request.POST.get("row")), None)
        if row is None or request.POST.get("act") not in {"in", "out"}:
            raise NotYours
        try:
            acts.note_settled(
                occurrence=time, registration=row, is_settled=request.POST["act"] == "in", by=request.viewer,
                at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            messages.error(request, _(refusal.message))
        return redirect("registration_cash", time.id)
    return render(request, "registrations/cash.html", {"row": time, "it": time.activity, "lines": lines})


@require_safe
@needs(Permission.HANDLE_CASH, purpose=WHY)
def month(request: PageRequest, year: int, month: int) -> HttpResponse:
    """How many paid in each way in a month, as it may be told to a board: no count under five can be worked out."""
    if not (1 <= month <= 12 and 2000 <= year <= 2100):
        raise Http404
    owner = queries.till_owner(request.viewer)
    found = queries.month_told(request.viewer, owner.id, year, month, at=clock.now())
    rows, told = found or ([], None)
    context: dict[str, Any] = {
        "owner": owner, "month": dt.date(year, month, 1), "told": told, "ways": [way.label for way in Pays],
        "printed_on": clock.today(),
    }  # fmt: skip
    if told is not None:
        context["lines"] = [
            (one, told.rows[n] if told.rows else None, told.cells[n] if told.cells else None)
            for n, one in enumerate(rows)
        ]
        context["columns"] = list(zip(context["ways"], told.columns, strict=True)) if told.columns else []
    return render(request, "registrations/month.html", context)


@require_safe
@public
def receipt(request: PageRequest, token: str) -> HttpResponse:
    """That it is in order, for whoever has the own page: the amount only of what one paid oneself, and never how."""
    request.private = True
    limit("registration_own", request.META.get("REMOTE_ADDR", ""), at=clock.now(), most=200)
    rows = queries.by_token(token)
    time = queries.time_been(rows[0], at=clock.now())
    found = queries.receipt(rows, time) if time else None
    if found is None:
        raise NotYours
    context = {
        "row": time, "found": found, "owner": rows[0].activity.owner, "is_hidden": not rows[0].activity.is_listed,
        "amount": (found.amount or 0) / 100, "printed_on": clock.today(),
    }  # fmt: skip
    return render(request, "registrations/receipt.html", context)
