"""What the lead can do, shared by their own page and by whoever writes their word down."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samtun.codesign.ideas import queries
from samtun.codesign.ideas.actions import helping, leading, starting
from samtun.codesign.ideas.actions.starting import Words
from samtun.codesign.ideas.actions.telling import Word
from samtun.codesign.ideas.enums import HelperState, IdeaState, LifeState
from samtun.codesign.ideas.models import Helper, Idea, Initiative
from samtun.codesign.ideas.web.forms import EndForm, OfferForm, RestForm, WordsForm
from samtun.foundation.access import PageRequest
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused

FORMS = {"start": WordsForm, "words": WordsForm, "rest": RestForm, "end": EndForm}
PLAIN = ("go_on", "leave", "keep_lead", "not_now", "welcome_back")


@dataclass(frozen=True, slots=True)
class Act:
    """One act of the lead: which, on what, and whose word it is."""

    idea: Idea
    life: Initiative | None
    word: Word


def forms_for(idea: Idea, life: Initiative | None, helpers: list[Helper]) -> dict[str, Any]:
    """Return the forms that fit where it is."""
    shown = {"is_public": idea.is_public, "shown_as": idea.shown_as}
    words = {"title": idea.title, "words": idea.words} | shown
    if life:
        words = {name: getattr(life, name) for name in ("title", "words", "wants", "meets")} | shown
    others = [h for h in helpers if h.state == HelperState.WITH and h.person_id != idea.lead_id]
    return {
        "words_form": WordsForm(initial=words, prefix="words"), "rest_form": RestForm(prefix="rest"),
        "end_form": EndForm(prefix="end"), "offer_form": OfferForm(helpers=others, prefix="offer"),
        "may_start": life is None and idea.state in {IdeaState.RECEIVED, IdeaState.ANSWERED},
        "is_alive": life is not None and life.state != LifeState.ENDED,
    }  # fmt: skip


def act(request: PageRequest, one: Act) -> dict[str, Any]:
    """Do what the lead pressed; return the forms to show anew when something must be mended."""
    name, post = request.POST.get("act", ""), request.POST
    by: dict[str, Any] = {"by": request.viewer, "at": clock.now(), "word": one.word}
    if name in PLAIN:
        _plain(name, one, post.get("helper", ""), by)
        return {}
    shown = as_typed(request, one)
    ((key, form),) = shown.items()
    if form.is_valid():
        try:
            _do(name, one, form.cleaned_data, post.get("version", ""), by)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
    return {key: form} if form.errors else {}


def as_typed(request: PageRequest, one: Act) -> dict[str, Any]:
    """Return the form of an act as it was filled in, by its name on the page; NotYours for an act that has none."""
    name, post = request.POST.get("act", ""), request.POST
    if name == "offer" and one.life:
        return {"offer_form": OfferForm(post, helpers=queries.helpers_of(one.life), prefix="offer")}
    if name not in FORMS:
        raise NotYours
    part = "words" if name == "start" else name
    return {f"{part}_form": FORMS[name](post, prefix=part)}


def _do(name: str, one: Act, data: dict[str, Any], version: str, by: dict[str, Any]) -> None:
    if name in {"start", "words"}:
        words = Words(**{k: v for k, v in data.items() if k != WordsForm.keep_as_written})
        if name == "start":
            starting.start(idea=one.idea, words=words, **by)
        else:
            number = int(version) if version.isdecimal() and len(version) < 10 else 0
            starting.change_words(initiative=_life(one), words=words, version=number, **by)
    elif name == "rest":
        leading.pause(initiative=_life(one), words=data["words"], **by)
    elif name == "end":
        leading.end(initiative=_life(one), words=data["words"], **by)
    else:
        leading.offer_lead(initiative=_life(one), helper=data["helper"], **by)


def _plain(name: str, one: Act, helper: str, by: dict[str, Any]) -> None:
    if name == "leave":
        leading.leave(idea=one.idea, **by)
    elif name == "go_on":
        leading.go_on(initiative=_life(one), **by)
    elif name == "keep_lead":
        leading.keep_lead(initiative=_life(one), **by)
    else:
        who = _helper(one, helper)
        (helping.not_now if name == "not_now" else helping.welcome_back)(helper=who, **by)


def _life(one: Act) -> Initiative:
    if one.life is None:
        raise NotYours
    return one.life


def _helper(one: Act, key: str) -> Helper:
    try:
        wanted = uuid.UUID(key)
    except ValueError as fault:
        raise NotYours from fault
    rows = Helper.objects.select_related("initiative__idea").filter(id=wanted, initiative=one.life)
    found = rows.first() if one.life else None
    if found is None:
        raise NotYours
    return found
