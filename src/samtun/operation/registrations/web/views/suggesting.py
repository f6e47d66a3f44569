"""For employees of the municipality: suggest something ordinary to somebody, and see what one's own unit suggested."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.operation.activities.queries import open_occurrence
from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import suggesting
from samtun.operation.registrations.actions.suggesting import Whom
from samtun.operation.registrations.rules import may_suggest
from samtun.operation.registrations.web.forms import SuggestForm

WHY = gettext_noop("Suggests something to come along to, with a yes")


@require_safe
@needs(Permission.REFER, purpose=WHY)
def suggestions(request: PageRequest) -> HttpResponse:
    """What one's own unit has suggested to whom."""
    rows = queries.suggested(request.viewer)
    request.scope.saw(*(row.person_id for row, _lost in rows), how="listed")
    return render(request, "registrations/suggestions.html", {"rows": rows, "today": clock.today()})


@require_http_methods(["GET", "POST"])
@needs(Permission.REFER, purpose=WHY)
def suggest(request: PageRequest, occurrence_id: uuid.UUID) -> HttpResponse:
    """Suggest a time that is open to everyone. Whoever holds it does not hear of it."""
    if not may_suggest(request.viewer):
        raise NotYours
    time = open_occurrence(occurrence_id)
    form = SuggestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        whom = Whom(data["name"], data["phone"], said_yes=data["said_yes"])
        try:
            suggesting.suggest(occurrence=time, whom=whom, sent_key=data["key"], by=request.viewer, at=clock.now())
        except suggesting.AskFirst as refusal:
            form.add_error("said_yes", _(refusal.message))
        except suggesting.NoTexts as refusal:
            form.add_error("phone", _(refusal.message))
        except suggesting.WriteWho as refusal:
            form.add_error("name", _(refusal.message))
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("They get a text about it. Only your unit knows that you suggested it."))
            return redirect("registration_suggestions")
    context = {"form": form, "row": time}
    return render(request, "registrations/suggest.html", context, status=422 if form.errors else 200)
