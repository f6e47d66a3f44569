"""Fixed times are shared out: the season on the desk, and the page where a club wishes."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.lending import queries as things
from samtun.operation.lending.actions import season as sharing
from samtun.operation.lending.actions import wishing
from samtun.operation.lending.actions.booking import TimeTaken
from samtun.operation.lending.adapters.plan import week_pdf
from samtun.operation.lending.enums import Kind, SeasonState, Via
from samtun.operation.lending.models import Lendable, Season, SeasonClub
from samtun.operation.lending.queries import season as queries
from samtun.operation.lending.rules import CHILDREN_FIRST, TooFarAhead, lends
from samtun.operation.lending.web import tables
from samtun.operation.lending.web.forms import (
    CallOffForm,
    DecideForm,
    GiveForm,
    SeasonForm,
    WishForm,
    WishForOtherForm,
)
from samtun.operation.lending.web.views.booking import caller
from samtun.partners.organisations.models import Organisation
from samtun.partners.organisations.queries import organisations_visible_to, own_organisations
from samtun.people.persons.models import Person

PURPOSE = "lending"
ROOMS = (Kind.HALL, Kind.POOL)
BESIDE: dict[type[Refused], str] = {
    sharing.NoDays: "weekdays", sharing.EndsBeforeStart: "ends", sharing.DeadlineAfterStart: "deadline",
    sharing.DeadlineHasBeen: "deadline", sharing.HoursOutside: "opens", TooFarAhead: "ends",
    wishing.LongerThanAll: "minutes", wishing.NoWish: "day_1",
}  # fmt: skip


def _refuse(form: Any, refusal: Refused) -> None:
    """Show what was refused beside what it is about."""
    field = BESIDE.get(type(refusal))
    form.add_error(field if field in form.fields else None, _(refusal.message))


@require_safe
@needs(Permission.PUBLISH, purpose=PURPOSE)
def listing(request: PageRequest) -> HttpResponse:
    """Show what is shared out, by oneself and by others."""
    viewer, today = request.viewer, clock.today()
    rows = queries.seasons_of(viewer, on=today)
    context = {
        "rows": [(row, lends(viewer, row.lendable.owner_id)) for row in rows], "today": today,
        "shares": bool(_halls(request)),
    }  # fmt: skip
    return render(request, "lending/seasons.html", context)


def _halls(request: PageRequest) -> list[Lendable]:
    """Return what one lends out that clubs can have fixed times in."""
    return [one for one in things.things_of(request.viewer) if one.is_offered and one.kind in ROOMS]


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=PURPOSE)
def new(request: PageRequest) -> HttpResponse:
    """Open a season for wishes."""
    own = _halls(request)
    clubs = organisations_visible_to(request.viewer).exclude(kind=Organisation.Kind.BUSINESS)
    owners = [body.owner for body in clubs]
    bodies = [one for one in owners if one.id not in request.viewer.owners]
    form = SeasonForm(request.POST or None, things=own, bodies=bodies, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = sharing.open_season(
                lendable=data["lendable"], plan=form.plan, asked=form.owners, sent_key=data["key"], by=request.viewer,
                at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("It is open for wishes, and those you asked hear of it."))
            return redirect("season", made.id)
    status = 422 if form.errors else 200
    return render(request, "lending/season_new.html", {"form": form, "has_things": bool(own)}, status=status)


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=PURPOSE)
def season(request: PageRequest, season_id: uuid.UUID) -> HttpResponse:
    """Show one to those who share it out: wishes, the proposal, what collides, and the decision."""
    request.private, found = True, queries.season_for(request.viewer, season_id)
    forms: dict[str, Any] = {}
    if request.method == "POST":
        forms = _act(request, found)
        if not forms:
            return redirect("season", found.id)
    return _page(request, found, forms)


def _act(request: PageRequest, found: Season) -> dict[str, Any]:
    act = request.POST.get("act", "")
    by: dict[str, Any] = {"by": request.viewer, "at": clock.now()}
    if act == "propose":
        try:
            sharing.propose(season=found, **by)
        except Refused as refusal:
            messages.error(request, _(refusal.message))
        return {}
    if act == "decide":
        return _decide(request, found, DecideForm(request.POST, prefix="yes"), by)
    if act != "cancel":
        raise NotYours
    form = CallOffForm(request.POST, prefix="off")
    if form.is_valid():
        try:
            sharing.cancel_season(season=found, words=form.cleaned_data["words"], **by)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
    return {"cancel_form": form} if form.errors else {}


def _decide(request: PageRequest, found: Season, form: DecideForm, by: dict[str, Any]) -> dict[str, Any]:
    if form.is_valid():
        try:
            sharing.decide(season=found, **form.written, **by)
        except TimeTaken as refusal:
            form.add_error("leave_out", refusal.message)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Decided. All times are booked, and everyone who wished hears what and why."))
    return {"decide_form": form} if form.errors else {}


def _page(request: PageRequest, found: Season, forms: dict[str, Any]) -> HttpResponse:
    lines, at, today = queries.lines_of(found), clock.now(), clock.today()
    is_proposed = found.state == SeasonState.PROPOSED
    wished = [line for line in lines if line.club.wished_at]
    context = {
        "found": found, "lines": wished, "silent": [line for line in lines if not line.club.wished_at],
        "collisions": queries.collisions_of(found, lines, at=at) if is_proposed else [],
        "lacking": [line for line in wished if line.lacks], "days": tables.days_of_season(found),
        "week": tables.week_of(found, lines), "is_over": today > found.deadline, "is_proposed": is_proposed,
        "is_open": found.state == SeasonState.OPEN, "is_decided": found.state == SeasonState.DECIDED,
        "children_first": CHILDREN_FIRST.read(today), "cancel_form": CallOffForm(prefix="off"),
        "decide_form": DecideForm(prefix="yes", initial={"version": found.version}),
        "slots": fragments(request.viewer, Ref("season", found.id), on=today),
    } | forms  # fmt: skip
    return render(request, "lending/season.html", context, status=422 if forms else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=PURPOSE)
def club(request: PageRequest, season_id: uuid.UUID, club_id: uuid.UUID) -> HttpResponse:
    """Give one club other times than were proposed."""
    request.private, found = True, queries.season_for(request.viewer, season_id)
    one = SeasonClub.objects.select_related("for_owner", "season__lendable").filter(id=club_id, season=found).first()
    if one is None:
        raise NotYours
    line = queries.line_of(one)
    form = GiveForm(request.POST or None, season=found, times=[queries.weekly(row) for row in line.given])
    if request.method == "POST" and form.is_valid():
        try:
            sharing.give(club=one, times=form.times, by=request.viewer, at=clock.now())
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Changed. Nothing is booked before you decide."))
            return redirect("season", found.id)
    context = {"form": form, "found": found, "line": line, "days": tables.days_of_season(found)}
    return render(request, "lending/season_club.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=PURPOSE)
def write_down(request: PageRequest, season_id: uuid.UUID) -> HttpResponse:
    """Write down the wish of one that rings or sends paper, also after the last day."""
    request.private, found = True, queries.season_for(request.viewer, season_id)
    owners = [body.owner for body in organisations_visible_to(request.viewer)]
    form = WishForOtherForm(request.POST or None, season=found, owners=owners)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                person = caller(request, found.lendable, data)
                wishing.wish(
                    season=found, owner=data["for_owner"], wishes=form.wishes, contact=person, via=Via.PHONE,
                    by=request.viewer, at=clock.now(),
                )  # fmt: skip
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("Written down. They hear on their own channel when it is decided."))
            return redirect("season", found.id)
    context = {"form": form, "found": found, "days": tables.days_of_season(found)}
    return render(request, "lending/season_write_down.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Permission.PUBLISH, purpose=PURPOSE)
def plan(request: PageRequest, season_id: uuid.UUID) -> HttpResponse:
    """Give the week of the hall on paper, for its door: which club is there when, and no person."""
    found = queries.season_for(request.viewer, season_id)
    if found.state != SeasonState.DECIDED:
        raise NotYours
    lines = queries.lines_of(found)
    week = tables.week_paper(found, lines, on=clock.today(), language=get_language() or "nn")
    response = HttpResponse(week_pdf(week), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="samtun-{found.starts:%Y-%m-%d}.pdf"'
    return response


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=PURPOSE)
def wish(request: PageRequest, season_id: uuid.UUID) -> HttpResponse:
    """Wish for fixed times, as a club; afterwards: what it got, and why. Nobody sees another's."""
    request.private, found = True, queries.season_to_wish(request.viewer, season_id)
    lines, today = queries.lines_for(request.viewer, found), clock.today()
    can_wish = found.state == SeasonState.OPEN and today <= found.deadline
    if request.method == "POST" and request.POST.get("act") == "back":
        return _take_back(request, found, lines)
    form = _wish_form(request, found, lines)
    if request.method == "POST" and form.is_valid():
        person = Person.objects.filter(id=request.viewer.person).first() if request.viewer.person else None
        try:
            wishing.wish(
                season=found, owner=form.cleaned_data["for_owner"], wishes=form.wishes, contact=person,
                by=request.viewer, at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("Your wishes are written down. You hear from us when it is decided."))
            return redirect("season_wish", found.id)
    context = {
        "form": form, "found": found, "lines": [line for line in lines if line.club.wished_at], "can_wish": can_wish,
        "days": tables.days_of_season(found), "lends": lends(request.viewer, found.lendable.owner_id),
        "is_decided": found.state == SeasonState.DECIDED, "is_cancelled": found.state == SeasonState.CANCELLED,
        "children_first": CHILDREN_FIRST.read(today),
    }  # fmt: skip
    return render(request, "lending/season_wish.html", context, status=422 if form.errors else 200)


def _wish_form(request: PageRequest, found: Season, lines: list[queries.ClubLine]) -> WishForm:
    owners = [body.owner for body in own_organisations(request.viewer)]
    line = lines[0] if len(owners) == 1 and lines else None
    initial = {} if line is None else {
        "minutes": line.club.minutes or None, "for_children": line.club.for_children, "words": line.club.words,
    }  # fmt: skip
    times = [queries.weekly(row) for row in line.wishes] if line else []
    return WishForm(request.POST or None, season=found, owners=owners, times=times, initial=initial)


def _take_back(request: PageRequest, found: Season, lines: list[queries.ClubLine]) -> HttpResponse:
    chosen = next((line for line in lines if str(line.club.id) == request.POST.get("club")), None)
    if chosen is None:
        raise NotYours
    try:
        wishing.take_back_wish(club=chosen.club, by=request.viewer, at=clock.now())
    except Refused as refusal:
        messages.error(request, _(refusal.message))
    else:
        messages.success(request, _("Your wishes are taken back."))
    return redirect("season_wish", found.id)
