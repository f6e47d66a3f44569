"""A network on one page: where it stands, who is around, the talks; and its steps."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.models import Owner
from samtun.foundation.timeline import history
from samtun.foundation.viewer import Permission
from samtun.foundation.ways import came_from
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref
from samtun.operation.help_requests.queries import request_for
from samtun.operation.networks import actions, queries
from samtun.operation.networks.enums import BUILT, LAST, Ended, NetworkState
from samtun.operation.networks.models import Network
from samtun.operation.networks.web import tables
from samtun.operation.networks.web.forms import BeginForm, EndForm, RhythmForm, SkipForm, StepForm
from samtun.people.persons.queries import person_for

WHY = "building a network around somebody"
builds = needs(Permission.HANDLE_REQUESTS, purpose=WHY)


def tried(request: PageRequest, act: Callable[[], str]) -> bool:
    """Run one act and say what became of it; False when it was refused."""
    try:
        sentence = act()
    except Refused as refusal:
        messages.warning(request, _(refusal.message))
        return False
    messages.success(request, sentence)
    return True


@require_safe
@builds
def networks(request: PageRequest) -> HttpResponse:
    """List networks, with initials only."""
    chosen = request.GET.get("vis", "")
    found = queries.list_for(request.viewer, ended=chosen == "slutt")
    chips = [
        {"value": "", "label": _("Open"), "on": chosen != "slutt"},
        {"value": "slutt", "label": _("Ended"), "on": chosen == "slutt"},
    ]
    rows = [tables.row_of(n, on=clock.today()) for n in found]
    return render(request, "networks/networks.html", {"rows": rows, "chips": chips})


@require_http_methods(["GET", "POST"])
@builds
def new_network(request: PageRequest, person_id: uuid.UUID) -> HttpResponse:
    """Begin, with the person's own yes."""
    person = person_for(request.viewer, person_id)
    if existing := queries.network_of(request.viewer, person.id):
        return redirect("network", existing.id)
    origin = request.POST if request.method == "POST" else request.GET
    facts: dict[str, Any] = {"given_by": person.full_name, "who": request.viewer.name}
    form = BeginForm(request.POST if request.method == "POST" else None, initial=facts)
    if request.method == "POST" and form.is_valid():
        wish, word = _key(origin.get("onske", "")), _key(origin.get("ord", ""))
        try:
            made = actions.begin(
                owner=Owner.objects.get(id=min(request.viewer.owners)), person=person, referral_id=word,
                request=request_for(request.viewer, wish) if wish else None, by=request.viewer, at=clock.now(),
                **form.cleaned_data,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("The network is begun. The first step comes to the desk on its day."))
            return redirect("network", made.id)
    context = {"person": person, "form": form, "wish": origin.get("onske", ""), "word": origin.get("ord", "")}
    return render(request, "networks/new.html", context, status=422 if form.errors else 200)


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None


@require_safe
@builds
def network(request: PageRequest, network_id: uuid.UUID) -> HttpResponse:
    """Show where it stands and what can be done now."""
    return page(request, queries.network_for(request.viewer, network_id))


def page(request: PageRequest, found: Network, status: int = 200, **forms: Any) -> HttpResponse:
    """Render the page; `forms` are those that came back with something to mend."""
    today = clock.today()
    words, color = tables.state_of(found)
    now = queries.current_step(found)
    is_open, members = found.state == NetworkState.OPEN, queries.live_members(found)
    walks = is_open and now is not None and now.number < LAST
    context: dict[str, Any] = {
        "found": found, "state": words, "color": color, "is_open": is_open, "now": now, "walks": walks,
        "stands": found.state != NetworkState.ENDED, "steps": tables.step_rows(found, on=today),
        "members": tables.member_rows(members), "contact": next((m for m in members if m.is_contact), None),
        "talks": tables.talk_rows(found, on=today),
        "events": history(request.viewer, Ref("network", found.id), whole=True),
        "may_skip": walks and now is not None and now.number < BUILT,
        "may_go_back": is_open and bool(now and now.number > 1),
        "step_form": StepForm(initial={"on": today, "who": now.who if now else ""}), "skip_form": SkipForm(),
        "rhythm_form": RhythmForm(initial={"days": found.talk_days}),
        "wish": next((s.note for s in reversed(found.steps.all()) if s.note), ""),
    } | forms  # fmt: skip
    return render(request, "networks/network.html", context, status=status)


