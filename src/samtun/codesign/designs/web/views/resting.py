"""Which agreements a design rests on, and which goals it serves."""

import uuid

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.anchoring.agreements.enums import LIVE
from samtun.anchoring.agreements.queries import agreements_visible_to
from samtun.anchoring.policies.queries import goals_to_serve
from samtun.codesign.designs import actions
from samtun.codesign.designs.web.forms import GoalsForm, RestForm
from samtun.codesign.designs.web.views.common import WHY, form_page, posted, to_write
from samtun.foundation import sight
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.refs import Ref


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def rest(request: PageRequest, design_id: uuid.UUID) -> HttpResponse:
    """Tick the agreements it rests on, of those one's own owners are in."""
    found = to_write(request.viewer, design_id).design
    tied = set(sight.uppers(Ref("design", found.id), "agreement"))
    mine = {a.id: a.name for a in agreements_visible_to(request.viewer) if a.state in LIVE or a.id in tied}
    form = RestForm(posted(request), agreements=mine, initial={"agreements": [str(one) for one in tied]})

    def do() -> None:
        chosen = {uuid.UUID(one) for one in form.cleaned_data["agreements"]}
        for one in mine:
            if (one in chosen) != (one in tied):
                act = actions.rest_on if one in chosen else actions.rest_no_more
                act(design=found, agreement_id=one, by=request.viewer, at=clock.now())

    lead = _("So that whoever looks can see who has agreed on it. The line of sight goes through it.")
    return form_page(
        request, found, form, do, title=_("Which agreements does it rest on?"), lead=lead, button=_("Save"),
        done=_("Written down."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def goals(request: PageRequest, design_id: uuid.UUID) -> HttpResponse:
    """Tick the goals it serves, of those that hold."""
    found = to_write(request.viewer, design_id).design
    tied = sight.uppers(Ref("design", found.id), "policy_goal")
    every = {goal.id: f"{goal.words} ({goal.policy.title})" for goal in goals_to_serve(request.viewer, also=tied)}
    form = GoalsForm(posted(request), goals=every, initial={"goals": [str(one) for one in tied]})

    def do() -> None:
        chosen = {uuid.UUID(one) for one in form.cleaned_data["goals"]}
        for one in every:
            if (one in chosen) != (one in tied):
                act = actions.serve if one in chosen else actions.serve_no_more
                act(design=found, goal_id=one, by=request.viewer, at=clock.now())

    lead = _("So that whoever looks can see what it is for. The line of sight goes through it.")
    return form_page(
        request, found, form, do, title=_("Which goals does it serve?"), lead=lead, button=_("Save"),
        done=_("Written down."),
    )  # fmt: skip
