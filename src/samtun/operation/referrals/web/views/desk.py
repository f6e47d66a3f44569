"""One who is to be rung: the number, what was said, and one button for what the person answered."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.foundation.ways import came_from
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.kernel.names import split_name
from samtun.kernel.refs import Ref
from samtun.operation.referrals import actions, queries
from samtun.operation.referrals.enums import Kind, State
from samtun.operation.referrals.web import tables

NOT_REACHED = "not_reached"


@needs(Permission.HANDLE_REQUESTS, purpose="ringing someone we were told about")
def referral(request: PageRequest, referral_id: uuid.UUID) -> HttpResponse:
    """Show whom to ring and why."""
    found = queries.referral_for(request.viewer, referral_id)
    known = queries.known_person(request.viewer, found)
    given, family = split_name(found.name)
    kind = Kind(found.kind)
    context = {
        "double": queries.waits_twice(request.viewer, found),
        "perhaps_peace": queries.may_want_peace(request.viewer, found),
        "peace_wanted": known is not None and known.do_not_contact, "search": known.full_name if known else "",
        "given": given, "family": family,
        "found": found, "known": known, "title": tables.TITLES[kind], "waits": found.state == State.WAITS,
        "facts": tables.facts_of(found), "answers": tables.answers_of(found), "source": tables.SOURCES[kind],
        "became": tables.what_became(found),
        "events": queries.what_happened(request.viewer, found),
        "slots": fragments(request.viewer, Ref("referral", found.id), on=clock.today()),
    }  # fmt: skip
    return render(request, "referrals/referral.html", context)


@require_POST
@needs(Permission.HANDLE_REQUESTS, purpose="ringing someone we were told about")
def answer(request: PageRequest, referral_id: uuid.UUID) -> HttpResponse:
    """Write down what the person said, or that nobody answered."""
    found, said, at = queries.referral_for(request.viewer, referral_id), request.POST.get("answer", ""), clock.now()
    try:
        if said == NOT_REACHED:
            actions.not_reached(referral=found, by=request.viewer, at=at)
            messages.success(request, _("Noted. It comes back on the desk the next day someone is here."))
        elif said in State.values:
            actions.settle(referral=found, outcome=State(said), by=request.viewer, at=at)
            messages.success(request, tables.told(State(said)))
        else:
            return redirect("referral", found.id)
    except Refused as refusal:
        messages.warning(request, _(refusal.message))
        return redirect("referral", found.id)
    return redirect(came_from(request) or "desk")
