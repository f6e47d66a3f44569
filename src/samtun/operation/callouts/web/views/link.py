"""A call-out, opened from a text. Opening answers nothing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.foundation.access import PageRequest, public
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.notifications.messages.queries import opened_by_link
from samtun.operation.callouts import actions, queries
from samtun.operation.callouts.enums import LIVE, TurnOut
from samtun.operation.callouts.models import Asked
from samtun.partners.organisations.queries import organisation_of


@require_http_methods(["GET", "POST"])
@public
def call_out_link(request: PageRequest, token: str) -> HttpResponse:
    """Say yes, no, or that one cannot come after all."""
    at = clock.now()
    question = opened_by_link(request, token, {"call_out"}, role=Role.VOLUNTEER, purpose="own answer", at=at)
    viewer = request.viewer
    asked = Asked.objects.select_related("call_out", "call_out__owner").get(id=question.ref_id)
    if request.method == "POST" and request.POST.get("answer") in {"yes", "no"}:
        try:
            actions.answer(asked=asked, yes=request.POST["answer"] == "yes", via="link", by=viewer, at=at)
        except Refused as refusal:
            messages.warning(request, _(refusal.message))
        return redirect("call_out_link", token)
    call_out = asked.call_out
    live = call_out.state in LIVE and queries.starts_at(call_out) > at
    context = {
        "token": token, "asked": asked, "call_out": call_out, "organisation": organisation_of(call_out.owner_id),
        "waits": live and asked.state == TurnOut.SENT, "comes": live and asked.state == TurnOut.YES,
        "no": asked.state in {TurnOut.NO, TurnOut.DROPPED}, "enough": asked.state == TurnOut.THANKED,
    }  # fmt: skip
    return render(request, "callouts/link.html", context)
