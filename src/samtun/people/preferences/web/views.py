"""How a person wants to be reached, written down by one who knows them."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.people.persons.queries import person_for
from samtun.people.preferences import actions, queries
from samtun.people.preferences.web.forms import PreferenceForm


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose="how a person wants to be reached")
def preferences(request: PageRequest, person_id: uuid.UUID) -> HttpResponse:
    """Show what stands, and write down what the person says."""
    found = person_for(request.viewer, person_id)
    stands, now = queries.preference_of(found.id), queries.recipient(found.id)
    initial = {
        "channel": stands.channel if stands else (now.channel if now else "call"),
        "large_print": stands.large_print if stands else True,
        "chooses_for_me": bool(stands and stands.chooses_for_me),
    }
    form = PreferenceForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        actions.set_preferences(person=found, by=request.viewer, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("person", found.id)
    context = {"person": found, "form": form}
    return render(request, "preferences/preferences.html", context, status=422 if form.errors else 200)
