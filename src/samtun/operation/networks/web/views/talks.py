"""A talk: with the person, the network contact, or a volunteer who is guided."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.foundation.access import PageRequest
from samtun.foundation.ways import came_from
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.operation.networks import actions, queries
from samtun.operation.networks.enums import With
from samtun.operation.networks.web.forms import TalkForm
from samtun.operation.networks.web.views.networks import builds


@require_http_methods(["GET", "POST"])
@builds
def talk(request: PageRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Note that it was held, or not, and when the next is."""
    row = queries.talk_for(request.viewer, talk_id)
    form = TalkForm(request.POST if request.method == "POST" else None, is_guidance=row.side == With.VOLUNTEER)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            following = actions.note_talk(
                talk=row, held=data["held"] == "yes", note=data["note"], next_on=data["next_on"],
                is_last=data.get("is_last", False), by=request.viewer, at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            words = _("The talk is noted.")
            if following:
                day = {"day": date_format(following.due_on, "l j. F")}
                words += "\n" + _("The next one comes to the desk on %(day)s.") % day
            messages.success(request, words)
            return redirect(came_from(request) or "desk")
    contact = queries.contact_of(row.network) if row.network and row.side == With.CONTACT else None
    name, phone = queries.talk_with(row, contact)
    context = {"row": row, "form": form, "name": name, "phone": phone, "open": row.settled_at is None}
    return render(request, "networks/talk.html", context, status=422 if form.errors else 200)
