"""Is this still right? Opened from a text. Opening answers nothing; one press does."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.foundation.access import PageRequest, public
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.notifications.messages.actions import answer
from samtun.notifications.messages.queries import opened_by_link
from samtun.partners.catalogue.enums import StillRight
from samtun.partners.catalogue.models import StillRightAsked


@require_http_methods(["GET", "POST"])
@public
def still_right(request: PageRequest, token: str) -> HttpResponse:
    """Ask; afterwards say thank you. To change, one logs in."""
    question = opened_by_link(
        request, token, {"still_right"}, role=Role.ORGANISATION_REPRESENTATIVE, purpose="own offer", at=clock.now()
    )
    asked = StillRightAsked.objects.filter(id=question.ref_id).first()
    if asked is None:
        raise NotYours
    refused = ""
    given = request.POST.get("answer", "")
    if request.method == "POST" and given in StillRight.values and asked.answered_at is None:
        try:
            answer(question=question, answer=given, via="link", by=request.viewer, at=clock.now())
        except Refused as refusal:
            refused = _(refusal.message)
        else:
            return redirect("still_right_link", token)
    context = {"asked": asked, "refused": refused, "is_over": asked.ends_at <= clock.now()}
    return render(request, "catalogue/still_right.html", context, status=422 if refused else 200)
