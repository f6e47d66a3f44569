"""The open pages: find the workshop by its code, come to a table, and one's own page by one's own key."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.codesign.workshops import actions, queries
from samtun.codesign.workshops.enums import Phase, WorkshopState
from samtun.codesign.workshops.models import Participant, Workshop
from samtun.codesign.workshops.rules import is_open
from samtun.codesign.workshops.web import tables
from samtun.codesign.workshops.web.forms import AnswerForm, JoinForm
from samtun.codesign.workshops.web.views import acting
from samtun.codesign.workshops.web.views.common import as_nobody, is_same, nothing_new, ticking
from samtun.foundation.access import PageRequest, public
from samtun.foundation.limits import limit
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref

COOKIE = "samtun_workshop"
TWO_DAYS = 172_800
PACE = 20
"""Milliseconds for each who takes part, within which telephones that are told ask for what is new: a hall of a hundred
asks no more often, all together, than one of thirty. A larger one asks still more seldom, so that the wall, which all
of them look at, does not wait in their queue."""
LEAST_PACE = 500
LARGE = 100


@require_safe
@public
def find(request: PageRequest) -> HttpResponse:
    """Type the code that stands on the wall."""
    request.private = True
    code = request.GET.get("kode", "").strip().lower().replace(" ", "")
    if not code:
        return render(request, "workshops/find.html", {"code": ""})
    _guess(request)
    if queries.by_code(code) is None:
        return _unknown(request, code)
    return redirect("workshop_join", code)


def _guess(request: PageRequest) -> None:
    """Many sit behind one address in a hall, so that this is a wall against guessing only."""
    limit("workshop_code", request.META.get("REMOTE_ADDR", ""), at=clock.now(), most=1500)


def _unknown(request: PageRequest, code: str = "") -> HttpResponse:
    return render(request, "workshops/find.html", {"code": code, "is_unknown": True}, status=404)


def _closed(request: PageRequest, workshop: Workshop) -> HttpResponse:
    return render(request, "workshops/closed.html", {"workshop": workshop}, status=410)


@require_http_methods(["GET", "POST"])
@public
def join(request: PageRequest, code: str) -> HttpResponse:
    """Come to a table, without an account; whoever comes back on the same telephone is shown to their own page."""
    nobody = as_nobody(request)
    _guess(request)
    found = queries.by_code(code)
    if found is None:
        return _unknown(request, code)
    if not is_open(found, at=clock.now()):
        return _closed(request, found)
    kept = request.COOKIES.get(COOKIE, "")
    if request.method == "GET" and kept and "ny" not in request.GET:
        before = queries.by_key(kept)
        if before and before.workshop_id == found.id:
            return redirect("workshop_own", kept)
    groups = queries.groups_of(found)
    form = JoinForm(request.POST or None, groups=groups, initial={"key": secrets.token_urlsafe(16)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.join(group=data["group"], key=data["key"], name=data["name"], by=nobody, at=clock.now())
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            answer = redirect("workshop_own", data["key"])
            answer.set_cookie(
                COOKIE, data["key"], max_age=TWO_DAYS, httponly=True, samesite="Lax", secure=request.is_secure(),
                path="/verkstad/",
            )  # fmt: skip
            return answer
    context = {"form": form, "workshop": found, "code": code}
    return render(request, "workshops/join.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@public
def own(request: PageRequest, key: str) -> HttpResponse:
    """One's own page, or the table's: what to do now, one's own notes and the cloth; and all that can be done there."""
    nobody = as_nobody(request)
    found = queries.by_key(key)
    if found is None:
        _guess(request)
        return _unknown(request)
    if not is_open(found.workshop, at=clock.now()):
        return _closed(request, found.workshop)
    if request.method == "GET":
        return render(request, "workshops/own.html", _whole(found, key))
    limit("workshop_act", key, at=clock.now(), most=600)
    try:
        told = acting.act(request, found, nobody, clock.now())
    except Refused as refusal:
        return _refused(request, found, key, _(refusal.message))
    if told.form is not None:
        return render(request, "workshops/own.html", _whole(found, key) | {"answer": told.form}, status=422)
    if request.headers.get("X-Workshop") or request.headers.get("HX-Request"):
        return _told(request, "")
    if told.words:
        messages.success(request, told.words)
    return redirect(f"{reverse('workshop_own', args=[key])}{told.anchor}")


def _told(request: PageRequest, words: str) -> HttpResponse:
    """Tell a page that stays open how it went, and let it ask for what is new."""
    if request.headers.get("X-Workshop"):
        return HttpResponse(words, status=422 if words else 200, content_type="text/plain; charset=utf-8")
    answer = render(request, "workshops/parts/told.html", {"refusal": words})
    answer.headers["HX-Trigger"] = "fresh"
    return answer


def _refused(request: PageRequest, found: Participant, key: str, words: str) -> HttpResponse:
    """Say what was refused; what was typed stands where it was."""
    if request.headers.get("X-Workshop") or request.headers.get("HX-Request"):
        return _told(request, words)
    context = _whole(found, key) | {"refusal": words, "typed": request.POST.get("note", "")}
    return render(request, "workshops/own.html", context, status=422)


@require_safe
@public
def own_now(request: PageRequest, key: str) -> HttpResponse:
    """What is new on one's own page; nothing when there is nothing."""
    as_nobody(request)
    return _now(request, key)


def _now(request: PageRequest, key: str) -> HttpResponse:
    found = queries.by_key(key)
    if found is None:
        return _unknown(request)
    if not is_open(found.workshop, at=clock.now()):
        answer = HttpResponse()
        answer.headers["HX-Refresh"] = "true"
        return answer
    if is_same(request, found.workshop):
        return nothing_new()
    context = _page(found, key)
    context["renews_form"] = request.GET.get("q", "") != context["at"]
    return render(request, "workshops/own_now.html", context)


def pace_for(people: int) -> int:
    """Return within how many milliseconds the telephones of so many people spread their questions."""
    return max(LEAST_PACE, PACE * people * max(LARGE, people) // LARGE)


def _whole(found: Participant, key: str) -> dict[str, Any]:
    """Return what one's own page shows when it is opened: also how often it may ask."""
    return _page(found, key) | {"pace": pace_for(queries.people_in(found.workshop))}


def _page(found: Participant, key: str) -> dict[str, Any]:
    """Return what one's own page shows where the workshop is now. `at` tells which form the page has."""
    workshop = found.workshop
    moment = queries.moment_of(workshop, queries.questions_of(workshop))
    context: dict[str, Any] = ticking(workshop, moment) | {"me": found, "key": key, "typed": ""}
    context["ref"] = Ref("workshop_table", found.group_id)
    context |= {"here": reverse("workshop_own", args=[key]), "at": f"{workshop.question_id or ''}{workshop.phase}"}
    if moment and moment.question:
        context |= tables.at_a_question(found, moment)
    elif (moment and moment.phase == Phase.EVALUATE) or workshop.state == WorkshopState.ENDED:
        context |= {"evaluates": True, "has_answered": queries.has_answered(found), "answer": AnswerForm()}
        context["recommendations"] = queries.recommendations_of(workshop)
    if workshop.state == WorkshopState.ENDED:
        context["report"] = tables.report(workshop)
    context["tables"] = [] if found.is_table or (moment and moment.question) else queries.groups_of(workshop)
    return context
