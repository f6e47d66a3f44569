"""Which goals an agreement serves, and an agreement taken up with a forum."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.anchoring.agreements import actions, queries
from samtun.anchoring.agreements.enums import LIVE
from samtun.anchoring.agreements.web.forms import GoalsForm
from samtun.anchoring.agreements.web.views.agreements import WHY
from samtun.anchoring.forums.queries import forums_to_propose_to
from samtun.anchoring.forums.rules import acts_for
from samtun.anchoring.policies.queries import goals_to_serve
from samtun.foundation import sight
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.forms import TakeUpForm
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref


def _live(request: PageRequest, agreement_id: uuid.UUID) -> queries.Whole:
    """Return an agreement that is not over, for one who acts for a party of it."""
    whole = queries.agreement_for(request.viewer, agreement_id, on=clock.today())
    if whole.row.state not in LIVE or not any(acts_for(request.viewer, p.owner_id) for p in whole.standing):
        raise NotYours
    return whole


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def goals(request: PageRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Tick the goals it serves."""
    whole = _live(request, agreement_id)
    tied = sight.uppers(Ref("agreement", whole.row.id), "policy_goal")
    every = {goal.id: f"{goal.words} ({goal.policy.title})" for goal in goals_to_serve(request.viewer, also=tied)}
    form = GoalsForm(
        request.POST if request.method == "POST" else None, goals=every, initial={"goals": [str(one) for one in tied]}
    )
    if request.method == "POST" and form.is_valid():
        chosen = {uuid.UUID(one) for one in form.cleaned_data["goals"]}
        for one in every:
            if (one in chosen) != (one in tied):
                act = actions.serve if one in chosen else actions.serve_no_more
                act(agreement=whole.row, goal_id=one, by=request.viewer, at=clock.now())
        messages.success(request, _("Written down."))
        return redirect("agreement", agreement_id)
    context = {
        "found": whole.row, "form": form, "title": _("Which goals does it serve?"), "button_words": _("Save"),
        "lead": _("So that whoever looks can see what it is for. The line of sight goes through it."),
    }  # fmt: skip
    return render(request, "agreements/say.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def to_forum(request: PageRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Take it up with a forum."""
    found = _live(request, agreement_id).row
    data = request.POST if request.method == "POST" else None
    form = TakeUpForm(data, forums=forums_to_propose_to(request.viewer), initial={"title": found.name})
    if form.is_bound and form.is_valid():
        try:
            actions.propose_to_forum(agreement=found, by=request.viewer, at=clock.now(), **form.written)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Taken up. What they decide stands here, with the day."))
            return redirect("agreement", agreement_id)
    context = {
        "found": found, "form": form, "title": _("Take it up with a forum"), "button_words": _("Propose it"),
        "lead": _("They read the words you write here. What you have agreed stays your own."),
    }  # fmt: skip
    return render(request, "agreements/say.html", context, status=422 if form.errors else 200)
