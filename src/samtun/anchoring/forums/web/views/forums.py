"""The forums, one of them, and its seats."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.anchoring.forums import actions, queries
from samtun.anchoring.forums.rules import leads, may_make
from samtun.anchoring.forums.web import tables
from samtun.anchoring.forums.web.forms import ForumForm, SeatForm
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.partners.organisations.queries import (
    organisation_of,
    organisations_visible_to,
    own_organisations,
    person_to_appoint,
)

WHY = gettext_noop("Takes part in a forum")


@require_safe
@needs(Permission.OWN_PAGE, purpose=WHY)
def forums(request: PageRequest) -> HttpResponse:
    """Show the forums in sight, those one may propose to, and what one has proposed."""
    mine = list(queries.forums_visible_to(request.viewer, on=clock.today()))
    others = [f for f in queries.forums_to_propose_to(request.viewer) if f not in mine]
    context = {
        "forums": mine, "others": others, "makes": request.viewer.may(Permission.MANAGE_ORGANISATION),
        "proposed": [tables.item_row(item) for item in queries.items_proposed_by(request.viewer)],
    }  # fmt: skip
    return render(request, "forums/forums.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def new(request: PageRequest) -> HttpResponse:
    """Make a forum."""
    owners = [o.owner for o in own_organisations(request.viewer) if may_make(request.viewer, o.owner_id)]
    if not owners:
        raise NotYours
    form = ForumForm(request.POST or None, owners=owners)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_forum(by=request.viewer, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("name", _(refusal.message))
        else:
            messages.success(request, _("The forum is made. Give the seats now."))
            return redirect("forum", made.id)
    return render(request, "forums/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@needs(Permission.OWN_PAGE, purpose=WHY)
def forum(request: PageRequest, forum_id: uuid.UUID) -> HttpResponse:
    """Show a forum: who calls, leads and writes, meetings, items that wait, whose items come up."""
    found, part = queries.forum_for(request.viewer, forum_id, on=clock.today())
    seats = queries.seats_of(found, on=clock.today())
    context = {
        "found": found, "seats": [tables.seat_row(seat) for seat in seats],
        "leading": next((s for s in seats if s.part == "leads"), None),
        "writing": next((s for s in seats if s.part == "writes"), None),
        "meetings": [tables.meeting_row(m) for m in queries.meetings_of(found)],
        "waiting": [tables.item_row(item) for item in queries.waiting_in(found)],
        "counts": queries.counts_by_owner(found), "now": clock.now(),
        "leads": leads(part) and not found.ended_at,
        "makes": may_make(request.viewer, found.owner_id) and not found.ended_at,
        "slots": fragments(request.viewer, Ref("forum", found.id), on=clock.today()),
    }  # fmt: skip
    return render(request, "forums/forum.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def seat(request: PageRequest, forum_id: uuid.UUID) -> HttpResponse:
    """Give somebody a seat."""
    found, _part = queries.forum_for(request.viewer, forum_id, on=clock.today())
    if not may_make(request.viewer, found.owner_id):
        raise NotYours
    owners = [o.owner for o in organisations_visible_to(request.viewer)]
    form = SeatForm(request.POST or None, owners=owners, today=clock.today())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        person = person_to_appoint(request.viewer, organisation_of(found.owner_id), data["phone"])
        if person is None:
            form.add_error("phone", _("Nobody you know has this number. Write the person down first."))
        else:
            try:
                actions.seat(
                    forum=found, person=person, on_behalf=data["on_behalf"], part=data["does"], ends=data["ends"],
                    by=request.viewer, at=clock.now(),
                )  # fmt: skip
            except Refused as refusal:
                form.add_error(None, _(refusal.message))
            else:
                messages.success(request, _("Has a seat now."))
                return redirect("forum", found.id)
    return render(request, "forums/seat.html", {"found": found, "form": form}, status=422 if form.errors else 200)


@require_POST
@needs(Permission.OWN_PAGE, purpose=WHY)
def end_seat(request: PageRequest, forum_id: uuid.UUID, seat_id: uuid.UUID) -> HttpResponse:
    """End a seat."""
    found, _part = queries.forum_for(request.viewer, forum_id, on=clock.today())
    one = next((s for s in queries.seats_of(found, on=clock.today()) if s.id == seat_id), None)
    if one is None:
        raise NotYours
    actions.end_seat(seat=one, by=request.viewer, at=clock.now())
    messages.success(request, _("The seat is ended."))
    return redirect("forum", forum_id)


@require_POST
@needs(Permission.OWN_PAGE, purpose=WHY)
def end(request: PageRequest, forum_id: uuid.UUID) -> HttpResponse:
    """End a forum."""
    found, _part = queries.forum_for(request.viewer, forum_id, on=clock.today())
    try:
        actions.end_forum(forum=found, by=request.viewer, at=clock.now())
        messages.success(request, _("The forum has ended. What is written can still be read."))
    except Refused as refusal:
        messages.error(request, _(refusal.message))
    return redirect("forum", forum_id)
