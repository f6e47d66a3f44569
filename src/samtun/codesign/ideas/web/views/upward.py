"""An idea taken up with a forum."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.anchoring.forums.queries import forums_to_propose_to
from samtun.codesign.ideas import queries
from samtun.codesign.ideas.actions.upward import propose_to_forum
from samtun.codesign.ideas.rules import answers
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.forms import TakeUpForm
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose="ideas")
def to_forum(request: PageRequest, idea_id: uuid.UUID) -> HttpResponse:
    """Propose to a forum that it takes up an idea. The words of the one who has it are not copied: they may name."""
    found = queries.idea_for(request.viewer, idea_id)
    if not answers(request.viewer, found):
        raise NotYours
    forums = forums_to_propose_to(request.viewer)
    form = TakeUpForm(request.POST or None, forums=forums, initial={"title": found.title})
    if request.method == "POST" and form.is_valid():
        try:
            propose_to_forum(idea=found, by=request.viewer, at=clock.now(), **form.written)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Proposed. The one who has the idea hears each step."))
            return redirect("idea", found.id)
    context = {"form": form, "found": found, "forums": forums}
    return render(request, "ideas/forum.html", context, status=422 if form.errors else 200)
