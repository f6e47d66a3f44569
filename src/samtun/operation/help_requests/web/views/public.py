"""«Spør om hjelp»: without an account, proved by a code or a call back (decisions 22)."""

import uuid

from django.core import signing
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samtun.anchoring.responsibilities.queries import task_types
from samtun.foundation.access import PageRequest, public
from samtun.foundation.limits import limit
from samtun.foundation.models import Owner
from samtun.foundation.presence import there_words
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.kernel.ids import uuid7
from samtun.kernel.names import split_name
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.actions.entering import CameFrom, Wish
from samtun.operation.help_requests.enums import AskerHears, RequestState, Source
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.help_requests.rules import door_code_fits
from samtun.operation.help_requests.web.forms import CodeForm, PublicForm
from samtun.partners.organisations.queries import answering_owner, organisation_of
from samtun.people.persons.actions import register_person
from samtun.people.places.queries import villages

WAITS_FOR_CODE = 900


@public
def ask_for_help(request: PageRequest) -> HttpResponse:
    """The form, with a telephone number before it."""
    owner = answering_owner()
    shared = {"types": [t for t in task_types() if not t.is_declined], "today": clock.today(), "villages": villages()}
    form = PublicForm(request.POST or None, initial={"key": uuid7()}, **shared)
    if request.method == "POST" and form.is_valid():
        try:
            return _receive(request, form, owner)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
    context = {"form": form, "centre": organisation_of(owner.id)}
    return render(request, "help_requests/ask_for_help.html", context, status=422 if form.is_bound else 200)


def _receive(request: PageRequest, form: PublicForm, owner: Owner) -> HttpResponse:
    at, data = clock.now(), form.cleaned_data
    limit("ask_for_help", request.META.get("REMOTE_ADDR", ""), at=at, most=10)
    by = Viewer.system(request.municipality.id, frozenset({owner.id}))
    for_self = data["for_whom"] == "self"
    given, family = split_name(data["name"] if for_self else data["other_name"])
    facts = {
        "given_name": given, "family_name": family, "phone": data["phone"] if for_self else data["other_phone"],
        "phone_kind": data["phone_kind"] if for_self else "landline", "village": data["village"],
    }  # fmt: skip
    wish = Wish(
        task_type=data["task_type"], on=data["on"], at=data["at"], words=data["words"],
        minutes=data["minutes"] or data["task_type"].usual_minutes, asked_by="" if for_self else data["name"],
        asked_by_phone="" if for_self else data["phone"],
        asker_hears=AskerHears.CALL if data["phone_kind"] == "landline" else None,
    )  # fmt: skip
    with transaction.atomic():
        key = data["key"] or uuid7()
        if actions.taken_already(owner=owner, key=key):
            return redirect("ask_for_help_thanks")
        person = register_person(owner=owner, source="web", by=by, at=at, **{k: v for k, v in facts.items() if v})
        made = actions.take_call(
            owner=owner, recipient=person, wish=wish, source=Source.WEB, is_proven=False, key=key, by=by, at=at
        )
        actions.follow_up_entry(
            request=made, came_from=CameFrom(), gives=data["gives"], wants_too=data["wants_too"], by=by, at=at
        )
        code_id = None
        if for_self and data["phone_kind"] == "mobile":
            code_id = actions.send_door_code(person=person.id, owner=owner.id, by=by, at=at)
    if code_id is None:
        return redirect("ask_for_help_thanks")
    response = redirect("ask_for_help_code", made.id)
    response.set_signed_cookie(
        "samtun_prove", f"{made.id}|{code_id}", salt="prove", max_age=WAITS_FOR_CODE, httponly=True, samesite="Lax",
        path="/hjelp/",
    )  # fmt: skip
    return response


@public
def prove(request: PageRequest, request_id: uuid.UUID) -> HttpResponse:
    """The code we sent shows that it was really them; without it we ring back all the same."""
    try:
        kept, _bar, code_id = (
            request.get_signed_cookie("samtun_prove", salt="prove", max_age=WAITS_FOR_CODE) or ""
        ).partition("|")
    except (KeyError, signing.BadSignature):
        return redirect("ask_for_help_thanks")
    found = HelpRequest.objects.filter(id=request_id).first()
    if found is None or kept != str(request_id):
        raise Http404
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        try:
            limit("prove_try", str(request_id), at=at, most=6)
            fits = door_code_fits(uuid.UUID(code_id), form.cleaned_data["code"], at=at)
        except Refused as refusal:
            form.add_error("code", _(refusal.message))
        else:
            if fits:
                by = Viewer.system(request.municipality.id, frozenset({found.owner_id}))
                if found.state == RequestState.UNPROVEN:
                    actions.prove(request=found, how="code", by=by, at=at)
                return redirect("ask_for_help_thanks")
            form.add_error(
                "code",
                _("That is not the code, or it is older than ten minutes. We ring you instead if it does not work."),
            )
    return render(request, "help_requests/code.html", {"form": form}, status=422 if form.is_bound else 200)


@public
def thanks(request: PageRequest) -> HttpResponse:
    """Thank, and say when someone is there."""
    owner = answering_owner()
    context = {"centre": organisation_of(owner.id), "there": there_words(owner.id, clock.now())}
    return render(request, "help_requests/thanks.html", context)
