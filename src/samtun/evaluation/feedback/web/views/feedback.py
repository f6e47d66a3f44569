"""Feedback for those who answer it and those who raised it: the lists, one of them, and writing one down."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.evaluation.feedback.actions import answering as actions
from samtun.evaluation.feedback.actions import settling
from samtun.evaluation.feedback.actions.raising import Said, raise_feedback
from samtun.evaluation.feedback.enums import FeedbackState, Hears, Via
from samtun.evaluation.feedback.models import Feedback
from samtun.evaluation.feedback.queries import about, answering
from samtun.evaluation.feedback.queries.about import Thing
from samtun.evaluation.feedback.rules import MOST_FEEDBACK, may_answer
from samtun.evaluation.feedback.web.forms import AnswerFeedbackForm, NotSettledForm, TakeDownForm
from samtun.foundation.access import PageRequest, logged_in, needs
from samtun.foundation.models import Owner
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.ids import read_uuid
from samtun.kernel.refs import Ref
from samtun.notifications.messages.queries import one_text

PURPOSE = "feedback"
EACH = 50
PLAIN: dict[str, Any] = {
    "take": actions.take_on, "close": settling.close, "settled": settling.settle, "leave": settling.leave_it,
}  # fmt: skip


@require_safe
@needs(Permission.HANDLE_REQUESTS, purpose=PURPOSE)
def feedbacks(request: PageRequest) -> HttpResponse:
    """Show what own owners answer: what is open first, or what is answered or closed."""
    which = request.GET.get("vis", "open")
    about, now = read_uuid(request.GET.get("om", "")), clock.now()
    rows = Paginator(answering.only(answering.to_answer(request.viewer), which, at=now, about=about), EACH)
    context = {
        "rows": rows.get_page(request.GET.get("side")), "which": which, "counts": answering.counts(request.viewer),
        "now": now, "about": about,
    }  # fmt: skip
    return render(request, "feedback/feedbacks.html", context)


@require_safe
@needs(Permission.MANAGE_ORGANISATION, purpose=PURPOSE)
def raised(request: PageRequest) -> HttpResponse:
    """Show the matters that own organisations have raised with others, and how far each is."""
    rows = list(answering.raised_by(request.viewer)[:EACH])
    return render(request, "feedback/raised.html", {"rows": rows, "now": clock.now()})


@require_http_methods(["GET", "POST"])
@logged_in
def feedback(request: PageRequest, feedback_id: uuid.UUID) -> HttpResponse:
    """One feedback: the words, each step with how long it took, and what comes next."""
    request.private = True
    found = answering.feedback_for(request.viewer, feedback_id)
    forms: dict[str, Any] = {}
    if request.method == "POST":
        forms = _act(request, found)
        if not forms:
            return redirect("feedback", found.id)
    decided = found.state == FeedbackState.DECIDED
    answers, raiser = may_answer(request.viewer, found.owner_id), answering.is_raiser(request.viewer, found)
    context = {
        "found": found, "steps": answering.steps_of(found), "answers": answers, "raiser": raiser,
        "is_dead": answering.is_about_the_dead(found), "answer_form": AnswerFeedbackForm(is_decided=decided),
        "again_form": NotSettledForm(prefix="again"), "thing": answering.where(request.viewer, found),
        "slots": fragments(request.viewer, Ref("feedback", found.id), on=clock.today(), of=found) if answers else [],
    } | forms  # fmt: skip
    return render(request, "feedback/feedback.html", context, status=422 if forms else 200)


def _act(request: PageRequest, found: Feedback) -> dict[str, Any]:
    """Do what was pressed; return the form to show anew when something must be mended."""
    act = request.POST.get("act", "")
    by: dict[str, Any] = {"feedback": found, "by": request.viewer, "at": clock.now()}
    if act in PLAIN:
        PLAIN[act](**by)
        return {}
    again = act == "again"
    name = "again_form" if again else "answer_form"
    form: Any = (
        NotSettledForm(request.POST, prefix="again")
        if again
        else AnswerFeedbackForm(request.POST, is_decided=found.state == FeedbackState.DECIDED)
    )
    if not form.is_valid():
        return {name: form}
    try:
        if again:
            via = Via.LINK if answering.is_raiser(request.viewer, found) else Via.PHONE
            settling.not_settled(words=form.cleaned_data["words"], via=via, **by)
        else:
            actions.answer(words=form.cleaned_data["words"], **by)
    except Refused as refusal:
        form.add_error(None, _(refusal.message))
        return {name: form}
    return {}


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose=PURPOSE)
def take_down(request: PageRequest) -> HttpResponse:
    """Write down what somebody says on the telephone, on paper or in a text, perhaps about one particular thing."""
    request.private = True
    wanted = request.POST.get("about") or request.GET.get("om", "")
    particular = about.thing_told_of(request.viewer, wanted)
    kinds = about.kinds_to_choose()
    if particular and particular.kind != "task_type":
        kinds = [(wanted, gettext("This: %(name)s") % {"name": particular.title}), *kinds]
    form = TakeDownForm(
        request.POST or None, kinds=kinds, owners=_others(request), initial=_before(request, wanted, particular)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = _written_down(request, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Written down. The one who said it hears what comes of it."))
            return redirect("feedback", made.id)
    return render(request, "feedback/take_down.html", {"form": form}, status=422 if form.errors else 200)


def _before(request: PageRequest, wanted: str, particular: Thing | None) -> dict[str, Any]:
    """Return what stands in the form from the first: what it is about, and the text it came in by."""
    found: dict[str, Any] = {"key": uuid.uuid4(), "about": wanted}
    if particular and particular.id and particular.kind == "task_type":
        found["about"] = about.key_of_kind(particular.id)
    if request.method == "GET" and (key := read_uuid(request.GET.get("tekst", ""))):
        text = one_text(request.viewer, key)
        found |= {"inbound": key, "via": Via.SMS, "words": text.text[:MOST_FEEDBACK], "phone": text.number}
        found |= {"hears": Hears.TEXT}
    return found


def _written_down(request: PageRequest, data: dict[str, Any]) -> Feedback:
    """Write it down, for the person whose number it is, or with the words about who said it."""
    thing = about.thing_told_of(request.viewer, data["about"]) or about.kind_chosen(data["about"])
    if not may_answer(request.viewer, thing.owner.id):
        thing = about.answered_by(thing, _owner(request))
    matter: dict[str, Any] = {
        "from_owner": uuid.UUID(data["from_owner"]) if data["from_owner"] else None, "is_public": data["is_public"],
    }  # fmt: skip
    known = answering.known_sender(thing.owner.id, data["phone"])
    told = Said(data["words"], known, data["name"], data["phone"], data["email"], Hears(data["hears"]), **matter)
    if known:
        told = Said(data["words"], known, **matter)
        request.scope.saw(known)
    return raise_feedback(
        thing=thing, told=told, sent_key=str(data["key"]), via=Via(data["via"]), by=request.viewer, at=clock.now(),
        inbound=data["inbound"],
    )  # fmt: skip


def _others(request: PageRequest) -> list[Owner]:
    """Return the organisations whose own matter may be written down for them."""
    rows = Owner.objects.filter(left_on=None).exclude(id__in=request.viewer.owners)
    return list(rows.exclude(kind=Owner.Kind.MUNICIPALITY).order_by("name", "id"))


def _owner(request: PageRequest) -> Owner:
    """Return who answers what is written down: the viewer's own owner."""
    found = Owner.objects.filter(id__in=request.viewer.owners, left_on=None).order_by("id").first()
    if found is None:
        raise NotYours
    return found
