"""Ideas at the desk: the list, one of them, writing one down, and writing down the lead's own word."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.codesign.ideas import queries
from samtun.codesign.ideas.actions import adding, answering, entering, helping, leading
from samtun.codesign.ideas.actions.entering import Put
from samtun.codesign.ideas.actions.telling import Word
from samtun.codesign.ideas.enums import AdditionKind, Via
from samtun.codesign.ideas.models import Addition, Helper, Idea
from samtun.codesign.ideas.rules import answers, writes_down_for
from samtun.codesign.ideas.web.forms import (
    AnswerForm,
    HelperDownForm,
    NeedForm,
    QuestionForm,
    TakeDownForm,
    ViaForm,
    WhyForm,
)
from samtun.codesign.ideas.web.views import leading as acts
from samtun.codesign.ideas.web.views.proving import who_it_is
from samtun.codesign.needs.queries import needs_for
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.models import Owner
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.people.places.queries import villages

PURPOSE = "ideas"
EACH = 50
TYPED = ("start", "words", "rest", "offer", "end")
VIAS = ("start", "leave", "words", "rest", "offer", "end", "go_on", "helper_answer")


@require_safe
@needs(Permission.SEE_DESK, purpose=PURPOSE)
def ideas(request: PageRequest) -> HttpResponse:
    """Show what own owners answer and support."""
    which = request.GET.get("vis", "open")
    rows = Paginator(queries.only(queries.ideas_to_answer(request.viewer), which), EACH)
    context = {
        "rows": rows.get_page(request.GET.get("side")), "which": which, "counts": queries.counts(request.viewer),
        "now": clock.now(), "writes": request.viewer.may(Permission.HANDLE_REQUESTS),
    }  # fmt: skip
    return render(request, "ideas/ideas.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_DESK, purpose=PURPOSE)
def idea(request: PageRequest, idea_id: uuid.UUID) -> HttpResponse:
    """One idea: what is said, what exists nearby, the answer, and what it has become."""
    request.private = True
    found = queries.idea_for(request.viewer, idea_id)
    forms: dict[str, Any] = {}
    if request.method == "POST":
        forms = _act(request, found)
        if not forms:
            return redirect("idea", found.id)
    return _page(request, found, forms)


def _page(request: PageRequest, found: Idea, forms: dict[str, Any]) -> HttpResponse:
    viewer, life, ours = request.viewer, queries.initiative_of(found), answers(request.viewer, found)
    helpers = queries.helpers_of(life) if life else []
    context: dict[str, Any] = {
        "found": found, "it": queries.page_of(found, on=clock.today()), "ours": ours, "helpers": helpers,
        "answer_form": AnswerForm(), "why_form": WhyForm(prefix="why"), "question_form": QuestionForm(),
        "added": queries.additions_of(found, AdditionKind.AND, shown=False),
        "questions": queries.additions_of(found, AdditionKind.QUESTION, shown=False) if ours else [],
        "near": queries.what_exists(viewer, village=found.village_id, but=found.id),
        "needs": queries.needs_of(viewer, found), "need_form": NeedForm(needs=list(needs_for(viewer)[:100])),
        "slots": fragments(viewer, Ref("idea", found.id), on=clock.today(), of=found),
        "flow": [_("Received"), _("Answered"), _("An initiative"), _("Ended")], "at": _at(found),
    } | acts.forms_for(found, life, helpers) | forms  # fmt: skip
    return render(request, "ideas/idea.html", context, status=422 if forms else 200)


def _at(found: Idea) -> int:
    """Return which step of the flow it is at."""
    return {"unproven": 1, "received": 1, "answered": 2, "initiative": 3, "closed": 4}[found.state]


def _act(request: PageRequest, found: Idea) -> dict[str, Any]:
    """Do what was pressed; return the form to show anew when something must be mended."""
    act, post = request.POST.get("act", ""), request.POST
    by: dict[str, Any] = {"by": request.viewer, "at": clock.now()}
    if not answers(request.viewer, found):
        raise NotYours
    if act in {"prove", "not_them", "take"}:
        _plain(act, found, by)
        return {}
    if act in {"prove_addition", "take_down_addition", "prove_helper"}:
        _on_row(act, found, post.get("row", ""), by)
        return {}
    made: dict[str, Any] = {
        "answer": lambda: AnswerForm(post), "take_down": lambda: WhyForm(post, prefix="why"),
        "question": lambda: QuestionForm(post), "need": lambda: NeedForm(post, needs=list(needs_for(request.viewer))),
    }  # fmt: skip
    if act not in made:
        raise NotYours
    form = made[act]()
    if form.is_valid():
        try:
            _do(act, found, form.cleaned_data, post.get("row", ""), by)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
    name = "why" if act == "take_down" else act
    return {f"{name}_form": form} if form.errors else {}


def _plain(act: str, found: Idea, by: dict[str, Any]) -> None:
    if act == "prove":
        entering.prove(idea=found, how="call", **by)
    elif act == "not_them":
        entering.not_them(idea=found, **by)
    else:
        answering.take_it(idea=found, **by)


def _on_row(act: str, found: Idea, key: str, by: dict[str, Any]) -> None:
    if act == "prove_helper":
        rows = Helper.objects.select_related("initiative__idea")
        helping.prove_helper(helper=get_object_or_404(rows, id=_key(key), initiative__idea=found), **by)
        return
    row = _addition(found, key)
    (adding.prove_addition if act == "prove_addition" else adding.take_down_addition)(addition=row, **by)


def _do(act: str, found: Idea, data: dict[str, Any], row: str, by: dict[str, Any]) -> None:
    if act == "answer":
        answering.answer(idea=found, words=data["words"], outcome=data["outcome"], **by)
    elif act == "take_down":
        answering.take_down(idea=found, words=data["words"], **by)
    elif act == "question":
        adding.answer_question(addition=_addition(found, row), words=data["words"], **by)
    else:
        answering.tie_to_need(idea=found, need=Ref("need", data["need"].id), ties=True, **by)


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as fault:
        raise NotYours from fault


def _addition(found: Idea, key: str) -> Addition:
    return get_object_or_404(Addition.objects.select_related("idea"), id=_key(key), idea=found)


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose=PURPOSE)
def on_their_word(request: PageRequest, idea_id: uuid.UUID) -> HttpResponse:
    """Write down what the lead says they want, in their own words: nobody decides it for them."""
    request.private = True
    found = queries.idea_for(request.viewer, idea_id)
    if not answers(request.viewer, found):
        raise NotYours
    life, form = queries.initiative_of(found), ViaForm(request.POST or None)
    forms: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        via = form.cleaned_data["via"]
        if request.POST.get("act") == "helper_answer":
            _answered_for(request, life, via)
        else:
            forms = acts.act(request, acts.Act(found, life, Word(via=via)))
        if not forms:
            messages.success(request, _("Written down, as their own word."))
            return redirect("idea", found.id)
    elif request.method == "POST" and request.POST.get("act") in TYPED:
        forms = acts.as_typed(request, acts.Act(found, life, Word()))
    helpers = queries.helpers_of(life) if life else []
    vias = {name: ViaForm(request.POST or None, auto_id=f"{name}_%s") for name in VIAS}
    context = {"found": found, "it": queries.page_of(found, on=clock.today()), "vias": vias, "helpers": helpers}
    context |= acts.forms_for(found, life, helpers) | forms
    return render(request, "ideas/on_word.html", context, status=422 if forms or form.errors else 200)


def _answered_for(request: PageRequest, life: Any, via: Via) -> None:
    """Write down what the one who was asked to take the lead says."""
    if life is None or life.offered_to is None:
        raise NotYours
    yes = request.POST.get("answer") == "yes"
    life.offered_to.initiative = life
    leading.answer_offer(helper=life.offered_to, yes=yes, via=via, by=request.viewer, at=clock.now())


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose=PURPOSE)
def take_down(request: PageRequest) -> HttpResponse:
    """Write down an idea that somebody says or hands in."""
    owner = Owner.objects.filter(id__in=request.viewer.owners, left_on=None).order_by("id").first()
    if owner is None or not writes_down_for(request.viewer, owner.id):
        raise NotYours
    form = TakeDownForm(request.POST or None, villages=villages(), initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        put = Put(data["title"], data["words"], data["village"], data["is_public"], data["shown_as"])
        try:
            made = entering.put_forward(
                owner=owner, person=who_it_is(request, owner, data), put=put, sent_key=str(data["key"]),
                via=Via(data["via"]), by=request.viewer, at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Written down. The one whose idea it is hears what comes of it."))
            return redirect("idea", made.id)
    return render(request, "ideas/take_down.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose=PURPOSE)
def helper_down(request: PageRequest, idea_id: uuid.UUID) -> HttpResponse:
    """Write down one who says on the telephone that they are in."""
    found = queries.idea_for(request.viewer, idea_id)
    life = queries.initiative_of(found)
    if life is None or not answers(request.viewer, found):
        raise NotYours
    form = HelperDownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data, at = form.cleaned_data, clock.now()
        try:
            person = who_it_is(request, found.owner, data)
            via = Via(data["via"])
            helping.join(initiative=life, person=person, words=data["words"], via=via, by=request.viewer, at=at)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Written down. The one who leads hears that somebody is with them."))
            return redirect("idea", found.id)
    context = {"form": form, "found": found}
    return render(request, "ideas/helper_down.html", context, status=422 if form.errors else 200)
