"""Somebody is away for a while, stays elsewhere or has moved: noted, changed, back again."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.people.persons import actions, queries
from samtun.people.persons.models import Away, Person
from samtun.people.persons.rules import may_change
from samtun.people.persons.web.forms import AwayForm, UntilForm
from samtun.people.persons.web.tables import AWAY_WORDS

WHY = "noting that somebody is away"


def _found(request: PageRequest, person_id: uuid.UUID) -> Person:
    found = queries.person_for(request.viewer, person_id)
    if not may_change(request.viewer, found):
        raise NotYours
    return found


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose=WHY)
def away(request: PageRequest, person_id: uuid.UUID) -> HttpResponse:
    """Say what is held and who is asked; then note it. Noted already: the day can be changed."""
    found = _found(request, person_id)
    stands = queries.away_of(found.id)
    posted = request.POST if request.method == "POST" else None
    form = UntilForm(posted, initial={"ends": stands.ends}) if stands else _new(posted)
    if posted is not None and form.is_valid():
        try:
            sentence = _write(request, found, stands, form.cleaned_data)
        except Refused as refusal:
            form.add_error("ends", _(refusal.message))
        else:
            messages.success(request, sentence)
            return redirect("person_away", found.id)
    context = {
        "person": found, "form": form, "away": stands, "where": dict(AWAY_WORDS).get(stands.where) if stands else "",
        "slots": fragments(request.viewer, Ref("away", found.id), on=clock.today()),
    }  # fmt: skip
    return render(request, "persons/away.html", context, status=422 if form.errors else 200)


def _new(posted: Any) -> AwayForm:
    return AwayForm(posted, initial={"starts": clock.today()})


def _write(request: PageRequest, found: Person, stands: Away | None, data: dict[str, Any]) -> str:
    at = clock.now()
    if stands:
        actions.change_away(away=stands, by=request.viewer, at=at, **data)
        return _("The day is changed.")
    actions.note_away(person=found, by=request.viewer, at=at, **data)
    head = _("It is noted that %(name)s is away.") % {"name": found.given_name}
    return head + "\n" + _("What is open meanwhile is held. Ring those who visit, and ask whether they go on.")


@require_POST
@needs(Permission.HANDLE_REQUESTS, purpose=WHY)
def back(request: PageRequest, person_id: uuid.UUID) -> HttpResponse:
    """They are back, or never were away."""
    found = _found(request, person_id)
    stands = queries.away_of(found.id)
    if stands:
        actions.note_back(away=stands, by=request.viewer, at=clock.now())
        head = _("%(name)s is back.") % {"name": found.given_name}
        messages.success(request, head + "\n" + _("What was held goes on, and stands on the desk."))
    return redirect("person", found.id)
