"""What happens in a life: a death is noted in one act, and taken back when it was a mistake."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.queries import number_waiting_to
from samtun.people.persons import actions, queries
from samtun.people.persons.models import Passing, Person
from samtun.people.persons.rules import UNDO, may_note_death, may_take_back
from samtun.people.persons.web.forms import DeathForm
from samtun.people.persons.web.tables import stopped_words

WHY = "noting that somebody has died"


@require_safe
@needs(Permission.NOTE_DEATH, purpose=WHY)
def death_find(request: PageRequest) -> HttpResponse:
    """Find who has died, among those one's own unit knows."""
    q = request.GET.get("q", "")[:80]
    hits = queries.find_as_you_type(request.viewer, q, at=clock.now())
    return render(request, "persons/death_find.html", {"q": q, "hits": hits})


@require_http_methods(["GET", "POST"])
@needs(Permission.NOTE_DEATH, purpose=WHY)
def death(request: PageRequest, person_id: uuid.UUID) -> HttpResponse:
    """Say exactly what will stop and who will be rung; then do it, in one act. Afterwards: what stands."""
    found = queries.person_for(request.viewer, person_id)
    if not may_note_death(request.viewer, found):
        raise NotYours
    passing = queries.passing_of(found.id)
    if passing:
        return render(request, "persons/dead.html", _what_stands(request, found, passing))
    posted = request.POST if request.method == "POST" else None
    form = DeathForm(posted, initial={"rings": request.viewer.name})
    if posted is not None and form.is_valid():
        try:
            actions.note_death(person=found, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("died_on", _(refusal.message))
        else:
            head = _("It is noted that %(name)s has died.") % {"name": found.full_name}
            messages.success(request, head + "\n" + _("All that was on its way has stopped. Below is whom to ring."))
            return redirect("person_death", found.id)
    context = _frame(request, found) | {"form": form, "effects": _effects(found)}
    return render(request, "persons/death.html", context, status=422 if form.errors else 200)


def _frame(request: PageRequest, person: Person) -> dict[str, Any]:
    return {
        "person": person, "may_see": request.viewer.may(Permission.SEE_PERSONS),
        "slots": fragments(request.viewer, Ref("death", person.id), on=clock.today()),
    }  # fmt: skip


def _effects(person: Person) -> list[str]:
    number = number_waiting_to(queries.everyone_of(person.id))
    name = {"name": person.given_name}
    first = _("Nothing goes to %(name)s any more: no text, e-mail, letter or call, whoever asks for it.") % name
    if number:
        waiting = ngettext("One that waits is stopped.", "%(n)d that wait are stopped.", number) % {"n": number}
        first = f"{first} {waiting}"
    return [
        first,
        _("What is agreed or asked for is cancelled, and reminders, questions and thanks stop."),
        _("Nobody is told by text. Those who were close are rung by a person."),
        _("%(name)s is asked nothing more as a volunteer, and can no longer log in.") % name,
        _("It holds for everyone who knows %(name)s here. Other organisations see it on their own desks.") % name,
        ngettext("A mistake can be taken back for %(n)d day.", "A mistake can be taken back for %(n)d days.", UNDO.days)
        % {"n": UNDO.days},
    ]


def _what_stands(request: PageRequest, person: Person, passing: Passing) -> dict[str, Any]:
    at = clock.now()
    return _frame(request, person) | {
        "passing": passing, "stopped": stopped_words(queries.number_stilled(passing.id)),
        "undo": at - passing.known_at <= UNDO and may_take_back(request.viewer, passing),
        "until": clock.wall(passing.known_at + UNDO).date(),
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(Permission.NOTE_DEATH, purpose="taking back a death noted by mistake")
def death_undo(request: PageRequest, person_id: uuid.UUID) -> HttpResponse:
    """It was a mistake: say what comes back, then bring it back."""
    found = queries.person_for(request.viewer, person_id)
    passing = queries.passing_of(found.id)
    if passing is None or not may_take_back(request.viewer, passing):
        raise NotYours
    if request.method == "POST":
        actions.take_back_death(passing=passing, by=request.viewer, at=clock.now())
        late = queries.number_not_back(passing.id)
        words = _("It is taken back. What was stopped stands again.")
        if late:
            words += "\n" + ngettext(
                "%(n)d message was not sent, since its time has passed. It stands on the desk.",
                "%(n)d messages were not sent, since their time has passed. They stand on the desk.", late,
            ) % {"n": late}  # fmt: skip
        messages.success(request, words)
        return redirect("person", found.id) if request.viewer.may(Permission.SEE_PERSONS) else redirect("death_find")
    context = {
        "person": found, "title": _("Was it a mistake about %(name)s?") % {"name": found.full_name},
        "effects": [
            _("Wishes, agreements and questions stand again as they were, unless someone has changed them since."),
            _("Messages go again where their time has not passed. The desk is told of the others."),
            _("Those who have been rung must be rung again. It stands on the desk."),
        ],
        "yes": _("Yes, it was a mistake"), "back": reverse("person_death", args=[found.id]), "here": request.path,
    }  # fmt: skip
    return render(request, "persons/sure.html", context)
