"""What is proposed to all parties, their answers, and two texts side by side."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.anchoring.agreements import actions, queries
from samtun.anchoring.agreements.actions import Text
from samtun.anchoring.agreements.enums import Meets, Often, Sort, VersionState
from samtun.anchoring.agreements.models import Party, Version
from samtun.anchoring.agreements.rules import answers_for, notes_for, with_business
from samtun.anchoring.agreements.web import tables
from samtun.anchoring.agreements.web.forms import EndForm, NoForm, OnBehalf, RhythmForm, TakeOverForm, TextForm, YesForm
from samtun.anchoring.agreements.web.views.agreements import WHY
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.forms import Form
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused

PLAIN = ("what", "when", "arranged", "money", "follow_up", "warning", "evaluation", "until")


def first_own(viewer: Viewer, whole: queries.Whole) -> Party:
    """Return the party on whose behalf the viewer proposes; NotYours without one."""
    own = queries.spoken_for(viewer, whole.parties)
    if not own:
        raise NotYours
    return own[0]


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def text(request: PageRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Propose a joint text, beginning with the newest there is."""
    whole = queries.agreement_for(request.viewer, agreement_id, on=clock.today())
    mine = first_own(request.viewer, whole)
    facts: dict[str, Any] = {"parties": whole.standing, "in_writing": with_business(whole.parties)}
    form = TextForm(request.POST or None, initial=_newest(whole), **facts)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        written = Text(does=form.does, **{name: data[name] for name in PLAIN})
        try:
            actions.propose_text(
                agreement=whole.row, party=mine, text=written, seen=data["seen"], why=data["why"], by=request.viewer,
                at=clock.now(),
            )  # fmt: skip
        except actions.AnotherMeanwhile as refusal:
            form.add_error(None, _(refusal.message))
            again = request.POST.copy()
            again["seen"] = str(queries.last_number(whole.row))
            form.data = again
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Proposed. All parties are asked."))
            return redirect("agreement", agreement_id)
    context = {"found": whole.row, "form": form, "business": with_business(whole.parties)}
    return render(request, "agreements/text.html", context, status=422 if form.errors else 200)


def _newest(whole: queries.Whole) -> dict[str, Any]:
    """Return the newest text that waits or stands, to write on."""
    texts = [v for v in queries.versions_of(whole.row) if v.sort == Sort.TEXT]
    live = {VersionState.WAITING, VersionState.OBJECTED, VersionState.STANDING}
    newest = next((v for v in texts if v.state in live), None)
    first: dict[str, Any] = {"seen": queries.last_number(whole.row)}
    if newest is None:
        return first | {"what": whole.row.words}
    does = {f"does_{party}": words for party, words in queries.duties_of(newest).items()}
    return first | does | {name: getattr(newest, name) for name in PLAIN}


def _rhythm(whole: queries.Whole, mine: Party, data: dict[str, Any], **who: Any) -> Version:
    return actions.propose_rhythm(
        agreement=whole.row, party=mine, meets=Meets(data["meets"]), often=Often(data["often"]), why=data["why"], **who
    )


def _ending(whole: queries.Whole, mine: Party, data: dict[str, Any], **who: Any) -> Version:
    return actions.propose_ending(agreement=whole.row, party=mine, why=data["why"], last_day=data["last_day"], **who)


def _take_over(whole: queries.Whole, mine: Party, data: dict[str, Any], **who: Any) -> Version:
    return actions.propose_take_over(agreement=whole.row, party=mine, **data, **who)


type Proposes = Callable[..., Version]
SORTS: dict[str, tuple[Proposes, str | Promise]] = {
    "rytme": (_rhythm, gettext_lazy("Propose how often you keep in touch")),
    "slutt": (_ending, gettext_lazy("Propose to end it")),
    "over": (_take_over, gettext_lazy("Propose that one of you goes on with it")),
}


