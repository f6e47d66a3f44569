"""The agreements one is in, one of them, and how they are begun."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.anchoring.agreements import actions, queries
from samtun.anchoring.agreements.enums import LIVE, OPEN, Form, Sort, State, VersionState
from samtun.anchoring.agreements.queries.agreements import state_words
from samtun.anchoring.agreements.rules import answers_for, is_overdue, notes_for, unbacked, with_business
from samtun.anchoring.agreements.web import tables
from samtun.anchoring.agreements.web.forms import Between, NoteForm, StartForm
from samtun.anchoring.forums.queries import said_about
from samtun.foundation import sight
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref

WHY = gettext_noop("Takes part in an agreement")


@require_safe
@needs(Permission.OWN_PAGE, purpose=WHY)
def agreements(request: PageRequest) -> HttpResponse:
    """Show the agreements one's own are parties to: where each is, and what waits."""
    own = request.viewer.owners
    rows = [tables.agreement_row(a, own=own, on=clock.today()) for a in queries.agreements_visible_to(request.viewer)]
    context = {
        "live": [row for row in rows if row["agreement"].state in LIVE],
        "over": [row for row in rows if row["agreement"].state not in LIVE],
        "starts": bool(queries.those_to_ask(request.viewer)), "today": clock.today(),
    }  # fmt: skip
    return render(request, "agreements/agreements.html", context)


def _between[F: Between](request: PageRequest, kind: type[F], **more: Any) -> F:
    owners = queries.those_to_ask(request.viewer)
    if not owners:
        raise NotYours
    others = queries.to_agree_with(request.viewer)
    return kind(request.POST or None, owners=owners, others=others, **more)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def note(request: PageRequest) -> HttpResponse:
    """Write down what has been agreed by word of mouth."""
    form = _between(request, NoteForm, today=clock.today())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        facts = {key: data[key] for key in ("owner", "name", "words", "since")}
        try:
            made = actions.note_agreement(others=form.others, by=request.viewer, at=clock.now(), **facts)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Noted."))
            return redirect("agreement", made.id)
    return render(request, "agreements/note.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def new(request: PageRequest) -> HttpResponse:
    """Start an agreement on one page."""
    form = _between(request, StartForm)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        facts = {key: data[key] for key in ("owner", "name", "goal", "gain")}
        try:
            made = actions.start_agreement(others=form.others, by=request.viewer, at=clock.now(), **facts)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Started. Propose a text now, and all parties are asked."))
            return redirect("agreement_text", made.id)
    return render(request, "agreements/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@needs(Permission.OWN_PAGE, purpose=WHY)
def agreement(request: PageRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Show an agreement: who, what stands, what waits for whom, how it goes, what it rests on and carries."""
    whole = queries.agreement_for(request.viewer, agreement_id, on=clock.today())
    speaks = queries.spoken_for(request.viewer, whole.parties)
    evaluations = queries.evaluations_of(whole.row)
    context = _facts(request.viewer, whole, speaks) | _versions(request.viewer, whole, speaks) | {
        "evaluations": [tables.evaluation_row(e, whole.parties, speaks) for e in evaluations],
        "goes_on": any(e.done_at is None for e in evaluations),
        "slots": fragments(request.viewer, Ref("agreement", whole.row.id), on=clock.today(), of=whole.row),
    }  # fmt: skip
    return render(request, "agreements/agreement.html", context)


def _facts(viewer: Viewer, whole: queries.Whole, speaks: list[Any]) -> dict[str, Any]:
    """Return what an agreement is, and what the viewer may do with it."""
    row, today = whole.row, clock.today()
    is_live, on_page = row.state in LIVE, row.form == Form.ONE_PAGE
    above, below = sight.line_of(Ref("agreement", row.id))
    notes = notes_for(viewer, whole.parties)
    parties = [
        tables.party_row(
            p, whole.contacts[p.id], speaks=p in speaks, answers=answers_for(viewer, p.owner_id), notes=notes
        )
        for p in whole.parties
    ]
    seen = sight.describe(viewer, above | below)  # of both at once: a kind that is on both sides is asked once
    opens = {one.ref.id: one.url for one in seen}
    return {
        "found": row, "today": today, "speaks": speaks, "notes": notes, "parties": parties, "is_live": is_live,
        "on_page": on_page,
        "state": state_words(row, on=today), "color": tables.color_of(row, on=today),
        "acts": bool(speaks) and is_live, "is_stands": row.state == State.STANDS,
        "is_made": row.state == State.BEING_MADE, "rhythm": tables.rhythm_words(row),
        "in_writing": not on_page and is_live and with_business(whole.parties),
        "overdue": is_overdue(row, on=today), "unbacked": unbacked(row, whole.parties) if is_live else [],
        "forums": [(one, opens.get(one.item, "")) for one in said_about(_items(above))],
        "ended": tables.ENDED.get(row.ended_because, ""),
        "above": [one for one in seen if one.ref in above], "below": [one for one in seen if one.ref in below],
    }  # fmt: skip


def _items(above: Iterable[Ref]) -> list[uuid.UUID]:
    return [ref.id for ref in above if ref.kind == "forum_item"]


def _versions(viewer: Viewer, whole: queries.Whole, speaks: list[Any]) -> dict[str, Any]:
    """Return what stands, what waits with each party's answer, and what has been."""
    every = queries.versions_of(whole.row)
    texts = [v for v in every if v.sort == Sort.TEXT]
    notes = notes_for(viewer, whole.parties)
    waiting = [tables.version_row(v, whole.standing) for v in every if v.state in OPEN]
    for row in waiting:
        row["mine"] = row["version"].proposed_by in speaks
        for line in row["answers"]:
            line["own"] = answers_for(viewer, line["party"].owner_id)
        row["asked"] = [one for one in row["answers"] if one["own"] or (notes and one["answer"] is None)]
    stands = next((v for v in texts if v.state == VersionState.STANDING), None)
    return {
        "waiting": waiting, "stands": tables.version_row(stands, whole.parties) if stands else None,
        "past": [tables.version_row(v, whole.parties) for v in every if v.state not in OPEN and v != stands],
        "compares": len(texts) > 1, "text_waits": any(v.sort == Sort.TEXT and v.state in OPEN for v in every),
    }  # fmt: skip


@require_POST
@needs(Permission.OWN_PAGE, purpose=WHY)
def on_one_page(request: PageRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Put what is only noted on one page."""
    whole = queries.agreement_for(request.viewer, agreement_id, on=clock.today())
    try:
        actions.write_on_one_page(agreement=whole.row, by=request.viewer, at=clock.now())
    except Refused as refusal:
        messages.error(request, _(refusal.message))
        return redirect("agreement", agreement_id)
    return redirect("agreement_text", agreement_id)