@require_POST
@builds
def step(request: PageRequest, network_id: uuid.UUID, number: int) -> HttpResponse:
    """Settle the step it stands at."""
    found = queries.network_for(request.viewer, network_id)
    form = StepForm(request.POST)
    if not form.is_valid():
        return page(request, found, 422, step_form=form)
    data = {name: form.cleaned_data[name] for name in ("on", "note", "who")}
    try:
        actions.settle_step(network=found, number=number, by=request.viewer, at=clock.now(), **data)
    except Refused as refusal:
        form.add_error(None, _(refusal.message))
        return page(request, found, 422, step_form=form)
    messages.success(request, _next_words(request, network_id))
    return redirect(came_from(request) or reverse("network", args=[network_id]))


def _next_words(request: PageRequest, network_id: uuid.UUID) -> str:
    """Say what will happen next, and when."""
    now = queries.current_step(queries.network_for(request.viewer, network_id))
    if now and now.due_on:
        return (
            _("Done.")
            + "\n"
            + _("The next step comes to the desk on %(day)s.") % {"day": date_format(now.due_on, "l j. F")}
        )
    return _("The network is in place.") + "\n" + _("The person hears who is in it, and the talks come to the desk.")


@require_POST
@builds
def skip(request: PageRequest, network_id: uuid.UUID, number: int) -> HttpResponse:
    """Skip the step it stands at, with the reason."""
    found = queries.network_for(request.viewer, network_id)
    form = SkipForm(request.POST)
    if not form.is_valid():
        return page(request, found, 422, skip_form=form)

    def act() -> str:
        because = form.cleaned_data["because"]
        actions.skip_step(network=found, number=number, because=because, by=request.viewer, at=clock.now())
        return _("Skipped. It can be taken back.")

    tried(request, act)
    return redirect("network", network_id)


@require_POST
@builds
def back(request: PageRequest, network_id: uuid.UUID) -> HttpResponse:
    """Take the last step back."""
    found = queries.network_for(request.viewer, network_id)

    def act() -> str:
        actions.take_step_back(network=found, by=request.viewer, at=clock.now())
        return _("Taken back. What was due after it is called off.")

    tried(request, act)
    return redirect("network", network_id)


@require_POST
@builds
def rhythm(request: PageRequest, network_id: uuid.UUID) -> HttpResponse:
    """Choose the rhythm of the talks."""
    found = queries.network_for(request.viewer, network_id)
    form = RhythmForm(request.POST)
    if not form.is_valid():
        return page(request, found, 422, rhythm_form=form)

    def act() -> str:
        actions.set_rhythm(network=found, days=form.cleaned_data["days"], by=request.viewer, at=clock.now())
        return _("Saved. It counts from the next talk.")

    tried(request, act)
    return redirect("network", network_id)


@require_http_methods(["GET", "POST"])
@builds
def end(request: PageRequest, network_id: uuid.UUID) -> HttpResponse:
    """Ask once more, naming the effect; then end it."""
    found = queries.network_for(request.viewer, network_id)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            because, note = Ended(form.cleaned_data["because"]), form.cleaned_data["note"]
            actions.end_network(network=found, because=because, note=note, by=request.viewer, at=clock.now())
            return _("Ended. No more talks come to the desk.")

        tried(request, act)
        return redirect("network", network_id)
    context = {"found": found, "form": form}
    return render(request, "networks/end.html", context, status=422 if form.errors else 200)
