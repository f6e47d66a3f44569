"""A talk with one of two who meet over time: whom to ring, what was said last, and the next one."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.foundation.ways import came_from
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.operation.help_requests import actions, queries
from samtun.operation.help_requests.enums import Side
from samtun.operation.help_requests.web.forms import TalkForm
from samtun.operation.help_requests.web.tables import talk_words


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose="asking how it goes between two who meet")
def follow_up(request: PageRequest, follow_up_id: uuid.UUID) -> HttpResponse:
    """Note that the talk has been held, and when the next is."""
    row = queries.follow_up_for(request.viewer, follow_up_id)
    posted = request.POST if request.method == "POST" else None
    form = TalkForm(posted)
    if posted is not None and form.is_valid():
        try:
            following = actions.note_talk(follow_up=row, by=request.viewer, at=clock.now(), **form.written)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            words = _("The talk is noted.")
            if following:
                day = {"day": date_format(following.due_on, "l j. F")}
                words += "\n" + _("The next one comes to the desk on %(day)s.") % day
            messages.success(request, words)
            return redirect(came_from(request) or "desk")
    person = row.recipient if row.side == Side.PERSON else row.volunteer.person
    earlier = queries.talks_about(request.viewer, row.recipient_id, row.volunteer_id)
    context = {
        "row": row, "form": form, "who": person, "earlier": [talk_words(e) for e in earlier if e.held_at],
        "is_person": row.side == Side.PERSON, "open": not (row.held_at or row.ended_at),
    }  # fmt: skip
    return render(request, "help_requests/follow_up.html", context, status=422 if form.errors else 200)
