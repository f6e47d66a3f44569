"""A call on one screen: find the person as you type, or make a new one; what, where, when."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samtun.anchoring.responsibilities.queries import task_types
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.kernel.ids import uuid7
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.actions.entering import CameFrom, Wish
from samtun.operation.help_requests.enums import RequestState, Source
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.help_requests.web.forms import CallForm, person_label
from samtun.operation.volunteers.queries import volunteers_visible_to
from samtun.people.consents.actions import record_consent
from samtun.people.persons.actions import register_person
from samtun.people.persons.models import Person
from samtun.people.persons.queries import find_as_you_type, person_for
from samtun.people.places.queries import villages

PERSON_FIELDS = ("given_name", "family_name", "phone", "phone_kind", "address", "village")


@needs(Permission.HANDLE_REQUESTS, purpose="taking a call")
def call(request: PageRequest) -> HttpResponse:
    """Show the screen, look a person up without losing what is typed, or write the request down."""
    at = clock.now()
    q = request.POST.get("q", request.GET.get("q", ""))
    hits = [
        person_label(h.id, h.name, h.village, h.phone_end, h.birth_year)
        for h in find_as_you_type(request.viewer, q, at=at)
    ]
    chosen = request.POST.get("person", request.GET.get("person", ""))
    if chosen not in {"", "new"} and chosen not in dict(hits):
        hits += _chosen(request.viewer, chosen)
    shared: dict[str, Any] = {"types": list(task_types()), "today": clock.today(), "villages": villages(), "hits": hits}
    looks_up = request.method == "POST" and "find" in request.POST
    if request.headers.get("HX-Request") and (looks_up or request.method == "GET"):
        form = CallForm(initial={"q": q, "person": chosen}, **shared)
        return render(request, "help_requests/call.html#hits", {"form": form, "hits": hits, "q": q})
    if request.method == "POST" and not looks_up:
        form = CallForm(request.POST, **shared)
        if form.is_valid():
            try:
                made = save_call(form, request.viewer, at)
            except Refused as refusal:
                form.add_error(None, _(refusal.message))
            else:
                messages.success(request, told(made))
                return redirect("help_request", made.id)
        return render(request, "help_requests/call.html", {"form": form, "hits": hits, "q": q}, status=422)
    initial = {k: request.POST.get(k) for k in CallForm.base_fields if k in request.POST} | {
        "q": q,
        "person": chosen,
    }
    form = CallForm(initial={"key": uuid7()} | initial, **shared)
    return render(request, "help_requests/call.html", {"form": form, "hits": hits, "q": q, "looked": bool(q)})


def _chosen(viewer: Viewer, chosen: str) -> list[tuple[str, str]]:
    """Keep the person already chosen among the choices when another search has been made."""
    try:
        person = person_for(viewer, UUID(chosen))
    except (ValueError, Refused):
        return []
    return [person_label(person.id, person.full_name, "", person.phone[-4:], person.birth_year)]


def save_call(form: CallForm, viewer: Viewer, at: dt.datetime) -> HelpRequest:
    """Write down the person if new, the consent if given, and the request: all or nothing."""
    data = form.cleaned_data
    with transaction.atomic():
        owner = Owner.objects.get(id=next(iter(viewer.owners)))
        key = data["key"] or uuid7()
        if before := actions.taken_already(owner=owner, key=key):
            return before
        person = _person(form, owner, viewer, at)
        not_wanted = _not_wanted(form.names_not_wanted(), viewer)
        consent = None
        if data["asked_by"] and data["consent"]:
            consent = record_consent(
                person=person, basis="self", given_by=person.full_name, what="The wish for help", passed_to=owner,
                owner=owner, purpose="Finding a volunteer", form="oral", by=viewer, at=at,
            )  # fmt: skip
        wish = Wish(
            task_type=data["task_type"], on=data["on"], at=data["at"], minutes=data["minutes"], words=data["words"],
            asked_by=data["asked_by"], asked_by_phone=data["asked_by_phone"],
        )  # fmt: skip
        made = actions.take_call(
            owner=owner, recipient=person, wish=wish, source=Source(data["source"] or Source.CALL), consent=consent,
            not_wanted=not_wanted, key=key, by=viewer, at=at,
        )  # fmt: skip
        came_from = CameFrom(referral=data["referral"], note=data["note"], inbound=data["inbound"])
        actions.follow_up_entry(
            request=made, came_from=came_from, gives=data["gives"], wants_too=data["wants_too"], by=viewer, at=at
        )
        return made


def _person(form: CallForm, owner: Owner, viewer: Viewer, at: dt.datetime) -> Person:
    if not form.is_new:
        return person_for(viewer, UUID(form.cleaned_data["person"]))
    facts = {f: form.cleaned_data[f] for f in PERSON_FIELDS if form.cleaned_data.get(f)}
    return register_person(owner=owner, source="call", by=viewer, at=at, **facts)


class NameNotFound(Refused):
    """Nobody by that name can be asked by you. Check the spelling; if it is right, leave the field empty."""


def _not_wanted(names: list[str], viewer: Viewer) -> list[Person]:
    """Return the persons behind the names, among those who could be asked; nobody else could come up anyway."""
    if not names:
        return []
    could = {
        v.person.full_name.lower(): v.person
        for v in volunteers_visible_to(viewer, on=clock.today()).select_related("person")
    }
    found = [could[n.lower()] for n in names if n.lower() in could]
    if len(found) < len(names):
        raise NameNotFound
    return found


def told(made: HelpRequest) -> str:
    """Say what happened, and what happens next."""
    if made.state == RequestState.DECLINED:
        return (
            _("Written down. This is outside what volunteers do here.")
            + "\n"
            + _("The person is told kindly, with the way on.")
        )
    if made.state == RequestState.UNPROVEN:
        return _("Written down. It waits until the person has said yes.") + "\n" + _("Nobody is asked before that.")
    if made.state == RequestState.NEW:
        return (
            _("Written down.")
            + "\n"
            + _("Someone with the right to must say whose task it is, before anyone is asked.")
        )
    return _("Written down.") + "\n" + _("Now choose whom to ask.")
