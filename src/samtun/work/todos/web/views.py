"""What can be done with one line of the desk: another day, back again, done."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.foundation.ways import came_from
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.work.todos import actions

at_the_desk = needs(Permission.SEE_DESK, purpose=gettext_noop("clearing the desk"))


def _do(request: PageRequest, act: Callable[[], str], undo: str = "") -> HttpResponse:
    """Run one act and go back to the desk; a refusal comes back as a sentence, and nothing was written."""
    try:
        with transaction.atomic():
            sentence = act()
    except Refused as refusal:
        messages.warning(request, _(refusal.message))
    else:
        messages.success(request, sentence, extra_tags=f"undo:{undo}" if undo else "")
    return HttpResponseRedirect(came_from(request) or reverse("desk"))


@at_the_desk
@require_POST
def put_off(request: PageRequest, todo: uuid.UUID) -> HttpResponse:
    """Not today: another day."""

    def act() -> str:
        try:
            until = dt.date.fromisoformat(request.POST.get("until", ""))
        except ValueError:
            raise actions.DayWrong from None
        row = actions.put_off(todo=todo, until=until, by=request.viewer, at=clock.now())
        day = row.put_off_until or until
        return _("Put off. It is back on the desk %(day)s.") % {"day": date_format(day, "l j. F")}

    return _do(request, act, undo=reverse("todo_take_up", args=[todo]))


@at_the_desk
@require_POST
def take_up_again(request: PageRequest, todo: uuid.UUID) -> HttpResponse:
    """Back to the desk."""

    def act() -> str:
        actions.take_up_again(todo=todo, by=request.viewer, at=clock.now())
        return _("It is back on the desk.")

    return _do(request, act)


@at_the_desk
@require_POST
def finish(request: PageRequest, todo: uuid.UUID) -> HttpResponse:
    """Done by hand: rung, said, seen to."""

    def act() -> str:
        actions.finish(todo=todo, by=request.viewer, at=clock.now())
        return _("Done.")

    return _do(request, act)
