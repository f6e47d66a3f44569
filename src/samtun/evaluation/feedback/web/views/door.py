"""What waits for one who opens it from a text: a code to their own telephone, and then what it is, on its own page."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samtun.evaluation.feedback.models import Concern
from samtun.evaluation.feedback.queries import concerning, differing
from samtun.evaluation.feedback.web.forms import DoorForm
from samtun.evaluation.feedback.web.views import concerns, named
from samtun.foundation.access import PageRequest, public
from samtun.foundation.devices import remember, remembered
from samtun.foundation.limits import limit
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.notifications.messages.models import Question
from samtun.notifications.messages.queries import opened_by_link
from samtun.operation.help_requests.actions import send_door_code
from samtun.operation.help_requests.rules import door_code_fits

REMEMBERED = 8 * 3600
CODE_LASTS = 900


def _opened(request: PageRequest, token: str) -> Question:
    return opened_by_link(
        request, token, {"to_you"}, role=Role.RESIDENT, purpose="what waits for oneself", at=clock.now()
    )


@require_http_methods(["GET", "POST"])
@public
def to_you(request: PageRequest, token: str) -> HttpResponse:
    """Ask for a code; then show what waits. One within the organisation is sent to the login for a concern."""
    question = _opened(request, token)
    concern = Concern.objects.select_related("owner").filter(id=question.ref_id).first()
    if concern and not _is_outside(concern, question.to_person):
        return redirect("concern", concern.id)
    known = remembered(request, "to_you", question.id, seconds=REMEMBERED) == str(question.id)
    if known and concern:
        return concerns.show(request, concern, here=request.path)
    if known:
        found = differing.heads_up_for(request.viewer, question.ref_id)
        if request.method == "POST":
            named.act(request, found)
            return redirect("to_you_link", token)
        return render(request, "feedback/heads_up.html", named.page(request, found))
    return _at_the_door(request, question, token)


def _is_outside(concern: Concern, person: uuid.UUID) -> bool:
    readers = concerning.readers_of(concern, on=clock.today())
    return any(n.outside and n.person.id == person for n in readers)


def _at_the_door(request: PageRequest, question: Question, token: str) -> HttpResponse:
    form = DoorForm(request.POST if "code" in request.POST else None)
    sent = remembered(request, "to_you_code", question.id, seconds=CODE_LASTS)
    if form.is_bound:
        limit("door_try", str(question.id), at=clock.now(), most=8)
        if form.is_valid() and sent and door_code_fits(uuid.UUID(sent), form.cleaned_data["code"], at=clock.now()):
            response = redirect("to_you_link", token)
            remember(response, "to_you", question.id, str(question.id), seconds=REMEMBERED, path=request.path)
            return response
        if not form.errors:
            form.add_error("code", _("That is not the code, or it is older than ten minutes. Ask for a new one."))
    context = {"form": form, "sent": bool(sent), "token": token}
    return render(request, "feedback/door.html", context, status=422 if form.errors else 200)


@require_POST
@public
def send_code(request: PageRequest, token: str) -> HttpResponse:
    """Send six digits to the number that is registered."""
    question = _opened(request, token)
    response = redirect("to_you_link", token)
    try:
        code = send_door_code(person=question.to_person, owner=question.owner_id, by=request.viewer, at=clock.now())
    except Refused as refusal:
        messages.warning(request, _(refusal.message))
        return response
    path = f"/svar/til-deg/{token}/"
    remember(response, "to_you_code", question.id, str(code), seconds=CODE_LASTS, path=path)
    return response
