"""Concerns, for those who receive them: the list, one of them, and one written down for somebody who rings."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.evaluation.feedback.actions import concerning as actions
from samtun.evaluation.feedback.enums import ConcernState
from samtun.evaluation.feedback.models import Concern
from samtun.evaluation.feedback.queries import concerning as queries
from samtun.evaluation.feedback.web.forms import AnswerForm, CloseForm, EnterForm, HeardForm, OutcomeForm, WaitForm
from samtun.evaluation.feedback.web.views.telling import telling_of
from samtun.foundation.access import PageRequest, logged_in
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.partners.organisations.queries import organisation_of

FORMS: dict[str, Any] = {
    "heard": HeardForm, "wait": WaitForm, "conclude": OutcomeForm, "close": CloseForm, "write": AnswerForm,
}  # fmt: skip
VERBS: dict[str, Any] = {
    "open": actions.open_words, "look": actions.look_at, "heard": actions.note_heard,
    "wait": actions.put_off_hearing, "conclude": actions.conclude, "close": actions.close,
    "write": actions.write_to_teller,
}  # fmt: skip


@require_safe
@logged_in
def concerns(request: PageRequest) -> HttpResponse:
    """What waits for the viewer, in neutral words: no name and no word of what it is about."""
    if not queries.receives(request.viewer):
        raise NotYours
    request.private = True
    rows = queries.concerns_of(request.viewer, on=clock.today())
    bodies = [organisation_of(owner) for owner in sorted(request.viewer.owners)]
    return render(request, "feedback/concerns.html", {"rows": rows, "now": clock.now(), "bodies": bodies})


@require_http_methods(["GET", "POST"])
@logged_in
def concern(request: PageRequest, concern_id: uuid.UUID) -> HttpResponse:
    """One concern: closed until opened, since who opens it is written down."""
    found = queries.concern_for(request.viewer, concern_id, on=clock.today())
    return show(request, found, here=request.path)


def show(request: PageRequest, found: Concern, *, here: str) -> HttpResponse:
    """Show one concern to one who receives it, or do what was pressed and come back to `here`."""
    request.private = True
    forms: dict[str, Any] = {}
    if request.method == "POST":
        forms = _act(request, found)
        if not forms:
            return redirect(here)
    is_open = queries.is_open_to(request.viewer, found, at=clock.now())
    context: dict[str, Any] = {"found": found, "is_open": is_open, "now": clock.now(), "form": None}
    if is_open:
        context |= _words(request, found) | forms
    return render(request, "feedback/concern.html", context, status=422 if forms else 200)


def _words(request: PageRequest, found: Concern) -> dict[str, Any]:
    state, viewer = ConcernState(found.state), request.viewer
    readers = queries.readers_of(found, on=clock.today())
    may_conclude = state is ConcernState.HEARD or (
        state is ConcernState.LOOKED_AT and (found.hearing_put_off or not found.about_someone)
    )
    return {
        "told": queries.told(found), "remarks": queries.remarks_of(found, shown_only=False),
        "readers": readers, "readings": queries.readings_of(found), "may_conclude": may_conclude,
        "others": [n for n in readers if n.person.id != viewer.person],
        "may_pause": viewer.may(Permission.MANAGE_VOLUNTEERS),
        "heard_form": HeardForm(initial={"on": clock.today(), "who": viewer.name}, prefix="heard"),
        "wait_form": WaitForm(prefix="wait"), "outcome_form": OutcomeForm(prefix="conclude"),
        "close_form": CloseForm(prefix="close"), "write_form": AnswerForm(prefix="write"),
    }  # fmt: skip


def _act(request: PageRequest, found: Concern) -> dict[str, Any]:
    """Do what was pressed; return the forms that have something to mend."""
    by, at, act = request.viewer, clock.now(), request.POST.get("act", "")
    form = FORMS[act](request.POST, prefix=act) if act in FORMS else None
    if form is not None and not form.is_valid():
        return {_named(act): form, "form": form}
    data = form.cleaned_data if form else {}
    try:
        if act in VERBS:
            VERBS[act](concern=found, by=by, at=at, **data)
        elif act == "shut":
            actions.shut_out(concern=found, person_id=uuid.UUID(request.POST.get("person", "")), by=by, at=at)
    except (Refused, ValueError) as refusal:
        words = refusal.message if isinstance(refusal, Refused) else actions.NotThatStep().message
        if form is None:
            messages.warning(request, _(words))
            return {}
        form.add_error(None, _(words))
        return {_named(act): form, "form": form}
    return {}


def _named(act: str) -> str:
    return "outcome_form" if act == "conclude" else f"{act}_form"


@require_http_methods(["GET", "POST"])
@logged_in
def enter(request: PageRequest, owner_id: uuid.UUID) -> HttpResponse:
    """Write one down for somebody who rings, writes or comes by: they get the code read aloud."""
    request.private = True
    if owner_id not in request.viewer.owners or not queries.receives(request.viewer):
        raise NotYours
    owner, at = Owner.objects.get(id=owner_id), clock.now()
    inside = queries.inside_receivers(owner, on=clock.today())
    outside = queries.outside_receivers(owner)
    form = EnterForm(request.POST or None, inside=inside, outside=outside, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            made, code = actions.raise_concern(
                owner=owner, telling=telling_of(form), sent_key=str(form.cleaned_data["key"]),
                via=form.cleaned_data["via"], at=at, entered_by=request.viewer,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            readers = queries.readers_of(made, on=clock.today())
            context = {"code": code, "found": made, "readers": readers, "on_behalf": True}
            return render(request, "feedback/told_thanks.html", context)
    context = {"form": form, "body": organisation_of(owner.id)}
    return render(request, "feedback/enter.html", context, status=422 if form.errors else 200)
