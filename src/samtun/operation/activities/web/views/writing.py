"""An activity is written, put right, or pencilled in again for another year."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.forms import DayField
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.operation.activities import queries
from samtun.operation.activities.actions import making
from samtun.operation.activities.actions.making import Told
from samtun.operation.activities.models import Activity
from samtun.operation.activities.queries import Advice, Planned
from samtun.operation.activities.rules import next_year
from samtun.operation.activities.web import tables
from samtun.operation.activities.web.forms import ActivityForm, initial_of
from samtun.operation.activities.web.views.desk import WHY
from samtun.operation.lending.queries import offered
from samtun.operation.screening.queries import purposes_on
from samtun.partners.catalogue.enums import OLDER_PEOPLE, Transport
from samtun.partners.organisations.queries import receiving_owner
from samtun.people.places.queries import halls, villages


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=WHY)
def new(request: PageRequest) -> HttpResponse:
    """Write an activity; what is on at the same time is told before it is opened."""
    own = next((str(one.id) for one in queries.writes_as(request.viewer) if one.id in request.viewer.owners), "")
    form = _form(request, initial={
        "key": uuid.uuid4(), "repeat": "once", "sign_up": "open", "not_on_holidays": True, "owner": own,
    })  # fmt: skip
    return _written(request, form, None)


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=WHY)
def change(request: PageRequest, activity_id: uuid.UUID) -> HttpResponse:
    """Put an activity right."""
    it = queries.activity_for(request.viewer, activity_id)
    form = _form(request, initial=initial_of(it, list(it.turns.order_by("order"))), allow_past=True)
    return _written(request, form, it)


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=WHY)
def another_year(request: PageRequest, activity_id: uuid.UUID) -> HttpResponse:
    """Pencil in for another year what has been: the words stand, the day is the same weekday."""
    it = queries.activity_for(request.viewer, activity_id)
    initial = initial_of(it, list(it.turns.order_by("order"))) | {"key": uuid.uuid4()}
    day, until = next_year(it.starts_on, it.until, today=clock.today())
    initial |= {"starts_on": day, "until": until}
    return _written(request, _form(request, initial=initial), None, year_of=it)


def _form(request: PageRequest, *, initial: dict[str, Any], allow_past: bool = False) -> ActivityForm:
    form = ActivityForm(
        request.POST or None, owners=queries.writes_as(request.viewer), halls=halls(), villages=villages(),
        hosts=queries.hosts(), today=clock.today(), things=() if allow_past else offered(), initial=initial,
        purposes=purposes_on(clock.today()),
    )  # fmt: skip
    form.part("starts_on", DayField).allow_past = allow_past
    return form


def _written(
    request: PageRequest, form: ActivityForm, it: Activity | None, year_of: Activity | None = None
) -> HttpResponse:  # fmt: skip
    told: Told | None = None
    beside: dict[str, Any] = {}
    version = request.POST.get("version", "") or (str(it.version) if it else "")
    if request.method == "POST" and form.is_valid():
        told = form.told()
        beside = _beside(request, told, form.cleaned_data["owner"], it)
        pencil = request.POST.get("act") == "pencil"
        if not beside["warns"] or request.POST.get("seen") == beside["seen"] or pencil:
            try:
                made = _save(request, form, told, it, version, pencil=pencil, year_of=year_of)
            except Refused as refusal:
                form.add_error(None, _(refusal.message))
            else:
                _say(request, made, pencil=pencil)
                return redirect("programme_one", made.id)
    context = {"form": form, "it": it, "version": version, "year_of": year_of, **beside}
    return render(request, "activities/write.html", context, status=422 if form.errors else 200)


def _save(
    request: PageRequest, form: ActivityForm, told: Told, it: Activity | None, version: str, *, pencil: bool,
    year_of: Activity | None,
) -> Activity:  # fmt: skip
    by, at = request.viewer, clock.now()
    if it:
        number = int(version) if version.isdecimal() and len(version) < 10 else 0
        return making.change(activity=it, told=told, version=number, by=by, at=at)
    data = form.cleaned_data
    return making.write(
        owner=data["owner"], told=told, sent_key=data["key"], pencil=pencil, year_of=year_of, things=data["things"],
        by=by, at=at,
    )  # fmt: skip


def _say(request: PageRequest, made: Activity, *, pencil: bool) -> None:
    said = {
        "draft": _("It is pencilled in: others who plan something see the date."),
        "waiting": _("It is written. It opens by itself when the centre has seen who you are, within one opening day."),
    }.get(made.state, _("It is open to everyone."))  # fmt: skip
    messages.success(request, said)


def _beside(request: PageRequest, told: Told, owner: Owner, it: Activity | None) -> dict[str, Any]:
    """Return what is worth knowing before it is opened: what else is on, better days, who does nearly the same."""
    when, today = told.when, clock.today()
    village = told.place.village_id if told.place else (told.village.id if told.village else None)
    planned = Planned(
        on=when.starts_on, at=when.at, to=when.to, groups=frozenset(told.groups), village=village,
        category=told.category, activity=it.id if it else None,
    )  # fmt: skip
    clashes = queries.beside(request.viewer, planned)
    centre = receiving_owner()
    is_centre = it is None and centre is not None and owner.id == centre.id
    nearly = queries.nearly_the_same(
        category=told.category, village=village, groups=told.groups, owner=owner.id
    ) if is_centre else []  # fmt: skip
    bus = _bus(told)
    alone = told.transport == Transport.OWN and bool(OLDER_PEOPLE & set(told.groups))
    return {
        "clashes": [(tables.heading_of(one.on, today), one) for one in clashes[:8]],
        "more_clashes": max(len(clashes) - 8, 0),
        "better": [tables.heading_of(day, today) for day in queries.better_days(request.viewer, planned, today=today)]
        if clashes else [],
        "nearly": nearly, "alone": alone, "bus": bus, "bus_day": tables.heading_of(bus.on, today) if bus else "",
        "warns": bool(clashes or nearly or alone or bus),
        "seen": f"{when.starts_on} {when.at:%H.%M} {told.category} {told.transport} {bus.on if bus else ''}".strip(),
    }  # fmt: skip


def _bus(told: Told) -> Advice | None:
    """Return what the timetable says when nobody gets there and home by bus, although that was chosen."""
    when = told.when
    place = told.place or next(iter(when.halls), None)
    if told.transport != Transport.PUBLIC or place is None:
        return None
    try:
        rule = queries.rule_of(Activity(**told.facts()))
    except ValueError:
        return None
    return queries.advice(place, rule, when.at, when.to, at=clock.now())
