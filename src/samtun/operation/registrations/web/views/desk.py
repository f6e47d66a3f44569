"""For those who hold it: the call list, and whoever rings."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import attending, signing
from samtun.operation.registrations.enums import Answer, Via
from samtun.operation.registrations.web.forms import Asks, DeskForm, comers_of, wishes_of
from samtun.operation.registrations.web.views.public import pay, who_it_is
from samtun.people.places.queries import villages

WHY = gettext_noop("Meets those who come, and tells them what changes")


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=WHY)
def calls(request: PageRequest, occurrence_id: uuid.UUID) -> HttpResponse:
    """Whom to ring before it: coming, not, needs a ride, no answer. Nothing else is written."""
    time = queries.occurrence_at_door(request.viewer, occurrence_id)
    if request.method == "POST":
        answer = request.POST.get("answer", "")
        try:
            key = uuid.UUID(request.POST.get("row", ""))
        except ValueError as fault:
            raise NotYours from fault
        if answer not in Answer.values:
            raise NotYours
        attending.note_answer(
            occurrence=time, registration=key, answer=Answer(answer), by=request.viewer, at=clock.now()
        )
        return redirect(f"{reverse('registration_calls', args=[time.id])}#r{key}")
    return render(request, "registrations/calls.html", _calls(request, time))


@require_safe
@needs(Permission.PUBLISH, purpose=WHY)
def calls_paper(request: PageRequest, occurrence_id: uuid.UUID) -> HttpResponse:
    """The call list on paper, with boxes to tick."""
    time = queries.occurrence_at_door(request.viewer, occurrence_id)
    return render(request, "registrations/calls_paper.html", _calls(request, time))


def _calls(request: PageRequest, time: Occurrence) -> dict[str, Any]:
    lines = queries.call_list(request.viewer, time)
    request.scope.saw(*(line.row.contact_id for line in lines), how="listed")
    return {
        "row": time, "it": time.activity, "lines": lines, "answers": Answer.choices, "printed_on": clock.today(),
        "left": sum(not line.answer for line in lines),
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=WHY)
def write_down(request: PageRequest, occurrence_id: uuid.UUID) -> HttpResponse:
    """Write down whoever rings, or a whole list on paper."""
    time = queries.occurrence_at_door(request.viewer, occurrence_id)
    asks = Asks.of(time.activity, line=time.activity.most is not None)
    form = DeskForm(
        request.POST or None, villages=villages(), asks=asks,
        initial={"key": uuid.uuid4(), "via": Via.PHONE, "comes": asks.families or not asks.children},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                contact = who_it_is(request, time.activity.owner, data) if data["phone"] else None
                rows = signing.sign_up(
                    occurrence=time, contact=contact, comers=comers_of(data, contact=contact, comes=data["comes"]),
                    sent_key=str(data["key"]), via=Via(data["via"]), by=request.viewer, at=clock.now(),
                    **wishes_of(data),
                )  # fmt: skip
                pay(rows, data, by=request.viewer, at=clock.now())
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            waits = rows[0].state == "waiting"
            said = _("It is full: they stand on the waiting list.") if waits else _("They are on the list.")
            messages.success(request, said)
            return redirect("registration_door", time.id)
    context = {"form": form, "row": time, "standing": queries.standing(time, at=clock.now())}
    return render(request, "registrations/write_down.html", context, status=422 if form.errors else 200)
