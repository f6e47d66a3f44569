"""What can be said about helping, by the volunteer or by the host for them: each a small page that works alone."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samtun.anchoring.responsibilities.queries import task_types
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.operation.volunteers import actions, queries
from samtun.operation.volunteers.models import Volunteer
from samtun.operation.volunteers.rules import hosts, may_manage
from samtun.operation.volunteers.web.forms import (
    AbsenceForm,
    CeilingForm,
    KindsForm,
    PauseForm,
    TimesForm,
    boxes_of,
)

EITHER = (Permission.MANAGE_VOLUNTEERS, Permission.OWN_PAGE)
AT_FIELD = {actions.PauseHasBeen: "until", actions.BackwardsDates: "ends", actions.BadCeiling: "times"}
WHY = "what a volunteer has said about helping"


def _found(request: PageRequest, volunteer_id: uuid.UUID) -> Volunteer:
    found = queries.volunteer_for(request.viewer, volunteer_id)
    if not may_manage(request.viewer, found):
        raise NotYours
    return found


def _home(request: PageRequest, found: Volunteer) -> str:
    return reverse("volunteer", args=[found.id]) if hosts(request.viewer, found) else reverse("home")


def _back(request: PageRequest, found: Volunteer, said: str) -> HttpResponseRedirect:
    messages.success(request, said)
    return redirect(_home(request, found))


def _frame(request: PageRequest, found: Volunteer) -> dict[str, Any]:
    desk = hosts(request.viewer, found)
    return {
        "volunteer": found, "person": found.person, "frame": "ui/desk.html" if desk else "ui/public.html",
        "back": _home(request, found), "is_desk": desk, "here": request.path,
    }  # fmt: skip


def _step(
    request: PageRequest,
    found: Volunteer,
    form: BaseForm,
    act: Callable[[], str],
    template: str = "volunteers/step.html",
    **words: Any,
) -> HttpResponse:
    """Show a small form; when it is sent and right, act and go back with a sentence."""
    if form.is_bound and form.is_valid():
        try:
            said = act()
        except Refused as refusal:
            form.add_error(AT_FIELD.get(type(refusal)), _(refusal.message))
        else:
            return _back(request, found, said)
    context = _frame(request, found) | {"form": form} | words
    return render(request, template, context, status=422 if form.errors else 200)


def _posted(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "POST"])
@needs(*EITHER, purpose=WHY)
def kinds(request: PageRequest, volunteer_id: uuid.UUID) -> HttpResponse:
    """Which kinds of help."""
    found = _found(request, volunteer_id)
    types = [t for t in task_types() if not t.is_declined]
    chosen = [str(t) for t in queries.willing_types([found.id]).get(found.id, [])]
    form = KindsForm(_posted(request), types=types, initial={"kinds": chosen})

    def act() -> str:
        picked = form.cleaned_data["kinds"]
        actions.choose_task_types(volunteer=found, task_types=picked, by=request.viewer, at=clock.now())
        return _("Saved.") if picked else _("Saved.") + "\n" + _("With nothing ticked, nobody asks.")

    return _step(request, found, form, act, title=_("What to help with"), lead=_("It can be changed at any time."))


@require_http_methods(["GET", "POST"])
@needs(*EITHER, purpose=WHY)
def ceiling(request: PageRequest, volunteer_id: uuid.UUID) -> HttpResponse:
    """How often at most, whoever asks."""
    found = _found(request, volunteer_id)
    profile = queries.profile_of(found.person_id)
    initial = {"times": profile and profile.ceiling_times, "per": (profile and profile.ceiling_per) or "month"}
    form = CeilingForm(_posted(request), initial=initial)

    def act() -> str:
        actions.set_ceiling(
            volunteer=found, times=form.cleaned_data["times"], per=form.cleaned_data["per"] or "month",
            by=request.viewer, at=clock.now(),
        )  # fmt: skip
        return _("Saved.") + "\n" + _("Nobody asks more often than that, whichever organisation it is.")

    lead = _("The limit holds for everyone who asks, all together.")
    return _step(request, found, form, act, title=_("How often"), lead=lead)


@require_http_methods(["GET", "POST"])
@needs(*EITHER, purpose=WHY)
def times(request: PageRequest, volunteer_id: uuid.UUID) -> HttpResponse:
    """When in the week it usually suits; unchanged boxes leave finer times as they stand."""
    found = _found(request, volunteer_id)
    stands = boxes_of(queries.weekly_times(found.person_id))
    form = TimesForm(_posted(request), initial={"week": stands})

    def act() -> str:
        if sorted(form.cleaned_data["week"]) != stands:
            actions.set_weekly_times(volunteer=found, times=form.weekly(), by=request.viewer, at=clock.now())
        return _("Saved.")

    lead = _("With nothing ticked we simply ask, and you answer yes or no.")
    return _step(request, found, form, act, "volunteers/times.html", title=_("When it usually suits"), lead=lead)


@require_http_methods(["GET", "POST"])
@needs(*EITHER, purpose=WHY)
def absence(request: PageRequest, volunteer_id: uuid.UUID) -> HttpResponse:
    """Away for some days. No reason is asked."""
    found = _found(request, volunteer_id)
    form = AbsenceForm(_posted(request))

    def act() -> str:
        data = form.cleaned_data
        actions.note_absence(
            volunteer=found, starts=data["starts"], ends=data["ends"], by=request.viewer, at=clock.now()
        )
        words = _("Nobody asks from %(first)s to %(last)s.")
        return _("Noted.") + "\n" + words % {
            "first": date_format(data["starts"], "j. F"), "last": date_format(data["ends"], "j. F"),
        }  # fmt: skip

    return _step(request, found, form, act, title=_("Away"), lead=_("You need not say why."))


@require_POST
@needs(*EITHER, purpose=WHY)
def absence_drop(request: PageRequest, volunteer_id: uuid.UUID, absence_id: uuid.UUID) -> HttpResponse:
    """There after all."""
    found = _found(request, volunteer_id)
    actions.drop_absence(absence_id=absence_id, volunteer=found, by=request.viewer, at=clock.now())
    return _back(request, found, _("Taken away."))


@require_http_methods(["GET", "POST"])
@needs(*EITHER, purpose=WHY)
def pause(request: PageRequest, volunteer_id: uuid.UUID) -> HttpResponse:
    """Pause, with one act or until a day."""
    found = _found(request, volunteer_id)
    form = PauseForm(_posted(request))

    def act() -> str:
        until = form.cleaned_data["until"]
        actions.pause(volunteer=found, until=until, by=request.viewer, at=clock.now())
        if until:
            return _("Pause.") + "\n" + _("Nobody asks before after %(day)s.") % {"day": date_format(until, "j. F")}
        return _("Pause.") + "\n" + _("Nobody asks before you say so.")

    effects = [
        _("Nobody from %(host)s asks in the meantime.") % {"host": found.host.name},
        _("What is agreed already still stands. Say so if that must change too."),
    ]
    return _step(request, found, form, act, title=_("Take a pause"), effects=effects, save=_("Take a pause"))


@require_POST
@needs(*EITHER, purpose=WHY)
def come_back(request: PageRequest, volunteer_id: uuid.UUID) -> HttpResponse:
    """End the pause."""
    found = _found(request, volunteer_id)
    actions.come_back(volunteer=found, by=request.viewer, at=clock.now())
    return _back(request, found, _("Welcome back!"))


@require_http_methods(["GET", "POST"])
@needs(*EITHER, purpose=WHY)
def leave(request: PageRequest, volunteer_id: uuid.UUID) -> HttpResponse:
    """Stop with this host, once the effects have been read."""
    found = _found(request, volunteer_id)
    if request.method == "POST":
        actions.leave(volunteer=found, by=request.viewer, at=clock.now())
        return _back(request, found, _("Thank you for the time that has been!"))
    effects = [
        _("Nobody from %(host)s asks any more.") % {"host": found.host.name},
        _("We find someone else for what is agreed, and tell those who wait."),
        _("Weekly times and absences are deleted when no host is left. The hours stay, for those who helped."),
        _("Coming back is always possible."),
    ]
    context = _frame(request, found) | {
        "title": _("Stop as a volunteer with %(host)s?") % {"host": found.host.name}, "effects": effects,
        "yes": _("Yes, stop"),
    }  # fmt: skip
    return render(request, "volunteers/leave.html", context)


@require_POST
@needs(Permission.MANAGE_VOLUNTEERS, purpose=WHY)
def insurance(request: PageRequest, volunteer_id: uuid.UUID) -> HttpResponse:
    """Note that the volunteer has been told who insures what."""
    found = queries.hosted_for(request.viewer, volunteer_id)
    actions.tell_insurance(volunteer=found, by=request.viewer, at=clock.now())
    return _back(request, found, _("Noted that %(name)s has been told.") % {"name": found.person.given_name})