def _form(sort: str, data: Any, whole: queries.Whole, today: dt.date) -> Form:
    if sort == "rytme":
        return RhythmForm(data, initial={"meets": whole.row.meets, "often": whole.row.often})
    if sort == "slutt":
        return EndForm(data, today=today)
    return TakeOverForm(data, today=today, parties=whole.standing)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def propose(request: PageRequest, agreement_id: uuid.UUID, sort: str) -> HttpResponse:
    """Propose a rhythm, an end, or that one of the parties goes on with it."""
    whole = queries.agreement_for(request.viewer, agreement_id, on=clock.today())
    mine = first_own(request.viewer, whole)
    if sort not in SORTS:
        raise NotYours
    do, title = SORTS[sort]
    form = _form(sort, request.POST or None, whole, clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            do(whole, mine, form.cleaned_data, by=request.viewer, at=clock.now())
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Proposed. All parties are asked."))
            return redirect("agreement", agreement_id)
    context = {"found": whole.row, "form": form, "title": title, "button_words": _("Propose it")}
    return render(request, "agreements/say.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def answer(request: PageRequest, version_id: uuid.UUID, act: str) -> HttpResponse:
    """Say yes for a party, or that it has another view; or write down what another party said."""
    found = queries.version_for(request.viewer, version_id)
    if act not in {"ja", "nei"}:
        raise NotYours
    chosen = request.POST.get("party") or request.GET.get("party", "")
    parties = queries.parties_of(found.agreement)
    party = next((p for p in parties if str(p.id) == chosen and p.left_at is None), None)
    if party is None or not (answers_for(request.viewer, party.owner_id) or notes_for(request.viewer, parties)):
        raise NotYours
    form = _answer_form(request, act, party)
    if request.method == "POST" and form.is_valid():
        try:
            _answer(request, found, party, form, yes=act == "ja")
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Written down. All parties see it."))
            return redirect("agreement", found.agreement_id)
    context = {
        "found": found, "party": party, "form": form, "yes": act == "ja", "row": tables.version_row(found, parties),
    }  # fmt: skip
    return render(request, "agreements/answer.html", context, status=422 if form.errors else 200)


def _answer_form(request: PageRequest, act: str, party: Party) -> OnBehalf:
    data = request.POST if request.method == "POST" else None
    facts: dict[str, Any] = {"today": clock.today(), "on_behalf": not answers_for(request.viewer, party.owner_id)}
    if act == "nei":
        return NoForm(data, **facts)
    return YesForm(data, asks_own=not (party.goal and party.gain), **facts)


def _answer(request: PageRequest, version: Version, party: Party, form: OnBehalf, *, yes: bool) -> None:
    who: dict[str, Any] = {"by": request.viewer, "at": clock.now(), "spoken": form.spoken}
    if not yes:
        actions.object_to(version=version, party=party, words=form.cleaned_data["words"], **who)
        return
    if "goal" in form.cleaned_data:
        actions.write_own(party=party, goal=form.cleaned_data["goal"], gain=form.cleaned_data["gain"], **who)
    actions.approve(version=version, party=party, **who)


@require_POST
@needs(Permission.OWN_PAGE, purpose=WHY)
def withdraw(request: PageRequest, version_id: uuid.UUID) -> HttpResponse:
    """Take a proposal back."""
    found = queries.version_for(request.viewer, version_id)
    try:
        actions.withdraw(version=found, by=request.viewer, at=clock.now())
        messages.success(request, _("Taken back."))
    except Refused as refusal:
        messages.error(request, _(refusal.message))
    return redirect("agreement", found.agreement_id)


@require_safe
@needs(Permission.OWN_PAGE, purpose=WHY)
def compare(request: PageRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Show two texts side by side: the newest beside the one that stands, or those chosen."""
    whole = queries.agreement_for(request.viewer, agreement_id, on=clock.today())
    texts = [v for v in queries.versions_of(whole.row) if v.sort == Sort.TEXT]
    if len(texts) < 2:
        raise NotYours
    by_number = {str(v.number): v for v in texts}
    new = by_number.get(request.GET.get("ny", ""), texts[0])
    before = [v for v in texts if v.number < new.number]
    stood = next((v for v in before if v.state == VersionState.STANDING), None)
    old = by_number.get(request.GET.get("gammal", ""), stood or next(iter(before), texts[-1]))
    context = {
        "found": whole.row, "texts": [tables.version_row(v, whole.parties) for v in texts], "old": old, "new": new,
        "rows": tables.beside(old, new, whole.parties),
    }  # fmt: skip
    return render(request, "agreements/compare.html", context)
