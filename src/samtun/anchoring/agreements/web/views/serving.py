"""Which goals an agreement serves."""

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
from samtun.anchoring.forums.rules import acts_for
from samtun.anchoring.policies.queries import goals_to_serve
from samtun.foundation import sight
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def goals(request: PageRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Tick the goals it serves."""
    whole = queries.agreement_for(request.viewer, agreement_id, on=clock.today())
    if whole.row.state not in LIVE or not any(acts_for(request.viewer, p.owner_id) for p in whole.standing):
        raise NotYours
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
