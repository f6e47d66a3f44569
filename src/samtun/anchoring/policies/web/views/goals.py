"""One goal or measure: how far it has come, its date, who answers for it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.anchoring.forums.rules import acts_for
from samtun.anchoring.policies import actions, queries
from samtun.anchoring.policies.enums import PolicyState
from samtun.anchoring.policies.models import Goal
from samtun.anchoring.policies.rules import answers_for, writes
from samtun.anchoring.policies.web import tables
from samtun.anchoring.policies.web.forms import DateForm, GoalForm, OwnerForm, PersonForm, StateForm
from samtun.anchoring.policies.web.views.policies import READS, WHY, Act
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.slots import fragments
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref


@require_safe
@needs(*READS, purpose=WHY)
def goal(request: PageRequest, goal_id: uuid.UUID) -> HttpResponse:
    """Show a goal or measure: how far, by when, who answers for it, what is done to reach it, what serves it."""
    found, viewer, on = queries.goal_for(request.viewer, goal_id), request.viewer, clock.today()
    is_over = found.policy.state == PolicyState.ENDED
    measures = [tables.goal_row(m, on=on) for m in found.measures.order_by("made_at", "id")]
    context = {
        "row": tables.goal_row(found, on=on), "found": found, "measures": measures,
        "serving": queries.serving(viewer, [found])[found.id],
        "answers": answers_for(viewer, found) and not is_over,
        "names": acts_for(viewer, found.owner_id) and not is_over,
        "writes": writes(viewer, found.policy.owner_id) and not is_over,
        "sees_person": answers_for(viewer, found), "stands": queries.stands_there(found, on=on),
        "slots": fragments(viewer, Ref("policy_goal", found.id), on=on, of=found),
    }  # fmt: skip
    return render(request, "policies/goal.html", context)


@require_http_methods(["GET", "POST"])
@needs(*READS, purpose=WHY)
def say(request: PageRequest, goal_id: uuid.UUID, act: str) -> HttpResponse:
    """Say how far, give another date, name who answers, let another answer, or set a measure."""
    found = queries.goal_for(request.viewer, goal_id)
    acts: dict[str, Callable[[PageRequest, Goal], Act]] = {
        "status": _state, "dato": _date, "kven": _person, "andre": _owner, "tiltak": _measure,
    }  # fmt: skip
    if act not in acts or found.policy.state == PolicyState.ENDED:
        raise NotYours
    form, do, title, button, done = acts[act](request, found)
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, done)
            return redirect("policy_goal", goal_id)
    context = {"goal": found, "found": found.policy, "form": form, "title": title, "button_words": button}
    return render(request, "policies/write.html", context, status=422 if form.errors else 200)


def _data(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _must(holds: bool) -> None:
    if not holds:
        raise NotYours


def _state(request: PageRequest, found: Goal) -> Act:
    _must(answers_for(request.viewer, found))
    form = StateForm(_data(request), initial={"state": found.state})

    def do() -> None:
        actions.say_state(goal=found, by=request.viewer, at=clock.now(), **form.cleaned_data)

    return form, do, _("How far has it come?"), _("Save"), _("Written down. Everyone can read it.")


def _date(request: PageRequest, found: Goal) -> Act:
    _must(answers_for(request.viewer, found))
    form = DateForm(_data(request))

    def do() -> None:
        actions.move_date(goal=found, by=request.viewer, at=clock.now(), **form.cleaned_data)

    return form, do, _("Give it another date"), _("Save"), _("Written down. The first date still stands beside it.")


def _person(request: PageRequest, found: Goal) -> Act:
    _must(acts_for(request.viewer, found.owner_id))
    people = queries.who_could_answer(request.viewer, found, on=clock.today())
    form = PersonForm(_data(request), people=people, initial={"person": str(found.person_id or "")})

    def do() -> None:
        actions.name_person(goal=found, by=request.viewer, at=clock.now(), **form.cleaned_data)

    return form, do, _("Who of you answers for it?"), _("Save"), _("Written down.")


def _owner(request: PageRequest, found: Goal) -> Act:
    _must(writes(request.viewer, found.policy.owner_id))
    owners = queries.who_could_be_given(request.viewer, found.policy)
    form = OwnerForm(_data(request), owners=owners, initial={"owner": str(found.owner_id)})

    def do() -> None:
        actions.give_to(goal=found, by=request.viewer, at=clock.now(), **form.cleaned_data)

    return form, do, _("Let another answer for it"), _("Save"), _("Written down. They name somebody themselves.")


def _measure(request: PageRequest, found: Goal) -> Act:
    _must(writes(request.viewer, found.policy.owner_id) and found.under_id is None)
    form = GoalForm(_data(request), owners=queries.who_could_be_given(request.viewer, found.policy))

    def do() -> None:
        actions.set_measure(goal=found, by=request.viewer, at=clock.now(), **form.cleaned_data)

    return form, do, _("What is done to reach it"), _("Set it down"), _("Set. Who answers for it names somebody now.")
