"""The contact and the invisible tasks."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.codesign.ideas import queries
from samtun.codesign.ideas.actions import promising, starting
from samtun.codesign.ideas.rules import answers
from samtun.codesign.ideas.web.forms import ContactForm, DoneForm, NewDayForm, PromiseForm, WhyForm
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.audit import saw
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused

PURPOSE = "ideas"


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose=PURPOSE)
def contact(request: PageRequest, idea_id: uuid.UUID) -> HttpResponse:
    """Name who owes the invisible tasks, and who steps in."""
    found = queries.idea_for(request.viewer, idea_id)
    life = queries.initiative_of(found)
    if life is None or not answers(request.viewer, found):
        raise NotYours
    people = list(queries.could_be_contact(on=clock.today()))
    saw(*(m.person_id for m in people), how="listed")
    now = {"contact": str(life.contact_id or ""), "deputy": str(life.deputy_id or "")}
    form = ContactForm(request.POST or None, people=people, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            starting.name_contact(initiative=life, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Named. The one who leads hears who the contact is."))
            return redirect("idea", found.id)
    context = {"form": form, "found": found}
    return render(request, "ideas/contact.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_DESK, purpose=PURPOSE)
def new(request: PageRequest, idea_id: uuid.UUID) -> HttpResponse:
    """Promise an invisible task for a day."""
    found = queries.idea_for(request.viewer, idea_id)
    life = queries.initiative_of(found)
    if life is None:
        raise NotYours
    form = PromiseForm(request.POST or None, today=clock.today(), initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            promising.promise(
                initiative=life, kind=data["kind"], words=data["words"], due=data["due"], sent_key=data["key"],
                by=request.viewer, at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Promised. The one who leads hears it."))
            return redirect("idea", found.id)
    return render(request, "ideas/promise_new.html", {"form": form, "found": found}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_DESK, purpose=PURPOSE)
def promise(request: PageRequest, promise_id: uuid.UUID) -> HttpResponse:
    """One promise: done, another day with a reason, or not after all."""
    found = queries.promise_for(request.viewer, promise_id)
    act, post = request.POST.get("act", ""), request.POST
    chosen: dict[str, Any] = {
        "done_form": DoneForm(post if act == "done" else None, prefix="done"),
        "day_form": NewDayForm(post if act == "day" else None, prefix="day", today=clock.today()),
        "drop_form": WhyForm(post if act == "drop" else None, prefix="drop"),
    }  # fmt: skip
    form = chosen.get(f"{act}_form")
    if request.method == "POST" and form is None:
        raise NotYours
    if form is not None and form.is_valid():
        try:
            _do(request, act, found, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            return redirect("idea", found.initiative.idea_id)
    rows = queries.promises_of(found.initiative, on=clock.today())
    context = {"found": found, "row": next(r for r in rows if r.row.id == found.id), "today": clock.today()} | chosen
    return render(request, "ideas/promise.html", context, status=422 if form is not None else 200)


def _do(request: PageRequest, act: str, found: Any, data: dict[str, Any]) -> None:
    by: dict[str, Any] = {"by": request.viewer, "at": clock.now()}
    if act == "done":
        promising.done(kept=found, words=data["words"], **by)
    elif act == "day":
        promising.new_day(late=found, due=data["due"], why=data["words"], **by)
    else:
        promising.drop(promised=found, words=data["words"], **by)
