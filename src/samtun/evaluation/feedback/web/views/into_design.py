"""Feedback that becomes a proposed change of a service design."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.evaluation.feedback.actions.into_design import put_into_design
from samtun.evaluation.feedback.queries import answering
from samtun.evaluation.feedback.queries.designs import designs_for
from samtun.evaluation.feedback.rules import may_answer
from samtun.evaluation.feedback.web.forms import IntoDesignForm
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose="feedback")
def into_design(request: PageRequest, feedback_id: uuid.UUID) -> HttpResponse:
    """Propose a change of a service design because of what somebody has said."""
    request.private = True
    found = answering.feedback_for(request.viewer, feedback_id)
    if not may_answer(request.viewer, found.owner_id):
        raise NotYours
    designs = designs_for(request.viewer, found)
    form = IntoDesignForm(request.POST or None, designs=designs, initial={"words": found.words})
    if request.method == "POST" and form.is_valid():
        try:
            put_into_design(feedback=found, by=request.viewer, at=clock.now(), **form.written)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Proposed. The one who said it hears what becomes of it."))
            return redirect("feedback", found.id)
    context = {"form": form, "found": found, "designs": designs}
    return render(request, "feedback/into_design.html", context, status=422 if form.errors else 200)
