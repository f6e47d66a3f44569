"""Places that the municipality gives out: who gives them, and the closed list."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.activities.queries import activity_for
from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import allocating, signing
from samtun.operation.registrations.enums import RegistrationState as State
from samtun.operation.registrations.models import Registration
from samtun.operation.registrations.web.forms import AllocatorForm, Asks, PlaceForm, comers_of, wishes_of
from samtun.operation.registrations.web.views.public import pay, who_it_is
from samtun.people.places.queries import villages

WHY = gettext_noop("Gives out places on a closed list")


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=WHY)
def allocator(request: PageRequest, activity_id: uuid.UUID) -> HttpResponse:
    """Name the unit of the municipality that gives out the places."""
    it = activity_for(request.viewer, activity_id)
    form = AllocatorForm(request.POST or None, owners=queries.municipal_owners())
    if request.method == "POST" and form.is_valid():
        try:
            allocating.name_allocator(activity=it, owner=form.cleaned_data["owner"], by=request.viewer, at=clock.now())
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("It is noted who gives out the places."))
            return redirect("programme_one", it.id)
    return render(request, "registrations/allocator.html", {"form": form, "it": it}, status=422 if form.errors else 200)


@require_safe
@needs(Permission.PUBLISH, purpose=WHY)
def given(request: PageRequest) -> HttpResponse:
    """What one gives out places for."""
    return render(request, "registrations/given.html", {"rows": queries.gives_out(request.viewer)})


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=WHY)
def places(request: PageRequest, activity_id: uuid.UUID) -> HttpResponse:
    """The closed list: those who have a place, for whoever gives them out and those who hold it."""
    it = Activity.objects.select_related("owner").filter(id=activity_id).first()
    if it is None:
        raise NotYours
    rows, gives = queries.places_of(request.viewer, it), allocating.gives_for(request.viewer, it.id)
    request.scope.saw(*(row.contact_id for row in rows), how="listed")
    act = request.POST.get("act", "")
    form = PlaceForm(
        request.POST if act == "give" else None, initial={"key": uuid.uuid4()}, asks=Asks.of(it), villages=villages()
    )
    if request.method == "POST":
        if not gives:
            messages.error(request, _("Only the unit that gives out the places changes this list."))
            return redirect("registration_places", it.id)
        try:
            if act == "off":
                _take(request, rows)
                return redirect("registration_places", it.id)
            if form.is_valid():
                _give(request, it, form)
                return redirect("registration_places", it.id)
        except Refused as refusal:
            form.add_error(None, _(refusal.message)) if act == "give" else messages.error(request, _(refusal.message))
    taken = sum(row.state != State.WAITING for row in rows)
    context = {
        "it": it, "rows": rows, "form": form, "gives": gives, "next": _next(it), "taken": taken,
        "lacks": max((it.least or 0) - taken, 0), "is_full": it.most is not None and taken >= it.most,
    }  # fmt: skip
    return render(request, "registrations/places.html", context, status=422 if form.errors else 200)


def _next(it: Activity) -> Occurrence | None:
    rows = Occurrence.objects.filter(activity=it, state="planned", ends_at__gt=clock.now())
    return rows.order_by("starts_at").first()


def _give(request: PageRequest, it: Activity, form: PlaceForm) -> None:
    time, data = _next(it), form.cleaned_data
    if time is None:
        raise signing.NotOn
    time.activity = it
    with transaction.atomic():
        contact = who_it_is(request, it.owner, data)
        wishes = wishes_of(data)
        rows = allocating.give_place(
            occurrence=time, contact=contact, sent_key=str(data["key"]), by=request.viewer, at=clock.now(),
            comers=comers_of(data, contact=contact, comes=data.get("comes", True)),
            guardian_said_yes=data.get("guardian", False), ride=wishes["ride"], gear=wishes["gear"],
        )  # fmt: skip
        pay(rows, data, by=request.viewer, at=clock.now())


def _take(request: PageRequest, rows: list[Registration]) -> None:
    mine = [row.id for row in rows if str(row.id) == request.POST.get("row")]
    if not mine:
        raise NotYours
    signing.cancel(registrations=mine, by=request.viewer, at=clock.now())
