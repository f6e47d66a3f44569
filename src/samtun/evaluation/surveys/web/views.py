"""«Did it go all right?», opened from a text. Opening answers nothing; afterwards it says thank you."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.evaluation.surveys import actions, queries
from samtun.evaluation.surveys.models import Answer
from samtun.evaluation.surveys.web.forms import WordsForm
from samtun.foundation.access import PageRequest, public
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.notifications.messages.actions import answer
from samtun.notifications.messages.models import Question
from samtun.notifications.messages.queries import opened_by_link
from samtun.operation.help_requests.enums import MatchState
from samtun.operation.help_requests.models import Match
from samtun.operation.help_requests.queries.words import words_for
from samtun.partners.organisations.queries import opening_hours_of


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
        if value in Answer.Value.values and _take(request, question, given, Answer.Value(value), form):
            return redirect("went_well_link", token)
    context = {
        "match": match, "answer": given, "done": done, "form": form, "token": token,
        "words": words_for(match.request, translation.get_language() or "nb"),
        "ring_by": _ring_by(match) if given and given.value == Answer.Value.RING_ME else "",
    }  # fmt: skip
    return render(request, "surveys/went_well.html", context, status=422 if form.errors else 200)


def _take(request: PageRequest, asked: Question, given: Answer | None, value: Answer.Value, form: WordsForm) -> bool:
    """Take the answer, keeping words that stand when none are sent; False when something must be mended."""
    if form.is_bound and not form.is_valid():
        return False
    at, by = clock.now(), request.viewer
    if given is None:
        answer(question=asked, answer=value, via="link", by=by, at=at)
    words = form.cleaned_data["words"] if form.is_bound else (given.words if given else "")
    may_tell = form.cleaned_data["may_tell"] if form.is_bound else bool(given and given.words_may_be_told)
    if given is not None or words:
        match = queries.match_of(asked.ref_id)
        actions.answer_went_well(match=match, value=value, via="link", by=by, at=at, words=words, may_tell=may_tell)
    return True


def _ring_by(match: Match) -> str:
    by = opening_hours_of(match.request.owner_id).after_days(clock.wall(clock.now()), 0)
    return _("today") if by.date() == clock.today() else date_format(by, "l j. F")
