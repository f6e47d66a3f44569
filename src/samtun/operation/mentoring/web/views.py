"""A mentor and a lighter plan: for the host to set, for the two to talk."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.operation.mentoring import actions, queries
from samtun.operation.mentoring.web.forms import PlanForm
from samtun.operation.volunteers.queries import hosted_for


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_VOLUNTEERS, purpose="giving a volunteer a mentor")
def plan(request: PageRequest, volunteer_id: uuid.UUID) -> HttpResponse:
    """Choose a mentor and what is lighter."""
    found, today = hosted_for(request.viewer, volunteer_id), clock.today()
    now = queries.plan_of(found.id)
    initial: dict[str, Any] = {"most_minutes": 60, "talk_days": queries.TALK_DAYS.read(today)}
    if now:
        initial = {
            "mentor": str(now.mentor_id), "most_minutes": now.most_minutes, "talk_days": now.talk_days,
            "together_until": now.together_until,
        }  # fmt: skip
    posted = request.POST if request.method == "POST" else None
    people = queries.could_be_mentor(found, on=today)
    request.scope.saw(*(p.id for p in people), how="listed")
    form = PlanForm(posted, people=people, today=today, initial=initial)
    if posted is not None and form.is_valid():
        try:
            actions.set_plan(
                volunteer=found, mentor=form.chosen(), plan=form.lighter(), by=request.viewer, at=clock.now()
            )
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Noted."))
            return redirect("volunteer", found.id)
    context = {"form": form, "volunteer": found, "person": found.person, "plan": now, "people": people}
    return render(request, "mentoring/plan.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.MANAGE_VOLUNTEERS, Permission.OWN_PAGE, purpose="noting that a mentor and a volunteer have talked")
def talked(request: PageRequest, plan_id: uuid.UUID) -> HttpResponse:
    """Note that the two have talked: the mentor on the own page, or the host for them."""
    found = queries.plan_for(request.viewer, plan_id)
    actions.note_talk(plan=found, by=request.viewer, at=clock.now())
    messages.success(request, _("Noted. Thank you for asking how it goes."))
    if request.viewer.may(Permission.MANAGE_VOLUNTEERS) and found.volunteer.host_id in request.viewer.owners:
        return redirect("volunteer", found.volunteer_id)
    return redirect("home")


@require_POST
@needs(Permission.MANAGE_VOLUNTEERS, purpose="ending a mentor's plan")
def end(request: PageRequest, plan_id: uuid.UUID) -> HttpResponse:
    """End the plan."""
    found = queries.plan_for(request.viewer, plan_id)
    actions.end_plan(plan=found, by=request.viewer, at=clock.now())
    messages.success(request, _("The plan has ended. Nothing else changes."))
    return redirect("volunteer", found.volunteer_id)
