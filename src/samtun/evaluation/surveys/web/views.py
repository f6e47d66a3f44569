"""«Did it go all right?» and «How was it?», opened from a text. Opening answers nothing; then it says thank you."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from samtun.evaluation.surveys import actions, queries
from samtun.evaluation.surveys.models import Answer
from samtun.evaluation.surveys.web.forms import OwnWordsForm, WordsForm
from samtun.foundation.access import PageRequest, needs, public
from samtun.foundation.viewer import Permission, Role
from samtun.kernel import clock
from samtun.notifications.messages.models import Question
from samtun.notifications.messages.queries import opened_by_link
from samtun.operation.help_requests.enums import MatchState
from samtun.operation.help_requests.queries.words import words_for
from samtun.operation.registrations.notices import time_words
from samtun.operation.registrations.queries import time_told
from samtun.partners.organisations.queries import opening_hours_of

WHY = gettext_noop("Reads how it was for those who were there")


def _question(request: PageRequest, token: str) -> Question:
    return opened_by_link(request, token, {"went_well"}, role=Role.RESIDENT, purpose="own answer", at=clock.now())


@require_http_methods(["GET", "POST"])
@public
def went_well(request: PageRequest, token: str) -> HttpResponse:
    """Ask once; then take a few words if there are any, or say when we ring."""
    question = _question(request, token)
    match = queries.match_of(question.ref_id)
    given = queries.answer_of(match.id, question.to_person)
    done = match.state == MatchState.DONE
    form = WordsForm(request.POST if "words" in request.POST else None)
    if request.method == "POST" and done:
        value = request.POST.get("answer", "")
        if value in Answer.Value.values and _take(request, question, Answer.Value(value), form):
            return redirect("went_well_link", token)
    context = {
        "match": match, "answer": given, "done": done, "form": form, "token": token,
        "words": words_for(match.request, translation.get_language() or "nb"),
        "ring_by": _ring_by(match.request.owner_id) if given and given.value == Answer.Value.RING_ME else "",
    }  # fmt: skip
    return render(request, "surveys/went_well.html", context, status=422 if form.errors else 200)


def _take(request: PageRequest, asked: Question, value: Answer.Value, form: WordsForm) -> bool:
    """Take the answer, keeping words that stand when none are sent; False when something must be mended."""
    if form.is_bound and not form.is_valid():
        return False
    said: dict[str, Any] = (
        {"words": form.cleaned_data["words"], "may_tell": form.cleaned_data["may_tell"]} if form.is_bound else {}
    )
    actions.take_went_well(question=asked, value=value, via="link", by=request.viewer, at=clock.now(), **said)
    return True


def _ring_by(owner: uuid.UUID) -> str:
    by = opening_hours_of(owner).after_days(clock.wall(clock.now()), 0)
    return _("today") if by.date() == clock.today() else date_format(by, "l j. F")


@require_http_methods(["GET", "POST"])
@public
def how_was_it(request: PageRequest, token: str) -> HttpResponse:
    """Ask once how something in the programme was; then take a few words, or say when we ring."""
    question = opened_by_link(
        request, token, {"how_was_it"}, role=Role.RESIDENT, purpose="own answer", at=clock.now()
    )  # fmt: skip
    row = time_told(question.ref_id)
    given = queries.answer_about_time(question.ref_id, question.to_person)
    form = OwnWordsForm(request.POST if "words" in request.POST else None)
    value = request.POST.get("answer", "")
    if row and request.method == "POST" and value in Answer.Value.values and (not form.is_bound or form.is_valid()):
        actions.take_how_it_was(
            question=question, value=Answer.Value(value), via="link", by=request.viewer, at=clock.now(),
            words=form.cleaned_data["words"] if form.is_bound else "",
        )  # fmt: skip
        return redirect("how_was_it_link", token)
    context = {
        "row": row, "answer": given, "form": form, "token": token,
        "words": time_words(row, translation.get_language() or "nb") if row else {},
        "ring_by": _ring_by(row.activity.owner_id) if row and given and given.value == Answer.Value.RING_ME else "",
    }  # fmt: skip
    return render(request, "surveys/how_was_it.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Permission.PUBLISH, purpose=WHY)
def how_it_was(request: PageRequest, occurrence_id: uuid.UUID) -> HttpResponse:
    """Show those who hold it how it was: in words, what was said, and whom to ring."""
    it = queries.how_it_was(request.viewer, occurrence_id)
    request.scope.saw(*(one.person_id for one in it.to_ring), how="listed")
    return render(request, "surveys/how_it_was.html", {"it": it})
