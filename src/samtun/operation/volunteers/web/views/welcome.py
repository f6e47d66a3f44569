"""Someone becomes a volunteer."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.anchoring.responsibilities.queries import task_types
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.operation.volunteers import actions
from samtun.operation.volunteers.models import Volunteer
from samtun.operation.volunteers.web.forms import WelcomeForm
from samtun.people.persons.actions import register_person
from samtun.people.persons.models import Person
from samtun.people.persons.queries import find_as_you_type, own_owners, person_for
from samtun.people.places.queries import villages


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_VOLUNTEERS, purpose="welcoming a volunteer")
def volunteer_new(request: PageRequest) -> HttpResponse:
    """Find the person or write them down, and what they want; looking up loses nothing that is typed."""
    at, typed = clock.now(), request.POST if request.method == "POST" else request.GET
    q, chosen = typed.get("q", ""), typed.get("person", "")
    hits = _hits(request.viewer, q, chosen, at)
    shared: dict[str, Any] = {
        "types": [t for t in task_types() if not t.is_declined], "villages": villages(),
        "hosts": own_owners(request.viewer), "hits": hits,
    }  # fmt: skip
    looks_up = "find" in request.POST
    if request.method == "POST" and not looks_up:
        form = WelcomeForm(request.POST, **shared)
        if form.is_valid() and (made := _welcomed(form, request.viewer, at)):
            said = _("%(name)s is a volunteer with you.") % {"name": made.person.full_name}
            messages.success(request, said + "\n" + _("Tell about the insurance, and agree on a talk."))
            return redirect("volunteer", made.id)
        return render(request, "volunteers/new.html", {"form": form, "hits": hits, "q": q}, status=422)
    many = {"kinds", "week"}
    initial = {k: request.POST.getlist(k) if k in many else v for k, v in request.POST.items()}
    form = WelcomeForm(initial=initial | {"q": q, "person": chosen}, **shared)
    return render(request, "volunteers/new.html", {"form": form, "hits": hits, "q": q, "looked": looks_up})


def _hits(viewer: Viewer, q: str, chosen: str, at: dt.datetime) -> list[tuple[str, str]]:
    """Return who was found, and who is chosen already."""
    found = {}
    for hit in find_as_you_type(viewer, q, at=at):
        rest = ", ".join(part for part in (hit.village, f"… {hit.phone_end}" if hit.phone_end else "") if part)
        found[str(hit.id)] = f"{hit.name} ({rest})" if rest else hit.name
    if chosen and chosen != "new" and chosen not in found:
        try:
            found[chosen] = person_for(viewer, uuid.UUID(chosen)).full_name
        except (ValueError, NotYours):
            return list(found.items())
    return list(found.items())


def _welcomed(form: WelcomeForm, viewer: Viewer, at: dt.datetime) -> Volunteer | None:
    """Write down all of it or nothing; a refusal becomes a sentence on the form."""
    data = form.cleaned_data
    try:
        with transaction.atomic():
            made = actions.welcome_volunteer(
                person=_person(form, viewer, at), host=form.chosen_host, task_types=data["kinds"],
                has_car=data["has_car"], by=viewer, at=at,
            )  # fmt: skip
            if data["times"]:
                actions.set_ceiling(volunteer=made, times=data["times"], per=data["per"] or "month", by=viewer, at=at)
            if data["week"]:
                actions.set_weekly_times(volunteer=made, times=form.weekly(), by=viewer, at=at)
    except actions.AlreadyVolunteer as refusal:
        form.add_error("person", _(refusal.message))
    except Refused as refusal:
        form.add_error(None, _(refusal.message))
    else:
        return made
    return None


def _person(form: WelcomeForm, viewer: Viewer, at: dt.datetime) -> Person:
    if not form.is_new:
        return person_for(viewer, uuid.UUID(form.cleaned_data["person"]))
    return register_person(owner=form.chosen_host, source="volunteer", by=viewer, at=at, **form.person_facts())
