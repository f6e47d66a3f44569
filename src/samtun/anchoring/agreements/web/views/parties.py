"""What is each party's own: goal and gain, whom to talk with, its backing, and that it stops."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from samtun.anchoring.agreements import actions, queries
from samtun.anchoring.agreements.models import Party
from samtun.anchoring.agreements.rules import answers_for, notes_for
from samtun.anchoring.agreements.web.forms import AddForm, BackingForm, ContactForm, OwnForm, RestOnForm, StopForm
from samtun.anchoring.agreements.web.views.agreements import WHY
from samtun.anchoring.forums.rules import acts_for
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.forms import Form
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused


@require_safe
@needs(Permission.OWN_PAGE, purpose=WHY)
def party(request: PageRequest, party_id: uuid.UUID) -> HttpResponse:
    """Lead from what is due for a party to its agreement."""
    return redirect("agreement", queries.party_for(request.viewer, party_id).agreement_id)


@dataclass(frozen=True, slots=True)
class Says:
    """One thing a party says of its own: the form, the act, and the words around them."""

    form: Callable[[PageRequest, Party], Form]
    do: Callable[..., Any]
    title: str | Promise
    button: str | Promise
    done: str | Promise
    lead: str | Promise = ""


def _data(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _own_form(request: PageRequest, found: Party) -> Form:
    on_behalf = not acts_for(request.viewer, found.owner_id)
    first = {"goal": found.goal, "gain": found.gain}
    return OwnForm(_data(request), initial=first, today=clock.today(), on_behalf=on_behalf)


def _own(found: Party, form: OwnForm, **who: Any) -> None:
    data = form.cleaned_data
    actions.write_own(party=found, goal=data["goal"], gain=data["gain"], spoken=form.spoken, **who)


def _contact_form(request: PageRequest, found: Party) -> Form:
    people = queries.could_be_contact(request.viewer, found, on=clock.today())
    first = {"contact": str(found.contact_id or ""), "deputy": str(found.deputy_id or "")}
    return ContactForm(_data(request), initial=first, people=people)


def _contact(found: Party, form: Form, **who: Any) -> None:
    actions.name_contact(party=found, **form.cleaned_data, **who)


def _backing_form(request: PageRequest, found: Party) -> Form:
    first = {"words": found.backed_words, "on": found.backed_on or clock.today()}
    return BackingForm(_data(request), initial=first, today=clock.today())


def _backing(found: Party, form: Form, **who: Any) -> None:
    actions.note_backing(party=found, **form.cleaned_data, **who)


def _rest_form(request: PageRequest, found: Party) -> Form:
    return RestOnForm(_data(request), items=queries.decided_items(request.viewer, on=clock.today()))


def _rest(found: Party, form: Form, **who: Any) -> None:
    actions.rest_on_decision(party=found, **form.cleaned_data, **who)


def _stop_form(request: PageRequest, found: Party) -> Form:
    return StopForm(_data(request), today=clock.today())


def _stop(found: Party, form: Form, **who: Any) -> None:
    actions.stop(party=found, words=form.cleaned_data["why"], last_day=form.cleaned_data["last_day"], **who)


SAYS: dict[str, Says] = {
    "ord": Says(_own_form, _own, gettext_lazy("What you want, and what you gain"), gettext_lazy("Save"),
                gettext_lazy("Saved."), gettext_lazy("A line each. Only your own side writes this.")),
    "kontakt": Says(_contact_form, _contact, gettext_lazy("Who is to be talked with?"), gettext_lazy("Save"),
                    gettext_lazy("Saved."), gettext_lazy("Somebody who has a role at your side, and another who "
                                                         "steps in.")),
    "forankring": Says(_backing_form, _backing, gettext_lazy("What your own board or council has decided"),
                       gettext_lazy("Write it down"), gettext_lazy("Written down.")),
    "forum": Says(_rest_form, _rest, gettext_lazy("Rest it on what a forum has decided"), gettext_lazy("Tie it"),
                  gettext_lazy("Tied. It stands on the agreement.")),
    "stopp": Says(_stop_form, _stop, gettext_lazy("Say that you stop"), gettext_lazy("Say that we stop"),
                  gettext_lazy("Said. The others are told."),
                  gettext_lazy("You may always stop, and need not say why. The others are told the last day.")),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def say(request: PageRequest, party_id: uuid.UUID, act: str) -> HttpResponse:
    """Say something of one's own side; one's goal and gain may also be written down as said on the telephone."""
    found = queries.party_for(request.viewer, party_id)
    if act not in SAYS or not _may(request, found, act):
        raise NotYours
    says = SAYS[act]
    form = says.form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            says.do(found, form, by=request.viewer, at=clock.now())
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, str(says.done))
            return redirect("agreement", found.agreement_id)
    context = {
        "found": found.agreement, "form": form, "title": says.title, "button_words": says.button, "lead": says.lead,
        "whose": found.owner.name,
    }  # fmt: skip
    return render(request, "agreements/say.html", context, status=422 if form.errors else 200)


def _may(request: PageRequest, found: Party, act: str) -> bool:
    viewer = request.viewer
    if act == "stopp":
        return answers_for(viewer, found.owner_id)
    if act == "ord" and notes_for(viewer, queries.parties_of(found.agreement)):
        return True
    return acts_for(viewer, found.owner_id)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def add(request: PageRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Bring one more in, while the agreement is being made."""
    whole = queries.agreement_for(request.viewer, agreement_id, on=clock.today())
    if not queries.spoken_for(request.viewer, whole.parties):
        raise NotYours
    inside = {p.owner_id for p in whole.standing}
    form = AddForm(_data(request), others=[o for o in queries.to_agree_with(request.viewer) if o.id not in inside])
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_party(agreement=whole.row, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("One more party is in. Propose a text again, so that all can answer."))
            return redirect("agreement", agreement_id)
    context = {"found": whole.row, "form": form, "title": _("Bring one more in"), "button_words": _("Bring in")}
    return render(request, "agreements/say.html", context, status=422 if form.errors else 200)
