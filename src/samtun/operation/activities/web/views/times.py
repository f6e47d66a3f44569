"""One time of an activity, for those who hold it."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.activities import queries
from samtun.operation.activities.actions import times
from samtun.operation.activities.actions.borrowing import lacks
from samtun.operation.activities.models import Occurrence
from samtun.operation.activities.web import tables
from samtun.operation.activities.web.forms import HeldForm, MoveForm, StaffForm, WhyForm
from samtun.operation.activities.web.views.desk import WHY
from samtun.people.places.queries import halls


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=WHY)
def occurrence(request: PageRequest, occurrence_id: uuid.UUID) -> HttpResponse:
    """One time: moved, called off, on again, held, and who of the staff is there."""
    row, act = queries.occurrence_for(request.viewer, occurrence_id), request.POST.get("act", "")
    shown = _forms(request, row, act)
    if request.method == "POST":
        if act == "again":
            _do(request, lambda: times.on_again(occurrence=row, by=request.viewer, at=clock.now()), None)
            return redirect("occurrence", row.id)
        if act not in shown:
            raise NotYours
        if shown[act].is_valid() and _do(request, _act(request, row, act, shown[act]), shown[act]):
            return redirect("occurrence", row.id)
    today = clock.today()
    wrong = any(form.errors for form in shown.values())
    context = {
        "row": row, "it": row.activity, "day": tables.heading_of(row.on, today), "forms": shown,
        "has_begun": row.starts_at <= clock.now(), "has_been": row.ends_at < clock.now(),
        "slots": fragments(request.viewer, Ref("occurrence", row.id), on=today),
        "form": next((form for form in shown.values() if form.errors), None),
    }  # fmt: skip
    return render(request, "activities/occurrence.html", context, status=422 if wrong else 200)


def _forms(request: PageRequest, row: Occurrence, act: str) -> dict[str, forms.Form]:
    def sent(name: str) -> Any:
        return request.POST if act == name else None

    where = {"on": row.on, "at": row.at, "to": row.to, "place": str(row.place_id or ""), "where": row.where}
    return {
        "move": MoveForm(sent("move"), halls=halls(), today=clock.today(), initial=where, prefix="move"),
        "off": WhyForm(sent("off"), prefix="off"),
        "held": HeldForm(sent("held"), prefix="held", initial={"head_count": row.head_count}),
        "staff": StaffForm(sent("staff"), prefix="staff", initial={"name": row.staff_host}),
    }


def _act(request: PageRequest, row: Occurrence, act: str, form: forms.Form) -> Callable[[], Occurrence]:
    by, at, data = request.viewer, clock.now(), form.cleaned_data
    acts: dict[str, Callable[[], Occurrence]] = {
        "move": lambda: times.move(
            occurrence=row, on=data["on"], starts=data["at"], ends=data["to"], place=data["place"],
            where=data["where"], note=data["note"], by=by, at=at,
        ),
        "off": lambda: times.call_off(occurrence=row, because=data["because"], by=by, at=at),
        "held": lambda: times.note_held(occurrence=row, head_count=data["head_count"], by=by, at=at),
        "staff": lambda: times.note_staff_host(occurrence=row, name=data["name"], by=by, at=at),
    }  # fmt: skip
    return acts[act]


def _do(request: PageRequest, act: Callable[[], Occurrence], form: forms.Form | None) -> bool:
    """Do it and say so; return False when it is refused, and say why: in the form, where there is one."""
    try:
        row = act()
    except Refused as refusal:
        if form is not None:
            form.add_error(None, _(refusal.message))
        else:
            messages.error(request, _(refusal.message))
        return False
    messages.success(request, _("It is done. Those who are signed up hear of it."))
    if lost := lacks(row):
        words = _("Somebody else has %(names)s then. You hear if it becomes free, or find another place.")
        messages.warning(request, words % {"names": ", ".join(lost)})
    return True
