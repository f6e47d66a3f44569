"""Changes: proposed in words or larger, answered, settled, and taken up with a forum."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.anchoring.forums.queries import forums_to_propose_to
from samtun.anchoring.forums.rules import acts_for
from samtun.codesign.designs import actions, queries
from samtun.codesign.designs.enums import WAITING, ChangeKind, ChangeState
from samtun.codesign.designs.models import Change, Party
from samtun.codesign.designs.queries.changes import from_forum
from samtun.codesign.designs.queries.designs import other_owners
from samtun.codesign.designs.web import tables
from samtun.codesign.designs.web.forms import (
    ChangeForm,
    LargerForm,
    NoForm,
    NotedForm,
    PurposeForm,
    SettleForm,
    TrialForm,
    WhoForm,
)
from samtun.codesign.designs.web.views.common import WHY, form_page, posted, to_answer_for, to_write
from samtun.foundation import refs
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.forms import TakeUpForm
from samtun.foundation.models import Owner
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref

LARGER: dict[str, ChangeKind] = {
    "prove": ChangeKind.TRIAL, "drift": ChangeKind.OPERATION, "formal": ChangeKind.PURPOSE, "part": ChangeKind.PARTY,
    "over": ChangeKind.OVER, "slutt": ChangeKind.END, "open": ChangeKind.PUBLIC,
}  # fmt: skip
SETTLES: dict[str, tuple[Any, Any, Any]] = {
    "plan": (actions.plan_change, _("It will be made"), _("Written down. Whoever proposed it hears it.")),
    "gjort": (actions.make_change, _("It is made"), _("Made. Whoever proposed it hears it.")),
    "ikkje": (actions.not_make, _("It is not made"), _("Written down. Whoever proposed it hears why.")),
}


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def propose(request: PageRequest, design_id: uuid.UUID) -> HttpResponse:
    """Propose a change in words."""
    reading = to_write(request.viewer, design_id)
    found, own = reading.design, reading.own
    assert own is not None  # who may write is a party
    form = ChangeForm(posted(request))

    def do() -> None:
        actions.propose_change(
            design=found, from_owner=own.owner, by=request.viewer, at=clock.now(), **form.written
        )  # fmt: skip

    title, done = _("Propose a change"), _("Proposed. It stands here until somebody says what becomes of it.")
    return form_page(request, found, form, do, title=title, button=_("Propose it"), done=done)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def larger(request: PageRequest, design_id: uuid.UUID, kind: str) -> HttpResponse:
    """Propose a larger change: it is made when every party has said yes."""
    found = to_write(request.viewer, design_id).design
    if kind not in LARGER:
        raise NotYours
    chosen = LARGER[kind]
    form = _larger_form(request, found.id, chosen)

    def do() -> None:
        to = form.to | ({"open": found.public_at is None} if chosen == ChangeKind.PUBLIC else {})
        actions.propose_larger(
            design=found, kind=chosen, words=form.cleaned_data["words"], to=to, by=request.viewer, at=clock.now()
        )

    alone = len(queries.joined(found.id)) == 1
    lead = _("You are the only party: it is made at once.") if alone else _("It is made when every party has said yes.")
    done = _("Made.") if alone else _("Proposed. The others are told, and say yes or no.")
    return form_page(request, found, form, do, title=tables.KINDS[chosen], lead=lead, button=_("Propose it"), done=done)


def _larger_form(request: PageRequest, design_id: uuid.UUID, kind: ChangeKind) -> LargerForm:
    data = posted(request)
    if kind == ChangeKind.TRIAL:
        return TrialForm(data, today=clock.today())
    if kind == ChangeKind.PURPOSE:
        return PurposeForm(data)
    if kind == ChangeKind.PARTY:
        return WhoForm(data, owners=other_owners(queries.design_for(request.viewer, design_id).design))
    if kind == ChangeKind.OVER:
        return WhoForm(data, owners=list(Owner.objects.filter(left_on=None).order_by("name")))
    return LargerForm(data)


@require_safe
@needs(Permission.OWN_PAGE, purpose=WHY)
def change(request: PageRequest, change_id: uuid.UUID) -> HttpResponse:
    """Show a proposed change: what, why, where it came from, who has said what, and what comes now."""
    found, reading = queries.change_for(request.viewer, change_id)
    waits, is_words = found.state in WAITING, found.kind == ChangeKind.WORDS
    missing = queries.missing_yes(found) if waits and not is_words else []
    about = refs.describe(request.viewer, Ref(found.ref_kind, found.ref_id)) if found.ref_id else None
    forum, forum_words = from_forum(found)
    context = tables.change_row(found) | {
        "found": found, "design": found.design, "is_words": is_words, "waits": waits, "about": about,
        "is_open": found.state == ChangeState.PROPOSED, "missing": to_answer_for(reading, missing), "forum": forum,
        "forum_words": forum_words, "writes": reading.joined and waits, "own": reading.own,
        "may_withdraw": waits and acts_for(request.viewer, found.from_owner_id),
        "slots": fragments(request.viewer, Ref("design_change", found.id), on=clock.today()),
    }  # fmt: skip
    return render(request, "designs/change.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def settle(request: PageRequest, change_id: uuid.UUID, act: str) -> HttpResponse:
    """Say what becomes of a change in words, or take back one's own."""
    found, reading = queries.change_for(request.viewer, change_id)
    back = reverse("design_change", args=[found.id])
    who: dict[str, Any] = {"change": found, "by": request.viewer, "at": clock.now()}
    if act == "trekk":
        if not acts_for(request.viewer, found.from_owner_id):
            raise NotYours
        take_back = _("Withdraw the proposal")
        return form_page(
            request, found.design, NotedForm(posted(request), own=True), lambda: actions.withdraw_change(**who),
            title=take_back, button=take_back, done=_("Withdrawn."), back=back,
        )  # fmt: skip
    if act not in SETTLES or not reading.joined:
        raise NotYours
    do, title, done = SETTLES[act]
    form = SettleForm(posted(request))
    return form_page(
        request, found.design, form, lambda: do(**who, **form.written), title=title, lead=found.words, button=title,
        done=done, back=back,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def answer(request: PageRequest, change_id: uuid.UUID, party_id: uuid.UUID, act: str) -> HttpResponse:
    """Say yes or no to a larger change for a party, or write down who said it."""
    found, reading = queries.change_for(request.viewer, change_id)
    party = Party.objects.filter(id=party_id, design=found.design_id, left_at=None).select_related("owner").first()
    if party is None or act not in {"ja", "nei"} or not reading.joined:
        raise NotYours
    own, yes = reading.own is not None and reading.own.id == party.id, act == "ja"
    form = NotedForm(posted(request), own=own) if yes else NoForm(posted(request), own=own)
    title = _("Yes to the change") if yes else _("No to the change")

    def do() -> None:
        facts = form.cleaned_data
        actions.answer_change(change=found, party=party, yes=yes, by=request.viewer, at=clock.now(), **facts)

    return form_page(
        request, found.design, form, do, title=title, lead=party.owner.name, button=title, done=_("Written down."),
        back=reverse("design_change", args=[found.id]),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def to_forum(request: PageRequest, design_id: uuid.UUID) -> HttpResponse:
    """Take it, or one of its changes, up with a forum."""
    found = to_write(request.viewer, design_id).design
    about = _about(request, found.id)
    initial = {"title": found.title, "words": about.words if about else found.purpose}
    form = TakeUpForm(posted(request), forums=forums_to_propose_to(request.viewer), initial=initial)

    def do() -> None:
        actions.propose_to_forum(design=found, change=about, by=request.viewer, at=clock.now(), **form.written)

    lead = _("When it needs a decision that is not yours to make. Those who sit there may then read all of this.")
    return form_page(
        request, found, form, do, title=_("Take it up with a forum"), lead=lead, button=_("Propose it"),
        done=_("Taken up. What they decide stands here, with the day."),
    )  # fmt: skip


def _about(request: PageRequest, design_id: uuid.UUID) -> Change | None:
    try:
        key = uuid.UUID(request.GET.get("endring", ""))
    except ValueError:
        return None
    return Change.objects.filter(id=key, design=design_id).first()
