"""The calls that a named person makes when something has happened in a life."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.forms import Form
from samtun.foundation.viewer import Permission
from samtun.foundation.ways import came_from
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.operation.help_requests import actions, queries
from samtun.operation.help_requests.models import PersonalCall
from samtun.operation.help_requests.web.forms import AskerCallForm, GoOnForm, VisitorCallForm
from samtun.operation.help_requests.web.tables import call_words
from samtun.operation.volunteers.rules import may_manage

WHY = "ringing those who were close"


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose=WHY)
def personal_call(request: PageRequest, call_id: uuid.UUID) -> HttpResponse:
    """Whom to ring and what to say; then what they would like: a talk, a pause."""
    call = queries.call_for(request.viewer, call_id)
    posted = request.POST if request.method == "POST" else None
    form = _form(request, call, posted)
    if posted is not None and form.is_valid():
        try:
            act = actions.note_go_on if call.away else actions.note_rung
            act(call=call, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _said(call, form.cleaned_data))
            return redirect(came_from(request) or "desk")
    words = call_words(call)
    context = words | {"call": call, "form": form, "talk_due": bool(call.talk_on and not call.talked_at)}
    return render(request, "help_requests/personal_call.html", context, status=422 if form.errors else 200)


def _form(request: PageRequest, call: PersonalCall, posted: Any) -> Form:
    if call.away:
        said = {True: "yes", False: "no"}.get(call.goes_on) if call.goes_on is not None else None
        return GoOnForm(posted, initial={"goes_on": said})
    if call.volunteer is None or (call.passing and call.passing.undone_at):
        return AskerCallForm(posted)
    stands = {"talk_on": call.talk_on, "wants_pause": call.wants_pause, "pause_until": call.pause_until}
    return VisitorCallForm(
        posted, initial=stands, today=clock.today(), pauses=may_manage(request.viewer, call.volunteer)
    )


def _said(call: PersonalCall, data: dict[str, Any]) -> str:
    lines = [_("Thank you for ringing.")]
    if data.get("talk_on"):
        day = {"day": date_format(data["talk_on"], "l j. F")}
        lines.append(_("The talk stands on the desk on %(day)s.") % day)
    if data.get("wants_pause"):
        until = data.get("pause_until")
        lines.append(
            _("Nobody asks before after %(day)s.") % {"day": date_format(until, "j. F")}
            if until
            else _("Nobody asks before they say so.")
        )
    return lines[0] + "\n" + " ".join(lines[1:]) if lines[1:] else lines[0]


@require_POST
@needs(Permission.HANDLE_REQUESTS, purpose=WHY)
def personal_call_talked(request: PageRequest, call_id: uuid.UUID) -> HttpResponse:
    """The talk has been held."""
    call = queries.call_for(request.viewer, call_id)
    actions.note_talked(call=call, by=request.viewer, at=clock.now())
    messages.success(request, _("Noted that the talk has been held."))
    return redirect("personal_call", call.id)


@require_safe
@needs(Permission.HANDLE_REQUESTS, purpose="asking whether somebody is back")
def away(request: PageRequest, away_id: uuid.UUID) -> HttpResponse:
    """From the desk to the page where it stands that somebody is away."""
    return redirect("person_away", queries.person_away(request.viewer, away_id))
