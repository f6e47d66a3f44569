"""Pages opened from a text: one ask and what follows from it. Opening acts on nothing (decisions 19)."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samtun.foundation.access import PageRequest, public
from samtun.foundation.devices import remember, remembered
from samtun.foundation.limits import limit
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.notifications.messages.models import Question
from samtun.notifications.messages.queries import opened_by_link
from samtun.operation.help_requests import actions, queries
from samtun.operation.help_requests.enums import SEEKING, AskState, MatchState
from samtun.operation.help_requests.models import Ask, Match
from samtun.operation.help_requests.queries.words import plan_facts, words_for
from samtun.operation.help_requests.rules import door_code_fits
from samtun.operation.help_requests.web.forms import CodeForm, MinutesForm

REMEMBERED = dt.timedelta(hours=12)
RELATED = ("request", "request__task_type", "request__village", "request__recipient", "request__owner", "volunteer")


def _question(request: PageRequest, token: str, kinds: set[str]) -> Question:
    return opened_by_link(request, token, kinds, role=Role.VOLUNTEER, purpose="own task", at=clock.now())


def _task(question: Question) -> tuple[Ask | None, Match | None]:
    """Return the ask and the match a link is about: what follows from a yes stands on the same link."""
    if question.kind == "ask":
        ask = Ask.objects.select_related(*RELATED).get(id=question.ref_id)
        return ask, Match.objects.select_related(*RELATED).filter(ask=ask).order_by("-proposed_at").first()
    match = Match.objects.select_related(*RELATED).get(id=question.ref_id)
    return None, match


@public
def task(request: PageRequest, token: str) -> HttpResponse:
    """The ask, and after the yes: who and where (behind a code), can't come, done."""
    question = _question(request, token, {"ask", "still_ok"})
    ask, match = _task(question)
    status, forms = 200, {}
    if request.method == "POST":
        try:
            forms = _act(request, ask, match)
        except Refused as refusal:
            messages.warning(request, _(refusal.message))
        opened = forms.pop("opened", None)
        if not forms:
            return _remembering(redirect("task_link", token), opened, token)
        status = 422
        ask, match = _task(question)
    return render(request, "help_requests/task.html", _task_page(request, token, ask, match) | forms, status=status)


def _act(request: PageRequest, ask: Ask | None, match: Match | None) -> dict[str, Any]:
    """Do what was pressed; return forms that have something to mend."""
    at, by, act = clock.now(), request.viewer, request.POST.get("act", "")
    if act in {"yes", "no"} and ask:
        actions.answer_ask(ask=ask, yes=act == "yes", via="link", by=by, at=at)
    elif act == "cannot" and match:
        actions.cannot_come(match=match, via="link", by=by, at=at)
        messages.success(request, _("Thank you for telling us.") + "\n" + _("We look for someone else."))
    elif act == "done" and match:
        form = MinutesForm(request.POST)
        if not form.is_valid():
            return {"minutes_form": form, "form": form}
        actions.mark_done(match=match, minutes=form.cleaned_data["minutes"], via="link", by=by, at=at)
    elif act == "code" and match:
        return _check_code(request, match, at)
    return {}


def _check_code(request: PageRequest, match: Match, at: dt.datetime) -> dict[str, Any]:
    form = CodeForm(request.POST)
    limit("door_try", str(match.id), at=at, most=8)
    code_id = remembered(request, "code", match.id, seconds=900)
    if form.is_valid() and code_id and door_code_fits(uuid.UUID(code_id), form.cleaned_data["code"], at=at):
        return {"opened": match.id}
    if not form.errors:
        form.add_error("code", _("That is not the code, or it is older than ten minutes. Ask for a new one."))
    return {"code_form": form, "form": form}


def _door_is_open(request: PageRequest, match: Match) -> bool:
    return remembered(request, "door", match.id, seconds=int(REMEMBERED.total_seconds())) == str(match.id)


def _remembering(response: HttpResponse, opened: uuid.UUID | None, token: str) -> HttpResponse:
    """Remember on this device, for twelve hours and this link only, that the code was given."""
    if opened:
        seconds = int(REMEMBERED.total_seconds())
        remember(response, "door", opened, str(opened), seconds=seconds, path=f"/svar/oppdrag/{token}/")
    return response


def _task_page(request: PageRequest, token: str, ask: Ask | None, match: Match | None) -> dict[str, Any]:
    thing = ask or match
    assert thing is not None  # a link is about one or the other
    found = thing.request
    words = words_for(found, translation.get_language() or "nb")
    waits = ask is not None and ask.state in {AskState.SENT, AskState.SILENT} and found.state in SEEKING
    agreed = match is not None and match.state == MatchState.AGREED
    open_door = match is not None and agreed and _door_is_open(request, match)
    if open_door:
        request.scope.saw(found.recipient_id)
    return {
        "token": token, "words": words, "found": found, "match": match, "waits": waits, "agreed": agreed,
        "open_door": open_door, "plan": plan_facts(found) if open_door else [],
        "has_begun": queries.starts_at(found) <= clock.now(),
        "said_no": ask is not None and ask.state == AskState.NO,
        "proposed": match is not None and match.state == MatchState.PROPOSED,
        "lasting": match is not None and match.state == MatchState.LASTING,
        "done": match is not None and match.state == MatchState.DONE,
        "code_sent": bool(match and remembered(request, "code", match.id, seconds=900)),
        "code_form": CodeForm(),
        "minutes_form": MinutesForm(initial={"minutes": (match and match.minutes) or found.minutes}),
    }  # fmt: skip


@public
@require_POST
def send_code(request: PageRequest, token: str) -> HttpResponse:
    """Send six digits to the number we have."""
    question = _question(request, token, {"ask", "still_ok"})
    _ask, match = _task(question)
    if match is None or match.state != MatchState.AGREED:
        raise Http404
    response = redirect("task_link", token)
    try:
        code_id = actions.send_door_code(
            person=match.volunteer.person_id, owner=match.request.owner_id, by=request.viewer, at=clock.now()
        )
    except Refused as refusal:
        messages.warning(request, _(refusal.message))
        return response
    remember(response, "code", match.id, str(code_id), seconds=900, path=f"/svar/oppdrag/{token}/")
    return response


@public
def proposal(request: PageRequest, token: str) -> HttpResponse:
    """The one who asked says yes to the name, or that another is better."""
    question = _question(request, token, {"proposal"})
    match = Match.objects.select_related(*RELATED, "volunteer__person").get(id=question.ref_id)
    if request.method == "POST" and request.POST.get("answer") in {"yes", "no"}:
        yes = request.POST["answer"] == "yes"
        try:
            actions.answer_proposal(match=match, yes=yes, via="link", by=request.viewer, at=clock.now())
        except Refused as refusal:
            messages.warning(request, _(refusal.message))
        return redirect("proposal_link", token)
    request.scope.saw(match.volunteer.person_id)
    words = words_for(match.request, translation.get_language() or "nb")
    context = {
        "match": match,
        "words": words,
        "waits": match.state == MatchState.PROPOSED,
        "agreed": match.state in {MatchState.AGREED, MatchState.LASTING},
    }
    return render(request, "help_requests/proposal.html", context)
