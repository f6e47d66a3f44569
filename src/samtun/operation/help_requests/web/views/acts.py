"""What can be done with a request: each posts, calls one action, and says what happened and what follows."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.foundation.ways import came_from
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.operation.help_requests import actions, queries
from samtun.operation.help_requests.actions.agreeing import NotAgreed, NotProposed
from samtun.operation.help_requests.actions.asking import CannotBeAsked
from samtun.operation.help_requests.enums import Outcome
from samtun.operation.help_requests.models import HelpRequest, Match
from samtun.operation.help_requests.web.forms import AssessForm, CancelForm, ConsentForm, MinutesForm, PlanForm
from samtun.operation.help_requests.web.views.request import page
from samtun.operation.volunteers.queries import volunteers_visible_to
from samtun.people.consents.actions import record_consent

HANDLE = Permission.HANDLE_REQUESTS
WHY = "helping the one who asked"


class NobodyByThatName(Refused):
    """Nobody by that name can be asked by you. Check the spelling; if it is right, there is nothing more to do."""


def _back(request: PageRequest, request_id: uuid.UUID) -> HttpResponseRedirect:
    """Go where the form says (the desk), else to the request."""
    return HttpResponseRedirect(came_from(request) or reverse("help_request", args=[request_id]))


def _do(request: PageRequest, request_id: uuid.UUID, act: Callable[[HelpRequest], str]) -> HttpResponse:
    """Run one act; a refusal comes back as a sentence on the page, and nothing was written."""
    found = queries.request_for(request.viewer, request_id)
    try:
        with transaction.atomic():
            sentence = act(found)
    except Refused as refusal:
        messages.warning(request, _(refusal.message))
    else:
        messages.success(request, sentence)
    return _back(request, request_id)


@require_POST
@needs(HANDLE, purpose=WHY)
def pass_cleared(request: PageRequest, request_id: uuid.UUID) -> HttpResponse:
    """One tap for what is cleared beforehand."""

    def act(found: HelpRequest) -> str:
        actions.pass_cleared(request=found, by=request.viewer, at=clock.now())
        return _("Good.") + "\n" + _("Now choose whom to ask.")

    return _do(request, request_id, act)


@require_POST
@needs(Permission.ASSESS_REQUESTS, HANDLE, purpose="saying whose task it is")
def assess(request: PageRequest, request_id: uuid.UUID) -> HttpResponse:
    """Whose task is it, and why."""
    form = AssessForm(request.POST)
    if not form.is_valid():
        return page(request, queries.request_for(request.viewer, request_id), 422, assess_form=form, form=form)

    def act(found: HelpRequest) -> str:
        outcome = Outcome(form.cleaned_data["outcome"])
        actions.assess(
            request=found, outcome=outcome, reason=form.cleaned_data["reason"], by=request.viewer, at=clock.now()
        )
        if outcome == Outcome.VOLUNTEER:
            return _("It is a volunteer's task.") + "\n" + _("Now choose whom to ask.")
        return _("It is not a volunteer's task.") + "\n" + _("The person is told kindly, with the way on.")

    return _do(request, request_id, act)


@require_POST
@needs(HANDLE, purpose=WHY)
def give_consent(request: PageRequest, request_id: uuid.UUID) -> HttpResponse:
    """The person has said yes."""
    form = ConsentForm(request.POST)
    found = queries.request_for(request.viewer, request_id)
    if not form.is_valid():
        return page(request, found, 422, consent_form=form, form=form)

    def act(found: HelpRequest) -> str:
        consent = record_consent(
            person=found.recipient, basis=form.cleaned_data["basis"], given_by=form.cleaned_data["given_by"],
            what="The wish for help", passed_to=found.owner, owner=found.owner, purpose="Finding a volunteer",
            form="oral", by=request.viewer, at=clock.now(),
        )  # fmt: skip
        actions.give_consent(request=found, consent=consent, by=request.viewer, at=clock.now())
        return _("The yes is written down.")

    return _do(request, request_id, act)


@require_POST
@needs(HANDLE, purpose=WHY)
def prove(request: PageRequest, request_id: uuid.UUID) -> HttpResponse:
    """We rang back, and it was really them."""

    def act(found: HelpRequest) -> str:
        actions.prove(request=found, how="call_back", by=request.viewer, at=clock.now())
        return _("Confirmed.")

    return _do(request, request_id, act)


@require_POST
@needs(HANDLE, purpose=WHY)
def write_plan(request: PageRequest, request_id: uuid.UUID) -> HttpResponse:
    """Limits, whom to call, how often."""
    form = PlanForm(request.POST)
    if not form.is_valid():
        return page(request, queries.request_for(request.viewer, request_id), 422, plan_form=form, form=form)

    def act(found: HelpRequest) -> str:
        actions.write_plan(request=found, by=request.viewer, at=clock.now(), **form.written)
        return _("The plan is written.") + "\n" + _("Now choose whom to ask.")

    return _do(request, request_id, act)


@require_POST
@needs(HANDLE, purpose=WHY)
def not_him(request: PageRequest, request_id: uuid.UUID) -> HttpResponse:
    """Someone the person would rather not have: noted, and shown to nobody."""
    name = " ".join(request.POST.get("name", "").split()).lower()

    def act(found: HelpRequest) -> str:
        could = volunteers_visible_to(request.viewer, on=clock.today()).select_related("person")
        volunteer = next((v for v in could if v.person.full_name.lower() == name), None)
        if volunteer is None:
            raise NobodyByThatName
        actions.not_him(request=found, volunteer=volunteer, by=request.viewer, at=clock.now())
        return _("It is noted. That person does not come up here any more.")

    return _do(request, request_id, act)


@require_POST
@needs(HANDLE, purpose="asking volunteers")
def ask(request: PageRequest, request_id: uuid.UUID) -> HttpResponse:
    """Ask one (its own button) or those ticked."""
    single = request.POST.get("who")
    chosen = [single] if single else request.POST.getlist("volunteer")

    def act(found: HelpRequest) -> str:
        try:
            ids = [uuid.UUID(c) for c in chosen]
        except ValueError:
            raise CannotBeAsked from None
        asks = actions.ask_volunteers(request=found, volunteers=ids, by=request.viewer, at=clock.now())
        sentence = ngettext("%d volunteer is asked.", "%d volunteers are asked.", len(asks)) % len(asks)
        return (
            sentence
            + "\n"
            + _("You hear it here when someone answers. The first yes wins, and the others are thanked.")
        )

    return _do(request, request_id, act)


@require_POST
@needs(HANDLE, purpose="writing down an answer")
def answer(request: PageRequest, request_id: uuid.UUID) -> HttpResponse:
    """A volunteer answered on the telephone."""
    yes = request.POST.get("answer") == "yes"

    def act(found: HelpRequest) -> str:
        asked = next((a for a in found.asks.all() if str(a.id) == request.POST.get("ask")), None)
        if asked is None:
            raise NotYours
        actions.answer_ask(ask=asked, yes=yes, via="call", by=request.viewer, at=clock.now())
        return _("The yes is written down.") if yes else _("The no is written down, and met with thanks.")

    return _do(request, request_id, act)


@require_POST
@needs(HANDLE, purpose="choosing among those who said yes")
def pick(request: PageRequest, request_id: uuid.UUID) -> HttpResponse:
    """Choose among those who said yes."""

    def act(found: HelpRequest) -> str:
        chosen = next((a for a in found.asks.all() if str(a.id) == request.POST.get("ask")), None)
        if chosen is None:
            raise NotYours
        actions.pick(request=found, ask=chosen, by=request.viewer, at=clock.now())
        return _("Chosen. Now the name goes to the one who asked.")

    return _do(request, request_id, act)


@require_POST
@needs(HANDLE, purpose="saying the name")
def answer_proposal(request: PageRequest, request_id: uuid.UUID) -> HttpResponse:
    """The one who asked answered on the telephone."""
    yes = request.POST.get("answer") == "yes"

    def act(found: HelpRequest) -> str:
        match = queries.live_match(found)
        if match is None:
            raise NotProposed
        actions.answer_proposal(match=match, yes=yes, via="call", by=request.viewer, at=clock.now())
        if yes:
            return _("Agreed.") + "\n" + _("The volunteer gets to know who and where, and is reminded the day before.")
        return _("That is quite all right. The volunteer is thanked.") + "\n" + _("Now choose whom to ask.")

    return _do(request, request_id, act)


@require_POST
@needs(HANDLE, purpose=WHY)
def mark_done(request: PageRequest, request_id: uuid.UUID) -> HttpResponse:
    """Done, told by telephone."""
    form = MinutesForm(request.POST)
    if not form.is_valid():
        return page(request, queries.request_for(request.viewer, request_id), 422, minutes_form=form, form=form)

    def act(found: HelpRequest) -> str:
        match = queries.last_match(found)
        if match is None:
            raise NotAgreed
        minutes = form.cleaned_data["minutes"]
        actions.mark_done(match=match, minutes=minutes, via="call", by=request.viewer, at=clock.now())
        return _("Done. The volunteer is thanked, and the one who asked is asked how it went.")

    return _do(request, request_id, act)


@require_POST
@needs(HANDLE, purpose=WHY)
def close_unmet(request: PageRequest, request_id: uuid.UUID) -> HttpResponse:
    """Nobody was found this time."""

    def act(found: HelpRequest) -> str:
        actions.close_unmet(request=found, reason="", by=request.viewer, at=clock.now())
        return _("Closed. The one who asked is told, and it is counted that nobody was found.")

    return _do(request, request_id, act)


@needs(HANDLE, purpose=WHY)
def cancel(request: PageRequest, request_id: uuid.UUID) -> HttpResponse:
    """Cancel: first says whom it concerns, then does it."""
    if request.method != "POST":
        found = queries.request_for(request.viewer, request_id)
        context = {"found": found, "cancel_form": CancelForm(), "match": queries.live_match(found)}
        return render(request, "help_requests/cancel.html", context)
    form = CancelForm(request.POST)
    if not form.is_valid():
        found = queries.request_for(request.viewer, request_id)
        context = {"found": found, "cancel_form": form, "form": form, "match": queries.live_match(found)}
        return render(request, "help_requests/cancel.html", context, status=422)

    def act(found: HelpRequest) -> str:
        actions.cancel(request=found, reason=form.cleaned_data["reason"], by=request.viewer, at=clock.now())
        return _("Cancelled. Everyone concerned is told.")

    return _do(request, request_id, act)


@require_POST
@needs(HANDLE, Permission.OWN_PAGE, purpose="saying that one cannot come")
def cannot_come(request: PageRequest, match_id: uuid.UUID) -> HttpResponse:
    """The volunteer cannot come after all: said by themselves, or to us on the telephone."""
    match = Match.objects.select_related("request", "volunteer").filter(id=match_id).first()
    if match is None:
        raise NotYours
    try:
        actions.cannot_come(match=match, via="web", by=request.viewer, at=clock.now())
    except Refused as refusal:
        messages.warning(request, _(refusal.message))
    else:
        messages.success(request, _("Thank you for telling us.") + "\n" + _("We look for someone else."))
    if request.viewer.may(HANDLE):
        return _back(request, match.request_id)
    return redirect("home")
