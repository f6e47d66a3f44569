"""Making something that lasts: for a person, from a wish, after one that went well; and changing it."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.anchoring.responsibilities.queries import in_language, task_types
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.kernel.ids import uuid7
from samtun.kernel.phones import spoken
from samtun.operation.arrangements import actions, queries
from samtun.operation.arrangements.models import Arrangement
from samtun.operation.arrangements.web.forms import PlanForm
from samtun.operation.help_requests.enums import RequestState
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.help_requests.queries import last_match, request_for
from samtun.partners.organisations.queries import organisation_of
from samtun.people.persons.models import Person
from samtun.people.persons.queries import own_owners, person_for

HANDLE = Permission.HANDLE_REQUESTS
WHY = "arranging that two meet regularly"


def _whom(owner: uuid.UUID) -> str:
    organisation = organisation_of(owner)
    return f"{organisation.name}, {spoken(organisation.phone)}"[:120]


def _made(request: PageRequest, made: Arrangement) -> HttpResponse:
    messages.success(request, _("The plan is written.") + "\n" + _("Now choose whom to ask."))
    return redirect("help_request", made.wish_id)


def _show(request: PageRequest, form: PlanForm, who: Person, **more: Any) -> HttpResponse:
    context = {"form": form, "who": who} | more
    return render(request, "arrangements/plan.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(HANDLE, purpose=WHY)
def for_person(request: PageRequest, person_id: uuid.UUID) -> HttpResponse:
    """Make one for somebody we know."""
    person = person_for(request.viewer, person_id)
    owner = own_owners(request.viewer)[0]
    types = [t for t in task_types() if not t.is_declined]
    start = {"key": uuid7(), "whom_to_call": _whom(owner.id)}
    form = PlanForm(request.POST or None, types=types, today=clock.today(), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.arrange(
                owner=owner, recipient=person, task_type=form.cleaned_data["task_type"], plan=form.plan,
                key=form.cleaned_data["key"], by=request.viewer, at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            return _made(request, made)
    return _show(request, form, person)


@require_http_methods(["GET", "POST"])
@needs(HANDLE, purpose=WHY)
def from_wish(request: PageRequest, request_id: uuid.UUID) -> HttpResponse:
    """Let an open wish be for something that lasts; or let one that went well go on with the same volunteer."""
    wish = request_for(request.viewer, request_id)
    standing = queries.arrangement_of_wish(request.viewer, wish) if wish.every_weeks else None
    if standing:
        return redirect("arrangement", standing.id)
    today = clock.today()
    form = PlanForm(request.POST or None, types=[], today=today, initial=_from(wish, today))
    if request.method == "POST" and form.is_valid():
        try:
            made = _arrange(request, wish, form)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            return _made(request, made)
    match = last_match(wish) if wish.state == RequestState.DONE else None
    return _show(request, form, wish.recipient, wish=wish, kind=in_language(wish.task_type.name), match=match)


def _from(wish: HelpRequest, today: dt.date) -> dict[str, Any]:
    first = wish.on if wish.on >= today else today + dt.timedelta(days=(wish.on.weekday() - today.weekday()) % 7 or 7)
    return {
        "key": uuid7(), "first": first, "at": wish.at, "minutes": wish.minutes, "limits": wish.plan_limits,
        "whom_to_call": wish.plan_whom_to_call or _whom(wish.owner_id),
    }  # fmt: skip


def _arrange(request: PageRequest, wish: HelpRequest, form: PlanForm) -> Arrangement:
    by, at = request.viewer, clock.now()
    if wish.state != RequestState.DONE:
        return actions.arrange_from(request=wish, plan=form.plan, by=by, at=at)
    match = last_match(wish)
    return actions.arrange(
        owner=wish.owner, recipient=wish.recipient, task_type=wish.task_type, plan=form.plan, like=wish,
        volunteer=match.volunteer if match else None, key=form.cleaned_data["key"], by=by, at=at,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(HANDLE, purpose=WHY)
def change(request: PageRequest, arrangement_id: uuid.UUID) -> HttpResponse:
    """Change the plan, and the day or time from a date."""
    found = queries.arrangement_for(request.viewer, arrangement_id)
    today = clock.today()
    form = PlanForm(request.POST or None, types=[], today=today, initial=_as_it_is(found, today))
    form.fields["first"].label = _("From which day does it hold?")
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(arrangement=found, plan=form.plan, by=request.viewer, at=clock.now())
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Changed.") + "\n" + _("Both are told when the day or time is another."))
            return redirect("arrangement", found.id)
    return _show(request, form, found.recipient, found=found)


def _as_it_is(found: Arrangement, today: dt.date) -> dict[str, Any]:
    term, ahead = queries.last_term(found, today), queries.next_visits(found, on=today, most=1)
    start: dict[str, Any] = {name: getattr(found, name) for name in ("limits", "whom_to_call", "place", "on_holidays")}
    if term:
        start |= {"at": term.at, "minutes": term.minutes, "every_weeks": term.every_weeks, "until": term.ends}
        start["first"] = ahead[0].on if ahead else max(term.starts, today)
    return start
