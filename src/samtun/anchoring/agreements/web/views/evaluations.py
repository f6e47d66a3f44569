"""Evaluations: each party's word, what recipients say, and what is said openly."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.anchoring.agreements import actions, queries
from samtun.anchoring.agreements.rules import answers_for, notes_for
from samtun.anchoring.agreements.web.forms import CommentForm, RecipientsForm, WordForm
from samtun.anchoring.agreements.web.views.agreements import WHY
from samtun.anchoring.forums.rules import acts_for
from samtun.foundation.access import PageRequest, needs, public
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused


@require_POST
@needs(Permission.OWN_PAGE, purpose=WHY)
def begin(request: PageRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Begin the evaluation."""
    whole = queries.agreement_for(request.viewer, agreement_id, on=clock.today())
    try:
        actions.evaluate(agreement=whole.row, by=request.viewer, at=clock.now())
        messages.success(request, _("Begun. Each party is asked how it goes."))
    except Refused as refusal:
        messages.error(request, _(refusal.message))
    return redirect("agreement", agreement_id)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def word(request: PageRequest, evaluation_id: uuid.UUID) -> HttpResponse:
    """Say how a party finds it, or write down what another party says on the telephone."""
    found = queries.evaluation_for(request.viewer, evaluation_id)
    chosen = request.POST.get("party") or request.GET.get("party", "")
    parties = queries.parties_of(found.agreement)
    party = next((p for p in parties if str(p.id) == chosen and p.left_at is None), None)
    if party is None or not (acts_for(request.viewer, party.owner_id) or notes_for(request.viewer, parties)):
        raise NotYours
    data = request.POST if request.method == "POST" else None
    before = next((w.words for w in found.words.all() if w.party_id == party.id), "")
    on_behalf = not acts_for(request.viewer, party.owner_id)
    form = WordForm(data, initial={"words": before}, today=clock.today(), on_behalf=on_behalf)
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_word(
                evaluation=found, party=party, words=form.cleaned_data["words"], spoken=form.spoken, by=request.viewer,
                at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Written down. All parties see it."))
            return redirect("agreement", found.agreement_id)
    context = {
        "found": found.agreement, "form": form, "title": _("How does it go?"), "button_words": _("Write it down"),
        "whose": party.owner.name, "party": party,
    }  # fmt: skip
    return render(request, "agreements/say.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def recipients(request: PageRequest, evaluation_id: uuid.UUID) -> HttpResponse:
    """Write what those who receive say, or why nobody could be asked."""
    found = queries.evaluation_for(request.viewer, evaluation_id)
    if not queries.spoken_for(request.viewer, queries.parties_of(found.agreement)):
        raise NotYours
    first = {"words": found.recipients_said, "unheard_because": found.unheard_because}
    form = RecipientsForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_recipients(evaluation=found, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Written down. All parties see it."))
            return redirect("agreement", found.agreement_id)
    context = {
        "found": found.agreement, "form": form, "title": _("What do those who receive say?"),
        "button_words": _("Write it down"), "lead": _("No evaluation is done without their word, or why not."),
    }  # fmt: skip
    return render(request, "agreements/say.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def comment(request: PageRequest, evaluation_id: uuid.UUID) -> HttpResponse:
    """Publish one's own comment on an evaluation, or write it anew."""
    found = queries.evaluation_for(request.viewer, evaluation_id)
    parties = queries.parties_of(found.agreement)
    party = next((p for p in parties if answers_for(request.viewer, p.owner_id)), None)
    if party is None:
        raise NotYours
    before = next((c.words for c in queries.comments_of(found) if c.owner_id == party.owner_id), "")
    form = CommentForm(request.POST if request.method == "POST" else None, initial={"words": before})
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_comment(
                evaluation=found, owner=party.owner, words=form.cleaned_data["words"], by=request.viewer, at=clock.now()
            )
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Published. Only you can change it."))
            return redirect("agreement", found.agreement_id)
    context = {
        "found": found.agreement, "form": form, "title": _("Say something openly"), "button_words": _("Publish it"),
        "whose": party.owner.name,
    }  # fmt: skip
    return render(request, "agreements/say.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.OWN_PAGE, purpose=WHY)
def take_down(request: PageRequest, evaluation_id: uuid.UUID) -> HttpResponse:
    """Take one's own comment down."""
    found = queries.evaluation_for(request.viewer, evaluation_id)
    own = next((c for c in queries.comments_of(found) if answers_for(request.viewer, c.owner_id)), None)
    if own is None:
        raise NotYours
    actions.take_down_comment(comment=own, by=request.viewer, at=clock.now())
    messages.success(request, _("Taken down."))
    return redirect("agreement", found.agreement_id)


@require_safe
@public
def openly(request: PageRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Show anybody what organisations say openly of an agreement they are in."""
    found, comments = queries.open_comments(agreement_id)
    return render(request, "agreements/openly.html", {"found": found, "comments": comments})
