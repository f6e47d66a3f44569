"""Items: proposed, settled, and the minutes of each."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.anchoring.forums import actions, queries
from samtun.anchoring.forums.enums import AHEAD, OPEN, ItemState
from samtun.anchoring.forums.models import Forum, Item
from samtun.anchoring.forums.rules import acts_for, leads, writes
from samtun.anchoring.forums.web import tables
from samtun.anchoring.forums.web.forms import (
    DecisionForm,
    DoneForm,
    HeardForm,
    ItemForm,
    MaybeWhyForm,
    MinutesForm,
    UnheardForm,
    WhyForm,
)
from samtun.anchoring.forums.web.views.forums import WHY
from samtun.foundation import drafts, refs
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.forms import Form
from samtun.foundation.models import Owner
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.partners.organisations.queries import organisations_visible_to


def _done(*, item: Item, words: str, **who: Any) -> None:
    decision = next(iter(item.decisions.all()), None)
    if decision is None:
        raise NotYours
    actions.decision_done(decision=decision, words=words, **who)


SAYS: dict[str, tuple[type[Form], Callable[..., Any], str | Promise, str | Promise, str | Promise]] = {
    "hoyrt": (HeardForm, actions.note_heard, gettext_lazy("Somebody was asked"), gettext_lazy("Write it down"),
              gettext_lazy("Written down.")),
    "ikkje-hoyrt": (UnheardForm, actions.say_unheard, gettext_lazy("Nobody was asked"), gettext_lazy("Write it down"),
                    gettext_lazy("Written down.")),
    "utset": (MaybeWhyForm, actions.put_off, gettext_lazy("Put it off"), gettext_lazy("Put it off"),
              gettext_lazy("Put off. It waits for the next meeting.")),
    "avvis": (WhyForm, actions.turn_down, gettext_lazy("Turn it down"), gettext_lazy("Turn it down"),
              gettext_lazy("Turned down. Those who proposed it hear it, and why.")),
    "trekk": (MaybeWhyForm, actions.withdraw, gettext_lazy("Withdraw it"), gettext_lazy("Withdraw it"),
              gettext_lazy("Withdrawn.")),
    "gjort": (DoneForm, _done, gettext_lazy("It is done"), gettext_lazy("Say that it is done"),
              gettext_lazy("Thank you. Those who proposed it hear it.")),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def propose(request: PageRequest, forum_id: uuid.UUID) -> HttpResponse:
    """Propose an item."""
    found = next((f for f in queries.forums_to_propose_to(request.viewer) if f.id == forum_id), None)
    if found is None:
        raise NotYours
    form = ItemForm(request.POST or None, owners=_speaks_for(request.viewer, found))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.propose_item(forum=found, ref=None, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Proposed. Here you see what becomes of it."))
            return redirect("forum_item", made.id)
    return render(request, "forums/propose.html", {"found": found, "form": form}, status=422 if form.errors else 200)


def _speaks_for(viewer: Viewer, forum: Forum) -> list[Owner]:
    own = [owner for owner in Owner.objects.filter(id__in=viewer.owners).order_by("name") if acts_for(viewer, owner.id)]
    seats = queries.own_seats(viewer.person, on=clock.today()) if viewer.person else []
    return own + [s.on_behalf for s in seats if s.forum_id == forum.id and s.on_behalf not in own]


@require_safe
@needs(Permission.OWN_PAGE, purpose=WHY)
def item(request: PageRequest, item_id: uuid.UUID) -> HttpResponse:
    """Show an item: where it came from, who was heard, what was decided, and how long each step took."""
    found, part = queries.item_for(request.viewer, item_id, on=clock.today())
    is_open = found.state in OPEN
    seats = queries.seats_of(found.forum, on=clock.today()) if part and is_open else []
    decision = next(iter(found.decisions.all()), None)
    context = tables.item_row(found) | {
        "found": found, "part": part, "is_open": is_open, "decision": decision, "leads": leads(part),
        "writes": writes(part), "waits": found.state == ItemState.PROPOSED,
        "may_withdraw": is_open and (leads(part) or acts_for(request.viewer, found.from_owner_id)),
        "may_end": decision and not decision.done_at and _may_end(request.viewer, found, part),
        "about": refs.describe(request.viewer, Ref(found.ref_kind, found.ref_id)) if found.ref_id else None,
        "own_seat": next((s for s in seats if s.person_id == request.viewer.person), None),
        "affected": tables.affected_words(seats, found, on=clock.today()),
        "steps": tables.steps_of(found, now=clock.now()),
        "meetings": [m for m in queries.meetings_of(found.forum) if m.state in AHEAD] if leads(part) else [],
        "slots": fragments(request.viewer, Ref("forum_item", found.id), on=clock.today()),
    }  # fmt: skip
    return render(request, "forums/item.html", context)


def _may_end(viewer: Viewer, found: Item, part: str) -> bool:
    decision = next(iter(found.decisions.all()))
    own = decision.seat is not None and viewer.person is not None and decision.seat.person_id == viewer.person
    return leads(part) or own or acts_for(viewer, decision.owner_id)


@require_POST
@needs(Permission.OWN_PAGE, purpose=WHY)
def agenda(request: PageRequest, item_id: uuid.UUID) -> HttpResponse:
    """Put an item on the agenda of a meeting."""
    found, _part = queries.item_for(request.viewer, item_id, on=clock.today())
    chosen = request.POST.get("meeting", "")
    meeting = next((m for m in queries.meetings_of(found.forum) if str(m.id) == chosen), None)
    if meeting is None:
        messages.error(request, _("Choose a meeting first. If there is none, plan one."))
        return redirect("forum_item", item_id)

    def do() -> str:
        actions.put_on_agenda(item=found, meeting=meeting, by=request.viewer, at=clock.now())
        return _("Stands on the agenda now.")

    _try(request, do)
    return redirect("forum_meeting", meeting.id)


@require_POST
@needs(Permission.OWN_PAGE, purpose=WHY)
def stand_down(request: PageRequest, item_id: uuid.UUID) -> HttpResponse:
    """Stand down while the item is dealt with."""
    found, _part = queries.item_for(request.viewer, item_id, on=clock.today())
    seats = queries.seats_of(found.forum, on=clock.today())
    own = next((s for s in seats if s.person_id == request.viewer.person), None)
    if own is None:
        raise NotYours

    def do() -> str:
        actions.stand_down(item=found, seat=own, by=request.viewer, at=clock.now())
        return _("Written down: you stand down. It will stand in the minutes.")

    _try(request, do)
    return redirect("forum_item", item_id)


@require_POST
@needs(Permission.OWN_PAGE, purpose=WHY)
def minutes(request: PageRequest, item_id: uuid.UUID) -> HttpResponse:
    """Write the minutes of an item. What is refused stands on the page that comes back: nothing typed is lost."""
    found, part = queries.item_for(request.viewer, item_id, on=clock.today())
    if not writes(part):
        raise NotYours
    form = MinutesForm(request.POST)
    if form.is_valid():
        try:
            kept = actions.write_minutes(item=found, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("text", _(refusal.message))
        else:
            if kept:
                words = _("Another wrote at the same time. Both texts are kept: see under the item.")
                messages.warning(request, words)
            else:
                messages.success(request, _("Saved."))
            return drafts.saved(request, _back(found))
    return render(request, "forums/minutes.html", {"found": found, "form": form}, status=422)


@require_POST
@needs(Permission.OWN_PAGE, purpose=WHY)
def beside(request: PageRequest, item_id: uuid.UUID, beside_id: uuid.UUID) -> HttpResponse:
    """Put a text that was kept beside into the minutes, or leave it out."""
    found, _part = queries.item_for(request.viewer, item_id, on=clock.today())
    one = next((b for b in queries.beside_of(found) if b.id == beside_id), None)
    if one is None:
        raise NotYours

    def do() -> str:
        take = request.POST.get("take") == "yes"
        actions.settle_beside(beside=one, take=take, by=request.viewer, at=clock.now())
        return _("Saved.")

    _try(request, do)
    return redirect(_back(found))


def _back(found: Item) -> str:
    if found.meeting_id is None:
        return reverse("forum_item", args=[found.id])
    return f"{reverse('forum_meeting', args=[found.meeting_id])}#sak-{found.id}"


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def decide(request: PageRequest, item_id: uuid.UUID) -> HttpResponse:
    """Decide: what, who answers for it, by when; and a plain word about those it concerns."""
    found, part = queries.item_for(request.viewer, item_id, on=clock.today())
    if not writes(part):
        raise NotYours
    seats = queries.seats_of(found.forum, on=clock.today())
    owners = [o.owner for o in organisations_visible_to(request.viewer)]
    form = DecisionForm(request.POST or None, seats=seats, owners=owners, today=clock.today())
    if request.method == "POST" and form.is_valid():
        owner, seat = form.chosen[form.cleaned_data["answers"]]
        facts = {"words": form.cleaned_data["words"], "due": form.cleaned_data["due"], "owner": owner, "seat": seat}
        try:
            actions.decide(item=found, by=request.viewer, at=clock.now(), **facts)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Decided. Those who proposed it hear it."))
            return drafts.saved(request, _back(found))
    affected = tables.affected_words(seats, found, on=clock.today())
    context = {"found": found, "form": form, "affected": affected}
    return render(request, "forums/decide.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def say(request: PageRequest, item_id: uuid.UUID, act: str) -> HttpResponse:
    """Say something about an item, in words: who was heard, why it is put off or turned down, what has been done."""
    found, _part = queries.item_for(request.viewer, item_id, on=clock.today())
    if act not in SAYS:
        raise NotYours
    kind, do, title, button, done = SAYS[act]
    form = kind()
    if request.method == "POST" and (form := kind(request.POST)).is_valid():
        try:
            do(item=found, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, str(done))
            return drafts.saved(request, reverse("forum_item", args=[item_id]))
    context = {"found": found, "form": form, "title": title, "button_words": button, "act": act}
    return render(request, "forums/say.html", context, status=422 if form.errors else 200)


def _try(request: PageRequest, do: Callable[[], str]) -> None:
    try:
        messages.success(request, do())
    except Refused as refusal:
        messages.error(request, _(refusal.message))
