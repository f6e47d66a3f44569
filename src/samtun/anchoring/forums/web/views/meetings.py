"""Meetings: planned, called, moved, held, and on paper."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.anchoring.forums import actions, queries
from samtun.anchoring.forums.enums import AHEAD, MeetingState
from samtun.anchoring.forums.models import Meeting
from samtun.anchoring.forums.rules import leads, writes
from samtun.anchoring.forums.web import tables
from samtun.anchoring.forums.web.forms import MeetingForm, MinutesForm
from samtun.anchoring.forums.web.views.forums import WHY
from samtun.anchoring.forums.web.views.papers import paper_of
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref

ACTS: dict[str, tuple[Callable[..., Any], str | Promise]] = {
    "kall-inn": (actions.call_meeting, gettext_lazy("Called. Each is told on their own channel.")),
    "start": (actions.hold_meeting, gettext_lazy("The meeting has begun. Write the minutes under each item.")),
    "avlys": (actions.cancel_meeting, gettext_lazy("Cancelled. The items wait for the next meeting.")),
    "godkjenn": (actions.approve_minutes, gettext_lazy("The minutes are approved.")),
}


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def plan(request: PageRequest, forum_id: uuid.UUID) -> HttpResponse:
    """Plan a meeting."""
    found, part = queries.forum_for(request.viewer, forum_id, on=clock.today())
    if not leads(part):
        raise NotYours
    form = MeetingForm(request.POST or None, today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan_meeting(forum=found, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Planned. Put items on the agenda, and then call it."))
            return redirect("forum_meeting", made.id)
    context = {"found": found, "form": form, "moves": None}
    return render(request, "forums/plan.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def move(request: PageRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Give a meeting another day, time or place."""
    found, part = queries.meeting_for(request.viewer, meeting_id, on=clock.today())
    if not leads(part):
        raise NotYours
    first = {"on": found.on, "clock": found.at, "place": found.place}
    form = MeetingForm(request.POST or None, initial=first, today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_meeting(meeting=found, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Moved. Those who were called are told."))
            return redirect("forum_meeting", found.id)
    context = {"found": found.forum, "form": form, "moves": found}
    return render(request, "forums/plan.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Permission.OWN_PAGE, purpose=WHY)
def meeting(request: PageRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Show the agenda; while it is held, the minutes of each item."""
    found, part = queries.meeting_for(request.viewer, meeting_id, on=clock.today())
    is_held = found.state == MeetingState.HELD
    goes_on = is_held and not found.approved_at
    items = queries.agenda_of(found)
    context = tables.meeting_row(found) | {
        "found": found, "ref": Ref("forum_meeting", found.id), "here": request.path,
        "items": [_agenda_row(item, writing=goes_on and writes(part)) for item in items],
        "put_off": queries.put_off_in(found), "leads": leads(part), "writes": writes(part), "goes_on": goes_on,
        "is_ahead": found.state in AHEAD, "is_planned": found.state == MeetingState.PLANNED, "is_held": is_held,
        "begins": found.state == MeetingState.CALLED and found.on <= clock.today(),
        "waiting": queries.waiting_in(found.forum) if leads(part) and (goes_on or found.state in AHEAD) else [],
        "slots": fragments(request.viewer, Ref("forum_meeting", found.id), on=clock.today()),
    }  # fmt: skip
    return render(request, "forums/meeting.html", context)


def _agenda_row(item: Any, *, writing: bool) -> dict[str, Any]:
    first = {"text": item.minutes, "version": item.minutes_version}
    form = MinutesForm(initial=first, auto_id=f"id_{item.id}_%s") if writing else None
    return tables.item_row(item) | {"form": form, "decision": next(iter(item.decisions.all()), None)}


@require_POST
@needs(Permission.OWN_PAGE, purpose=WHY)
def step(request: PageRequest, meeting_id: uuid.UUID, act: str) -> HttpResponse:
    """Call a meeting, begin it, cancel it, or approve its minutes."""
    found: Meeting = queries.meeting_for(request.viewer, meeting_id, on=clock.today())[0]
    if act not in ACTS:
        raise NotYours
    do, words = ACTS[act]
    try:
        do(meeting=found, by=request.viewer, at=clock.now())
        messages.success(request, str(words))
    except Refused as refusal:
        messages.error(request, _(refusal.message))
    return redirect("forum_meeting", meeting_id)


@require_safe
@needs(Permission.OWN_PAGE, purpose=WHY)
def paper(request: PageRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Give the agenda, or the minutes of a meeting that is held, on paper."""
    found, _part = queries.meeting_for(request.viewer, meeting_id, on=clock.today())
    response = HttpResponse(paper_of(found, on=clock.today()), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="samtun.pdf"'
    return response
