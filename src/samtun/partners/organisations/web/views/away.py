"""Being away for some days, and who steps in."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.partners.organisations import actions
from samtun.partners.organisations.queries import (
    could_cover,
    leave_for,
    leaves_of,
    may_be_away,
    own_organisations,
)
from samtun.partners.organisations.web.forms import LeaveForm

at_the_desk = needs(Permission.SEE_DESK, purpose=gettext_noop("knowing who is there"))


@at_the_desk
def away(request: PageRequest) -> HttpResponse:
    """Show who is away and who steps in, and write down more."""
    form, status = _form(request), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                actions.go_on_leave(by=request.viewer, at=clock.now(), **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, gettext(refusal.message))
            else:
                said = gettext("Written down. Answers to people say when somebody is there.")
                messages.success(request, said)
                return HttpResponseRedirect(reverse("away"))
    today = clock.today()
    rows = [(body, leaves_of(body, on=today)) for body in own_organisations(request.viewer)]
    request.scope.saw(*(r.membership.person_id for _body, found in rows for r in found), how="listed")
    return render(request, "organisations/away.html", {"rows": rows, "form": form}, status=status)


def _form(request: PageRequest) -> LeaveForm:
    people = may_be_away(request.viewer, on=clock.today())
    typed = request.POST if request.method == "POST" else None
    covers = {c.id: c for m in people for c in could_cover(m, on=clock.today())}
    request.scope.saw(*(m.person_id for m in [*people, *covers.values()]), how="listed")
    return LeaveForm(typed, people=people).offer(list(covers.values()))


@at_the_desk
@require_POST
def back(request: PageRequest, leave: uuid.UUID) -> HttpResponse:
    """There after all, or back before time."""
    actions.take_back_leave(leave=leave_for(request.viewer, leave), by=request.viewer, at=clock.now())
    messages.success(request, gettext("Written down: there again from today."))
    return HttpResponseRedirect(reverse("away"))
