"""What can be done with an arrangement and its dates: each posts, calls one action, and says what follows."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.foundation.ways import came_from
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.operation.arrangements import actions, queries
from samtun.operation.arrangements.enums import EndReason, PauseKind, VisitState
from samtun.operation.arrangements.models import Pause, Visit
from samtun.operation.arrangements.web.forms import AnotherForm, EndForm, PauseForm
from samtun.people.consents.actions import record_consent

HANDLE = Permission.HANDLE_REQUESTS
WHY = "seeing to those who meet regularly"


def _try(request: PageRequest, act: Callable[[], str]) -> bool:
    """Run one act and say what became of it; False when it was refused, and nothing was written."""
    try:
        with transaction.atomic():
            sentence = act()
    except Refused as refusal:
        messages.warning(request, _(refusal.message))
        return False
    messages.success(request, sentence)
    return True


def _back(request: PageRequest, arrangement_id: uuid.UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(came_from(request) or reverse("arrangement", args=[arrangement_id]))


@require_http_methods(["GET", "POST"])
@needs(HANDLE, purpose=WHY)
def visit(request: PageRequest, visit_id: uuid.UUID) -> HttpResponse:
    """Say what was said on the telephone about one date, or that it stands after all; it is shown with the others."""
    found = queries.visit_for(request.viewer, visit_id)
    if request.method == "POST":
        _try(request, lambda: _said(found, request.POST.get("act", ""), request))
        return _back(request, found.arrangement_id)
    return redirect("arrangement", found.arrangement_id)


@require_POST
@needs(HANDLE, purpose=WHY)
def stand_in(request: PageRequest, visit_id: uuid.UUID) -> HttpResponse:
    """Make an ordinary wish for someone else that one time."""
    found = queries.visit_for(request.viewer, visit_id)
    wishes: list[uuid.UUID] = []

    def act() -> str:
        wishes.append(actions.find_stand_in(visit=found, by=request.viewer, at=clock.now()).id)
        return _("The wish for a stand-in is written.") + "\n" + _("Now choose whom to ask.")

    if _try(request, act) and not came_from(request):
        return redirect("help_request", wishes[0])
    return _back(request, found.arrangement_id)


def _said(found: Visit, what: str, request: PageRequest) -> str:
    by, at = request.viewer, clock.now()
    if what == "cannot":
        actions.cannot_come(visit=found, via="call", by=by, at=at)
        return _("Noted.") + "\n" + _("The one who is visited is told. You can find a stand-in for this one time.")
    if what == "not_wanted":
        actions.not_this_time(visit=found, via="call", by=by, at=at)
        return _("Noted.") + "\n" + _("The volunteer is told. The rest stands as before.")
    if what == "not_met":
        actions.note_minutes(visit=found, minutes=0, by=by, at=at)
        return _("Noted that they did not meet.")
    actions.stands_after_all(visit=found, by=by, at=at)
    if found.state == VisitState.HOLIDAY:
        return _("It stands, and both are told.")
    return _("It stands after all, and whoever had heard otherwise is told.")


@require_POST
@needs(HANDLE, Permission.OWN_PAGE, purpose="saying that one cannot come")
def cannot(request: PageRequest, visit_id: uuid.UUID) -> HttpResponse:
    """The volunteer says on their own page that they cannot this time."""
    found = Visit.objects.select_related("arrangement", "term__volunteer").filter(id=visit_id).first()
    if found is None:
        raise NotYours

    def act() -> str:
        actions.cannot_come(visit=found, via="web", by=request.viewer, at=clock.now())
        return _("Thank you for telling us.") + "\n" + _("The rest stands as before.")

    _try(request, act)
    return redirect("home") if not request.viewer.may(HANDLE) else _back(request, found.arrangement_id)


@require_http_methods(["GET", "POST"])
@needs(HANDLE, purpose=WHY)
def pause(request: PageRequest, arrangement_id: uuid.UUID) -> HttpResponse:
    """Pause from a day to a day."""
    found = queries.arrangement_for(request.viewer, arrangement_id)
    form = PauseForm(request.POST or None, today=clock.today())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> str:
            actions.pause(
                arrangement=found, kind=PauseKind(data["kind"]), starts=data["starts"], ends=data["ends"],
                by=request.viewer, at=clock.now(),
            )  # fmt: skip
            return _("The pause stands, and whoever did not ask for it is told.")

        if _try(request, act):
            return _back(request, found.id)
    context = {"found": found, "form": form, "heading": _("A pause")}
    return render(request, "arrangements/pause.html", context, status=422 if form.errors else 200)


@require_POST
@needs(HANDLE, purpose=WHY)
def lift(request: PageRequest, arrangement_id: uuid.UUID, pause_id: uuid.UUID) -> HttpResponse:
    """Undo a pause, or end it."""
    found = queries.arrangement_for(request.viewer, arrangement_id)
    row = Pause.objects.filter(id=pause_id, arrangement=found).first()
    if row is None:
        raise NotYours

    def act() -> str:
        actions.lift(pause=row, by=request.viewer, at=clock.now())
        return _("The pause is over. The dates stand again.")

    _try(request, act)
    return _back(request, found.id)


@require_http_methods(["GET", "POST"])
@needs(HANDLE, purpose=WHY)
def find_another(request: PageRequest, arrangement_id: uuid.UUID) -> HttpResponse:
    """Look for someone else from a day on; who comes now goes on until there is a yes."""
    found = queries.arrangement_for(request.viewer, arrangement_id)
    form = AnotherForm(request.POST or None, today=clock.today())
    wishes: list[uuid.UUID] = []
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            first, at = form.cleaned_data["first"], clock.now()
            wishes.append(actions.find_another(arrangement=found, first=first, by=request.viewer, at=at).id)
            return _("The wish for someone else is written.") + "\n" + _("Now choose whom to ask.")

        if _try(request, act):
            return redirect("help_request", wishes[0])
    context = {"found": found, "form": form}
    return render(request, "arrangements/another.html", context, status=422 if form.errors else 200)


@require_POST
@needs(HANDLE, purpose="writing down a yes")
def yes_again(request: PageRequest, arrangement_id: uuid.UUID) -> HttpResponse:
    """The person has said yes again."""
    found = queries.arrangement_for(request.viewer, arrangement_id)

    def act() -> str:
        consent = record_consent(
            person=found.recipient, basis="self", given_by=found.recipient.full_name, what="The standing arrangement",
            passed_to=found.owner, owner=found.owner, purpose="Being visited regularly", form="oral",
            by=request.viewer, at=clock.now(),
        )  # fmt: skip
        actions.say_yes_again(arrangement=found, consent=consent, by=request.viewer, at=clock.now())
        return _("The yes is written down.")

    _try(request, act)
    return _back(request, found.id)


@require_http_methods(["GET", "POST"])
@needs(HANDLE, purpose=WHY)
def end(request: PageRequest, arrangement_id: uuid.UUID) -> HttpResponse:
    """End it: first says whom it concerns, then does it."""
    found = queries.arrangement_for(request.viewer, arrangement_id)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> str:
            reason = EndReason(data["reason"])
            actions.end(arrangement=found, reason=reason, words=data["words"], by=request.viewer, at=clock.now())
            return _("It has ended. Both are told, and the volunteer is thanked.")

        if _try(request, act):
            return redirect("arrangement", found.id)
    context = {"found": found, "form": form, "term": queries.last_term(found, clock.today())}
    return render(request, "arrangements/end.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose="stopping when one likes")
def stop_coming(request: PageRequest, arrangement_id: uuid.UUID) -> HttpResponse:
    """The volunteer stops: one button, and nobody asks why."""
    own = queries.coming_of(request.viewer, on=clock.today())
    found = next((c for c in own if c.arrangement.id == arrangement_id), None)
    if found is None:
        raise NotYours
    if request.method != "POST":
        return render(request, "arrangements/stop.html", {"row": queries.coming_row(found, now=clock.now())})

    def act() -> str:
        actions.stop_coming(arrangement=found.arrangement, by=request.viewer, at=clock.now())
        return _("Thank you so much for all the times you came.")

    _try(request, act)
    return redirect("home")
