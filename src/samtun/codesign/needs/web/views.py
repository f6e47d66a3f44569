"""The needs, one of them, and what is written about it; and the counts that are open to everyone."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.codesign.needs import actions, queries
from samtun.codesign.needs.actions import Told
from samtun.codesign.needs.enums import Group, Source
from samtun.codesign.needs.models import Need
from samtun.codesign.needs.rules import writes_for
from samtun.codesign.needs.web.forms import CloseForm, JoinForm, NeedForm
from samtun.foundation.access import PageRequest, public
from samtun.foundation.access import needs as allowed
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.people.places.queries import villages

WHY = gettext_noop("Takes part in making services")
EACH = 40


@require_safe
@allowed(Permission.OWN_PAGE, purpose=WHY)
def needs(request: PageRequest) -> HttpResponse:
    """Show what is needed, by village and group."""
    asked, viewer = request.GET, request.viewer
    try:
        village = uuid.UUID(asked.get("stad", ""))
    except ValueError:
        village = None
    group, text, which = asked.get("kven", ""), asked.get("ord", "")[:80], asked.get("vis", "open")
    found = queries.needs_for(viewer, village=village, group=group, text=text, which=which)
    page = Paginator(found, EACH).get_page(asked.get("side"))
    context = {
        "page": page, "rows": queries.rows_of(viewer, list(page.object_list)), "villages": villages(),
        "village": village, "groups": Group.choices, "group": group, "text": text, "which": which,
        "places": queries.counts_by_village(viewer), "writes": bool(queries.writes_down_for(viewer)),
    }  # fmt: skip
    return render(request, "needs/needs.html", context)


@require_safe
@public
def counts(request: PageRequest) -> HttpResponse:
    """Show everyone how many needs stand for each group, and how many of them something is being done about."""
    return render(request, "needs/counts.html", {"rows": queries.for_everyone()})


@require_http_methods(["GET", "POST"])
@allowed(Permission.OWN_PAGE, purpose=WHY)
def new(request: PageRequest) -> HttpResponse:
    """Write a need down."""
    form = _form(request, initial={"key": uuid.uuid4(), "known_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.write_need(
                owner=form.cleaned_data["owner"], told=_told(form), sent_key=form.cleaned_data["key"],
                by=request.viewer, at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("The need is written down."))
            return redirect("need", made.id)
    return render(request, "needs/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(Permission.OWN_PAGE, purpose=WHY)
def change(request: PageRequest, need_id: uuid.UUID) -> HttpResponse:
    """Put right what stands of a need."""
    found = _own(request, need_id)
    names = ("words", "group", "source", "known_on", "number", "village")
    initial = {name: getattr(found, name) for name in names} | {"key": found.sent_key, "owner": str(found.owner_id)}
    form = _form(request, initial=initial)
    version = request.POST.get("version") or str(found.version)
    if request.method == "POST" and form.is_valid():
        try:
            number = int(version) if version.isdecimal() and len(version) < 10 else 0
            actions.change_need(need=found, told=_told(form), version=number, by=request.viewer, at=clock.now())
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            return redirect("need", found.id)
    context = {"form": form, "found": found, "version": version}
    return render(request, "needs/new.html", context, status=422 if form.errors else 200)


@require_safe
@allowed(Permission.OWN_PAGE, purpose=WHY)
def need(request: PageRequest, need_id: uuid.UUID) -> HttpResponse:
    """One need: whose, how known, who says the same, and what is being done about it."""
    return _page(request, queries.need_for(request.viewer, need_id))


@require_POST
@allowed(Permission.OWN_PAGE, purpose=WHY)
def join(request: PageRequest, need_id: uuid.UUID) -> HttpResponse:
    """Join a need with another that says the same."""
    found = _own(request, need_id)
    form = JoinForm(request.POST, others=queries.may_be_joined_with(request.viewer, found))
    if form.is_valid():
        try:
            actions.join(need=found, into=form.cleaned_data["into"], by=request.viewer, at=clock.now())
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("They are joined. It can be undone."))
            return redirect("need", found.id)
    return _page(request, found, join_form=form)


@require_POST
@allowed(Permission.OWN_PAGE, purpose=WHY)
def part(request: PageRequest, need_id: uuid.UUID) -> HttpResponse:
    """Undo a joining."""
    found = queries.need_for(request.viewer, need_id)
    actions.part(need=found, by=request.viewer, at=clock.now())
    return redirect("need", found.id)


@require_POST
@allowed(Permission.OWN_PAGE, purpose=WHY)
def close(request: PageRequest, need_id: uuid.UUID) -> HttpResponse:
    """Close a need, with words."""
    found = _own(request, need_id)
    form = CloseForm(request.POST, prefix="close")
    form.known = queries.names_of_places(request.viewer)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.close(need=found, state=data["state"], words=data["words"], by=request.viewer, at=clock.now())
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("The need is closed."))
            return redirect("need", found.id)
    return _page(request, found, close_form=form)


@require_POST
@allowed(Permission.OWN_PAGE, purpose=WHY)
def open_again(request: PageRequest, need_id: uuid.UUID) -> HttpResponse:
    """Let a closed need stand again."""
    found = _own(request, need_id)
    actions.open_again(need=found, by=request.viewer, at=clock.now())
    return redirect("need", found.id)


def _page(request: PageRequest, found: Need, **forms: Any) -> HttpResponse:
    viewer = request.viewer
    context = {
        "found": found, "row": queries.rows_of(viewer, [found])[0], "joined": queries.joined_with(found),
        "done": queries.being_done(viewer, found), "writes": writes_for(viewer, found.owner_id),
        "join_form": JoinForm(others=queries.may_be_joined_with(viewer, found)),
        "close_form": CloseForm(prefix="close"),
        "slots": fragments(viewer, Ref("need", found.id), on=clock.today(), of=found),
    } | forms  # fmt: skip
    return render(request, "needs/need.html", context, status=422 if forms else 200)


def _own(request: PageRequest, need_id: uuid.UUID) -> Need:
    found = queries.need_for(request.viewer, need_id)
    if not writes_for(request.viewer, found.owner_id):
        raise NotYours
    return found


def _form(request: PageRequest, *, initial: dict[str, Any]) -> NeedForm:
    owners = queries.writes_down_for(request.viewer)
    if not owners:
        raise NotYours
    known = queries.names_of_places(request.viewer)
    parts: dict[str, Any] = {"owners": owners, "villages": villages(), "known": known, "today": clock.today()}
    return NeedForm(request.POST or None, initial={"owner": str(owners[0].id)} | initial, **parts)


def _told(form: NeedForm) -> Told:
    data = form.cleaned_data
    return Told(
        data["words"], Group(data["group"]), Source(data["source"]), data["known_on"], data["village"], data["number"]
    )
