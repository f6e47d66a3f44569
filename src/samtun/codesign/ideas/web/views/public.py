"""The open pages: tell an idea, read the ideas, say "yes, and …", join in, ask the named person."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.codesign.ideas import queries
from samtun.codesign.ideas.actions import adding, entering, helping
from samtun.codesign.ideas.actions.entering import Put
from samtun.codesign.ideas.enums import AdditionKind, LifeState, Via
from samtun.codesign.ideas.models import Addition, Helper, Idea
from samtun.codesign.ideas.web.forms import AddForm, AskForm, JoinForm, PublicIdeaForm
from samtun.codesign.ideas.web.views.proving import send_to_door, who_it_is
from samtun.foundation.access import PageRequest, public
from samtun.foundation.limits import limit
from samtun.foundation.presence import there_words
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.partners.organisations.queries import answering_owner, organisation_of
from samtun.people.persons.models import Person
from samtun.people.places.queries import villages

EACH = 30

type Does = Callable[[Person, dict[str, Any], Viewer], Helper | Addition]


@require_http_methods(["GET", "POST"])
@public
def new(request: PageRequest) -> HttpResponse:
    """Tell an idea, without logging in; the number is proved by a code or a call. Whoever is logged in is nobody."""
    request.private, owner = True, answering_owner()
    form = PublicIdeaForm(request.POST or None, villages=villages(), initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            return _receive(request, form)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
    context = {"form": form, "centre": organisation_of(owner.id)}
    return render(request, "ideas/new.html", context, status=422 if form.errors else 200)


def _receive(request: PageRequest, form: PublicIdeaForm) -> HttpResponse:
    data, owner, at = form.cleaned_data, answering_owner(), clock.now()
    limit("idea", request.META.get("REMOTE_ADDR", ""), at=at, most=10)
    by = Viewer.system(request.municipality.id, frozenset({owner.id}))
    put = Put(data["title"], data["words"], data["village"], data["is_public"], data["shown_as"])
    with transaction.atomic():
        person = who_it_is(request, owner, data)
        made = entering.put_forward(
            owner=owner, person=person, put=put, sent_key=str(data["key"]), via=Via.FORM, is_proven=False, by=by, at=at
        )
    return send_to_door(request, "ide", made, person, owner)


@require_safe
@public
def listing(request: PageRequest) -> HttpResponse:
    """Show the ideas and initiatives that are open to everyone."""
    page = Paginator(queries.open_ideas(), EACH).get_page(request.GET.get("side"))
    rows = [(idea, queries.initiative_of(idea)) for idea in page.object_list]
    return render(request, "ideas/list.html", {"page": page, "rows": rows})


@require_safe
@public
def page(request: PageRequest, idea_id: uuid.UUID) -> HttpResponse:
    """Show one that is open: its words, who is with it, and what the municipality has promised."""
    found = queries.open_idea(idea_id)
    context = {
        "it": queries.page_of(found, on=clock.today()), "centre": organisation_of(found.owner_id),
        "slots": fragments(request.viewer, Ref("open_idea", found.id), on=clock.today()),
    }  # fmt: skip
    return render(request, "ideas/page.html", context)


@require_http_methods(["GET", "POST"])
@public
def add(request: PageRequest, idea_id: uuid.UUID) -> HttpResponse:
    """Say "yes, and …"."""
    found = queries.open_idea(idea_id)
    form = AddForm(request.POST or None, initial={"key": uuid.uuid4()})
    return _from_anyone(request, found, form, "og", _adds(found, AdditionKind.AND), "ideas/add.html")


@require_http_methods(["GET", "POST"])
@public
def ask(request: PageRequest, idea_id: uuid.UUID) -> HttpResponse:
    """Ask the named person about it."""
    found = queries.open_idea(idea_id)
    form = AskForm(request.POST or None, initial={"key": uuid.uuid4()})
    return _from_anyone(request, found, form, "og", _adds(found, AdditionKind.QUESTION), "ideas/ask.html")


@require_http_methods(["GET", "POST"])
@public
def join(request: PageRequest, idea_id: uuid.UUID) -> HttpResponse:
    """Say "I'm in"."""
    found = queries.open_idea(idea_id)
    life = queries.initiative_of(found)
    if life is None or life.state == LifeState.ENDED:
        raise NotYours

    def joins(person: Person, data: dict[str, Any], by: Viewer) -> Helper:
        return helping.join(
            initiative=life, person=person, words=data["words"], via=Via.FORM, is_proven=False, by=by, at=clock.now()
        )

    return _from_anyone(request, found, JoinForm(request.POST or None), "med", joins, "ideas/join.html")


def _adds(idea: Idea, kind: AdditionKind) -> Does:
    def does(person: Person, data: dict[str, Any], by: Viewer) -> Addition:
        return adding.add(
            idea=idea, person=person, kind=kind, words=data["words"], sent_key=str(data["key"]), via=Via.FORM,
            shown_as=data.get("shown_as", ""), is_proven=False, by=by, at=clock.now(),
        )  # fmt: skip

    return does


def _from_anyone(request: PageRequest, found: Idea, form: Any, kind: str, does: Does, template: str) -> HttpResponse:
    """Take what somebody without a login says about an idea, and prove their number."""
    request.private = True
    if request.method == "POST" and form.is_valid():
        data, owner = form.cleaned_data, found.owner
        by = Viewer.system(request.municipality.id, frozenset({owner.id}))
        try:
            limit("idea", request.META.get("REMOTE_ADDR", ""), at=clock.now(), most=10)
            with transaction.atomic():
                person = who_it_is(request, owner, data)
                row = does(person, data, by)
            return send_to_door(request, kind, row, person, owner)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
    it = queries.page_of(found, on=clock.today())
    context = {"form": form, "it": it, "centre": organisation_of(found.owner_id)}
    return render(request, template, context, status=422 if form.errors else 200)


@require_safe
@public
def thanks(request: PageRequest) -> HttpResponse:
    """Thank, and say when somebody is there."""
    owner = answering_owner()
    context = {"centre": organisation_of(owner.id), "there": there_words(owner.id, clock.now())}
    return render(request, "ideas/thanks.html", context)
