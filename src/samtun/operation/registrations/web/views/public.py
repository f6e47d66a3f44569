"""Open pages: signing up without a login, one's own page, and the head count."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.foundation.access import PageRequest, public
from samtun.foundation.limits import limit
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.names import split_name
from samtun.kernel.phones import takes_texts
from samtun.operation.activities.enums import BY_ONESELF, ActivityState
from samtun.operation.activities.models import Occurrence
from samtun.operation.activities.queries import open_occurrence
from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import attending, paying, signing, single
from samtun.operation.registrations.enums import Pays, Via
from samtun.operation.registrations.enums import RegistrationState as State
from samtun.operation.registrations.models import Registration
from samtun.operation.registrations.queries.single import asked_once
from samtun.operation.registrations.rules import (
    HOLDS_PLACE,
    TOLD,
    group_at_first,
    is_count_token,
    is_off,
    is_whole,
    own_token,
)
from samtun.operation.registrations.web.forms import Asks, CountForm, PayForm, PublicForm, comers_of, wishes_of
from samtun.people.persons.actions import register_person
from samtun.people.persons.models import Person
from samtun.people.places.queries import villages

SOON = {"soon": True, "not_soon": False}


def who_it_is(request: PageRequest, owner: Owner, data: dict[str, Any]) -> Person:
    """Return the person with a name and a number, known from now on to who holds it."""
    given, family = split_name(data["name"])
    by = Viewer.system(request.municipality.id, frozenset({owner.id}))
    facts = {"given_name": given[:60], "family_name": family[:60], "phone": data["phone"]}
    if data["phone"]:
        texts = takes_texts(data["phone"]) is not False
        facts["phone_kind"] = Person.Reached.MOBILE if texts else Person.Reached.LANDLINE
    return register_person(owner=owner, source="registration", by=by, at=clock.now(), **facts)


@require_http_methods(["GET", "POST"])
@public
def new(request: PageRequest, occurrence_id: uuid.UUID) -> HttpResponse:
    """Sign up, for oneself and others, without logging in. Whoever is logged in on this machine is nobody."""
    request.private, time = True, open_occurrence(occurrence_id)
    activity, at = time.activity, clock.now()
    if activity.sign_up not in BY_ONESELF:
        raise NotYours
    standing = queries.standing(time, at=at)
    asks = Asks.of(activity, line=standing.is_full)
    form = PublicForm(request.POST or None, villages=villages(), initial={"key": uuid.uuid4()}, asks=asks)
    if request.method == "POST" and form.is_valid():
        try:
            return _receive(request, time, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
    context = {
        "form": form, "row": time, "it": activity, "standing": standing, "only_ride": asks.only_ride,
        "asks": asks, "is_whole": is_whole(activity),
    }  # fmt: skip
    return render(request, "registrations/new.html", context, status=422 if form.errors else 200)


def _receive(request: PageRequest, time: Occurrence, data: dict[str, Any]) -> HttpResponse:
    at, owner = clock.now(), time.activity.owner
    limit("sign_up", request.META.get("REMOTE_ADDR", ""), at=at, most=30)
    limit("sign_up_number", data["phone"], at=at, most=6)
    by = Viewer.system(request.municipality.id, frozenset({owner.id}))
    with transaction.atomic():
        contact = who_it_is(request, owner, data)
        rows = signing.sign_up(
            occurrence=time, contact=contact, sent_key=str(data["key"]), via=Via.OWN, by=by, at=at,
            comers=comers_of(data, contact=contact, comes=data.get("comes", True)), **wishes_of(data),
        )  # fmt: skip
        pay(rows, data, by=Viewer.anonymous(request.municipality.id), at=at)
    return redirect(queries.first_path(rows[0].group))


def pay(rows: list[Registration], data: dict[str, Any], *, by: Viewer, at: dt.datetime) -> None:
    """Note how they pay, where they chose it while signing up."""
    if data.get("pays"):
        paying.choose_payment(
            registrations=[row.id for row in rows], pays=Pays(data["pays"]), token=own_token(rows[0].group), by=by,
            at=at,
        )  # fmt: skip


@require_http_methods(["GET", "POST"])
@public
def own(request: PageRequest, token: str) -> HttpResponse:
    """One's own page, without a login: when and where, who meets one, and "I can't come" in one press.

    What stood about the person before is shown only by the address in what was sent to them.
    """
    request.private, at = True, clock.now()
    limit("registration_own", request.META.get("REMOTE_ADDR", ""), at=at, most=200)
    rows = queries.by_token(token)
    time = queries.next_time(rows[0], on=clock.today())
    form = PayForm(request.POST if request.POST.get("act") == "pay" else None)
    if request.method == "POST":
        try:
            if _act(request, rows, time, form, own_token(rows[0].group), at):
                return redirect("registration_own", token)
        except Refused as refusal:
            messages.error(request, _(refusal.message))
            return redirect("registration_own", token)
    been = queries.time_been(rows[0], at=at)
    context = _own_page(rows, time, at) | {
        "paying": queries.paying(rows, time, is_proved=group_at_first(token) is None),
        "form": form, "token": token, "has_receipt": been is not None and queries.receipt(rows, been) is not None,
    }  # fmt: skip
    return render(request, "registrations/own.html", context, status=422 if form.errors else 200)


def _own_page(rows: list[Registration], time: Occurrence | None, at: dt.datetime) -> dict[str, Any]:
    it, live = rows[0].activity, [row for row in rows if row.state in TOLD]
    off = time is not None and is_off(time, it)
    all_off = off and bool(live) and (not is_whole(it) or it.state == ActivityState.TAKEN_DOWN)
    offered = next((row for row in rows if row.state == State.OFFERED and not all_off), None)
    return {
        "once": asked_once(rows, at=at), "rows": rows, "live": live, "it": it, "row": time, "is_whole": is_whole(it),
        "can_be_soon": time is not None and not is_whole(it) and time.starts_at > at,
        "has_been": time is not None and time.ends_at < at, "until": offered.offered_until if offered else None,
        "is_waiting": bool(live) and not all_off and all(row.state == State.WAITING for row in live),
        "is_coming": not all_off and any(row.state == State.COMING for row in rows),
        "is_lapsed": not live and any(row.state == State.LAPSED for row in rows),
        "for_others": bool(rows[0].contact_id) and all(row.person_id is None for row in rows),
        "is_off": off, "is_all_off": all_off, "is_hidden": not it.is_listed,
        "costs": not it.is_free and not all_off and any(row.state in HOLDS_PLACE for row in rows),
    }  # fmt: skip


def _act(
    request: PageRequest, rows: list[Registration], time: Occurrence | None, form: PayForm, token: str, at: dt.datetime
) -> bool:
    """Do what was pressed. Whoever else is logged in on this machine is nobody here."""
    by, act, group = Viewer.anonymous(request.municipality.id), request.POST.get("act", ""), rows[0].group
    chosen = [row.id for row in rows if str(row.id) == request.POST.get("row")] or [row.id for row in rows]
    if act == "pay":
        if not form.is_valid():
            return False
        pays = Pays(form.cleaned_data["pays"])
        paying.choose_payment(registrations=[row.id for row in rows], pays=pays, token=token, by=by, at=at)
        messages.success(request, _("It is noted. Nobody at the door sees which way you chose."))
    elif act == "off":
        signing.cancel(registrations=chosen, token=token, by=by, at=at)
        messages.success(request, _("Thank you for telling us. The place goes to the next."))
    elif act in {"yes", "again", *SOON}:
        _in_line(request, group, act, token, at)
    elif act in {"once", "not_once"}:
        found = next((o for o in asked_once(rows, at=at) if str(o.id) == request.POST.get("once")), None)
        if found is None:
            raise NotYours
        single.answer(one_time=found.id, yes=act == "once", token=token, by=by, at=at)
        messages.success(request, _("Thank you, it is noted. You keep your place in line."))
    elif act == "not" and time is not None:
        attending.not_this_time(occurrence=time, registrations=chosen, token=token, by=by, at=at)
        messages.success(request, _("Thank you for telling us. You keep your place for the other times."))
    return True


def _in_line(request: PageRequest, group: uuid.UUID, act: str, token: str, at: dt.datetime) -> None:
    by = Viewer.anonymous(request.municipality.id)
    if act == "yes":
        signing.accept_place(group=group, token=token, by=by, at=at)
        messages.success(request, _("The place is yours."))
    elif act == "again":
        signing.line_up_again(group=group, token=token, by=by, at=at)
    else:
        rows = signing.say_short_notice(group=group, said=SOON[act], token=token, by=by, at=at)
        if not any(row.state == State.OFFERED for row in rows):
            messages.success(request, _("It is noted. You keep your place in line."))


@require_http_methods(["GET", "POST"])
@public
def count(request: PageRequest, occurrence_id: uuid.UUID, token: str) -> HttpResponse:
    """Note how many came, by an address of its own: a number in, nothing out; after three days it serves no more."""
    request.private, at = True, clock.now()
    limit("head_count", request.META.get("REMOTE_ADDR", ""), at=at, most=60)
    time = queries.time_told(occurrence_id)
    if time is None or not is_count_token(token, occurrence_id):
        raise Http404
    if attending.counts_no_more(time, at=at):
        return render(request, "registrations/count.html", {"over": _(attending.TooLateToCount().message)}, status=410)
    form = CountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = Viewer.system(request.municipality.id, frozenset({time.activity.owner_id}))
        try:
            attending.head_count(occurrence=time.id, token=token, number=form.cleaned_data["number"], by=by, at=at)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Thank you, it is noted."))
            return redirect("registration_count", occurrence_id, token)
    context = {"form": form, "row": time}
    return render(request, "registrations/count.html", context, status=422 if form.errors else 200)
