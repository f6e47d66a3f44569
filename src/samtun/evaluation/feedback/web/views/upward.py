"""Feedback taken up with a forum."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.anchoring.forums.queries import forums_to_propose_to
from samtun.evaluation.feedback.actions.passing_up import pass_up as propose
from samtun.evaluation.feedback.queries import answering
from samtun.evaluation.feedback.rules import may_answer
from samtun.evaluation.feedback.web.forms import PassUpForm
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose="feedback")
def pass_up(request: PageRequest, feedback_id: uuid.UUID) -> HttpResponse:
    """Propose to a forum that it takes up what somebody has said."""
    request.private = True
    found = answering.feedback_for(request.viewer, feedback_id)
    if not may_answer(request.viewer, found.owner_id):
        raise NotYours
    said = {"title": found.title, "words": found.words}
    forums = forums_to_propose_to(request.viewer)
    form = PassUpForm(request.POST or None, forums=forums, initial=said)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        facts = {"forum": data["forum"], "title": data["title"], "words": data["words"]}
        try:
            propose(feedback=found, by=request.viewer, at=clock.now(), **facts)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Passed up. The one who said it hears when it is to be dealt with."))
            return redirect("feedback", found.id)
    context = {"form": form, "found": found, "forums": forums}
    return render(request, "feedback/pass_up.html", context, status=422 if form.errors else 200)
