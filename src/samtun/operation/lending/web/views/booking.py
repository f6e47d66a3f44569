"""A time is booked: by an organisation, or written down for somebody who rang."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.kernel.names import split_name
from samtun.operation.lending import queries
from samtun.operation.lending.actions import booking
from samtun.operation.lending.actions.booking import Borrower, Terms, TimeTaken
from samtun.operation.lending.enums import State, Via
from samtun.operation.lending.models import Booking, Lendable
from samtun.operation.lending.rules import lends
from samtun.operation.lending.web.forms import BookForm, WriteDownForm
from samtun.partners.organisations.queries import organisation_of, organisations_visible_to, own_organisations
from samtun.people.persons.actions import register_person
from samtun.people.persons.models import Person

PURPOSE = "lending"


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=PURPOSE)
def book(request: PageRequest, lendable_id: uuid.UUID) -> HttpResponse:
    """Book a thing for one's own organisation, or ask for it."""
    found = queries.one_offered(lendable_id)
    owners = [body.owner for body in own_organisations(request.viewer)]
    form = BookForm(request.POST or None, owners=owners, today=clock.today(), initial=_begin(request))
    return _page(request, found, form, _own_borrower, "lending/book.html")


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=PURPOSE)
def write_down(request: PageRequest, lendable_id: uuid.UUID) -> HttpResponse:
    """Write down a time for somebody who rang, as the one who lends it out."""
    request.private = True
    found = queries.lendable_for(request.viewer, lendable_id)
    owners = [body.owner for body in organisations_visible_to(request.viewer)]
    form = WriteDownForm(request.POST or None, owners=owners, today=clock.today(), initial=_begin(request))
    return _page(request, found, form, _caller, "lending/write_down.html")


def _begin(request: PageRequest) -> dict[str, Any]:
    """Return what the form begins with: the day that was pressed in the calendar."""
    return {"key": uuid.uuid4(), "on": request.GET.get("dag", "")}


def _page(request: PageRequest, found: Lendable, form: Any, who: Any, template: str) -> HttpResponse:
    taken: TimeTaken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            rows = _book(request, found, form, who)
        except TimeTaken as refusal:
            taken = refusal
            form.add_error(None, refusal.message)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _said(found, rows))
            return redirect("booking", rows[0].id)
    context = {
        "form": form, "found": found, "taken": taken, "centre": organisation_of(found.owner_id),
        "some": taken is not None and len(taken.times) < _wanted(form),
        "lends": lends(request.viewer, found.owner_id),
    }  # fmt: skip
    return render(request, template, context, status=422 if form.errors else 200)


def _wanted(form: Any) -> int:
    """Return how many times were asked for."""
    try:
        return len(form.slots)
    except (Refused, KeyError):
        return 0


def _book(request: PageRequest, found: Lendable, form: Any, who: Any) -> list[Booking]:
    data, at = form.cleaned_data, clock.now()
    slots = form.slots
    with transaction.atomic():
        borrower, via = who(request, found, data)
        terms = Terms(what=data["what"], via=via, leave_out=data["leave_out"], waits=data["waits"])
        return booking.book(
            lendable=found, slots=slots, borrower=borrower, sent_key=data["key"], by=request.viewer, at=at, terms=terms
        )


def _own_borrower(request: PageRequest, found: Lendable, data: dict[str, Any]) -> tuple[Borrower, Via]:
    key = request.viewer.person
    contact = Person.objects.filter(id=key).first() if key else None
    return Borrower(data["for_owner"], contact), Via.WEB


def _caller(request: PageRequest, found: Lendable, data: dict[str, Any]) -> tuple[Borrower, Via]:
    return Borrower(data["for_owner"], caller(request, found, data)), Via.PHONE


def caller(request: PageRequest, found: Lendable, data: dict[str, Any]) -> Person:
    """Return the person with a name and a number, known from now on to who lends it out."""
    given, family = split_name(data["name"])
    by = Viewer.system(request.municipality.id, frozenset({found.owner_id}))
    person = register_person(
        owner=found.owner, source="lending", by=by, at=clock.now(), given_name=given[:60], family_name=family[:60],
        phone=data["phone"], phone_kind=data["phone_kind"],
    )  # fmt: skip
    request.scope.saw(person.id)
    return person


def _said(found: Lendable, rows: list[Booking]) -> str:
    """Return what has happened, in a sentence."""
    state = rows[0].state
    if state == State.WAITING:
        return _("You hear from us if the time becomes free.")
    if state == State.ASKED:
        return _("Asked. %(name)s answers you within a few days.") % {"name": found.owner.name}
    number = len(rows)
    return ngettext("Booked.", "Booked, %(n)d dates.", number) % {"n": number}
