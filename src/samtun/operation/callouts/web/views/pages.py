"""Lists of friends and call-outs, for those who look after volunteers."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.models import Owner
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.foundation.ways import came_from
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.callouts import actions, queries
from samtun.operation.callouts.enums import LIVE, CallOutState, TurnOut
from samtun.operation.callouts.models import FriendsList
from samtun.operation.callouts.web import tables
from samtun.operation.callouts.web.forms import CallOutForm, FriendForm, ListForm

WHY = "calling out those who have said that they can come"


def _try(request: PageRequest, act: Callable[[], str]) -> bool:
    """Run one act and say what became of it; False when it was refused."""
    try:
        sentence = act()
    except Refused as refusal:
        messages.warning(request, _(refusal.message))
        return False
    messages.success(request, sentence)
    return True


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_VOLUNTEERS, purpose=WHY)
def call_outs(request: PageRequest) -> HttpResponse:
    """Show call-outs and lists, and make a list."""
    form = ListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        owner = Owner.objects.get(id=min(request.viewer.owners))
        try:
            made = actions.make_list(owner=owner, name=form.cleaned_data["name"], by=request.viewer, at=clock.now())
        except Refused as refusal:
            form.add_error("name", _(refusal.message))
        else:
            return redirect("friends_list", made.id)
    context = {
        "rows": [tables.row_of(call_out, hands) for call_out, hands in queries.list_of(request.viewer)],
        "lists": queries.lists_of(request.viewer), "form": form,
    }  # fmt: skip
    return render(request, "callouts/call_outs.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_VOLUNTEERS, purpose=WHY)
def friends(request: PageRequest, list_id: uuid.UUID) -> HttpResponse:
    """Show who stands on a list, and put another on it."""
    found = queries.list_for(request.viewer, list_id)
    others = queries.not_on(request.viewer, found)
    form = FriendForm(request.POST or None, volunteers=others)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = next(v for v in others if str(v.id) == data["volunteer"])
        try:
            actions.add_friend(
                friends_list=found, volunteer=chosen, group_name=data["group_name"], counts=data["counts"] or 1,
                by=request.viewer, at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("volunteer", _(refusal.message))
        else:
            return redirect("friends_list", found.id)
    context = {
        "found": found, "friends": list(found.friends.all()), "form": form, "others": others,
        "slots": fragments(request.viewer, Ref("friends_list", found.id), on=clock.today()),
    }  # fmt: skip
    return render(request, "callouts/friends.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.MANAGE_VOLUNTEERS, purpose=WHY)
def take_off(request: PageRequest, list_id: uuid.UUID, friend_id: uuid.UUID) -> HttpResponse:
    """Take one off the list."""
    found = queries.list_for(request.viewer, list_id)
    friend = next((f for f in found.friends.all() if f.id == friend_id), None)
    if friend:
        actions.remove_friend(friend=friend, by=request.viewer, at=clock.now())
    return redirect("friends_list", list_id)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_VOLUNTEERS, purpose=WHY)
def new_call_out(request: PageRequest, list_id: uuid.UUID) -> HttpResponse:
    """Call out a list."""
    found: FriendsList = queries.list_for(request.viewer, list_id)
    types = list(queries.kinds_for(found.owner_id))
    form = CallOutForm(request.POST or None, types=types, today=clock.today())
    context: dict[str, Any] = {"found": found, "form": form, "kinds": types}
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.call_out(friends_list=found, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except actions.NobodyToAsk as refusal:
            form.add_error(None, _(refusal.message))
            context["not_asked"] = queries.not_asked(request.viewer, refusal.why)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Called out. The first who say yes are in."))
            return redirect("call_out", made.id)
    return render(request, "callouts/new.html", context, status=422 if form.errors else 200)


@needs(Permission.MANAGE_VOLUNTEERS, purpose=WHY)
def call_out(request: PageRequest, call_out_id: uuid.UUID) -> HttpResponse:
    """Show who comes, and who has not answered."""
    found = queries.call_out_for(request.viewer, call_out_id)
    begun = queries.starts_at(found) <= clock.now()
    asked, is_open = list(found.asked.all()), found.state == CallOutState.OPEN and not begun
    context: dict[str, Any] = tables.row_of(found, sum(a.counts for a in asked if a.state == TurnOut.YES)) | {
        "found": found, "asked": tables.asked_rows(asked), "is_open": is_open,
        "is_live": found.state in LIVE and not begun,
        "slots": fragments(request.viewer, Ref("call_out", found.id), on=clock.today()),
    }  # fmt: skip
    if is_open:
        left = queries.left_to_ask(found, request.viewer, on=clock.today())
        context["not_asked"] = queries.not_asked(request.viewer, left.not_now)
    return render(request, "callouts/call_out.html", context)


@require_POST
@needs(Permission.MANAGE_VOLUNTEERS, purpose=WHY)
def more(request: PageRequest, call_out_id: uuid.UUID) -> HttpResponse:
    """Ask the next on the list."""
    found = queries.call_out_for(request.viewer, call_out_id)

    def act() -> str:
        actions.ask_more(call_out=found, by=request.viewer, at=clock.now())
        return _("More are asked.")

    done = _try(request, act)
    return redirect((done and came_from(request)) or reverse("call_out", args=[call_out_id]))


@require_POST
@needs(Permission.MANAGE_VOLUNTEERS, purpose=WHY)
def said(request: PageRequest, call_out_id: uuid.UUID, asked_id: uuid.UUID) -> HttpResponse:
    """Write down what somebody said on the telephone."""
    found = queries.call_out_for(request.viewer, call_out_id)
    one = next((a for a in found.asked.all() if a.id == asked_id), None)
    if one is None:
        raise NotYours

    def act() -> str:
        yes = request.POST.get("answer") == "yes"
        actions.answer(asked=one, yes=yes, via="call", by=request.viewer, at=clock.now())
        return _("Noted.")

    _try(request, act)
    return redirect("call_out", call_out_id)


@require_POST
@needs(Permission.MANAGE_VOLUNTEERS, purpose=WHY)
def cancel(request: PageRequest, call_out_id: uuid.UUID) -> HttpResponse:
    """Cancel: those who said yes are told."""
    found = queries.call_out_for(request.viewer, call_out_id)

    def act() -> str:
        actions.cancel(call_out=found, by=request.viewer, at=clock.now())
        return _("Cancelled. Those who had said yes are told.")

    _try(request, act)
    return redirect("call_out", call_out_id)
