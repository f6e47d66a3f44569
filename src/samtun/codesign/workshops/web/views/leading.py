"""The day as the one who leads it has it: the clock in hand, who is at the tables, and one table's cloth."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.codesign.workshops import actions, queries
from samtun.codesign.workshops.actions import NeedsWords, Written
from samtun.codesign.workshops.enums import WorkshopState
from samtun.codesign.workshops.models import Question, Workshop
from samtun.codesign.workshops.rules import code_of
from samtun.codesign.workshops.web import tables
from samtun.codesign.workshops.web.forms import NoteForm
from samtun.codesign.workshops.web.views.common import WHY, attempt, is_same, nothing_new, qr, ticking
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref

ACTS: dict[str, tuple[Callable[..., Any], str | Promise]] = {
    "start": (actions.start, ""), "vidare": (actions.go_on, ""), "attende": (actions.go_back, ""),
    "minutt": (actions.add_minute, ""), "pause": (actions.rest, ""), "fortset": (actions.resume, ""),
    "slutt": (actions.end, _("The workshop has ended. The report is ready.")),
}  # fmt: skip
BY_PLACE = {"vidare", "attende"}


@require_safe
@needs(Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, purpose=WHY)
def workshop(request: PageRequest, workshop_id: uuid.UUID) -> HttpResponse:
    """Show it: what can be done now, the programme, the tables, what is recommended."""
    found = queries.workshop_for(request.viewer, workshop_id)
    code = code_of(found.id)
    address = request.build_absolute_uri(reverse("workshop_join", args=[code]))
    context = _now(found) | {
        "found": found, "code": code, "address": address, "qr": qr(address),
        "find": request.get_host() + reverse("workshop_find"),
        "recommendations": queries.recommendations_of(found), "about": queries.about(request.viewer, found),
        "slots": fragments(request.viewer, Ref("workshop", found.id), on=clock.today(), of=found),
    }  # fmt: skip
    return render(request, "workshops/workshop.html", context)


@require_safe
@needs(Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, purpose=WHY)
def now(request: PageRequest, workshop_id: uuid.UUID) -> HttpResponse:
    """What is new: the clock and the tables."""
    found = queries.workshop_for(request.viewer, workshop_id)
    return nothing_new() if is_same(request, found) else render(request, "workshops/leading_now.html", _now(found))


def _now(found: Workshop) -> dict[str, Any]:
    questions = queries.questions_of(found)
    moment = queries.moment_of(found, questions)
    return ticking(found, moment) | {
        "found": found, "questions": questions, "tables": queries.tables_of(found),
        "following": tables.following(moment, questions), "goes": found.state == WorkshopState.RUNNING,
    }  # fmt: skip


@require_POST
@needs(Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, purpose=WHY)
def lead(request: PageRequest, workshop_id: uuid.UUID, act: str) -> HttpResponse:
    """Hold the clock: begin, go on, back, a minute more, rest, go on again, end."""
    found = queries.workshop_for(request.viewer, workshop_id)
    if act not in ACTS:
        raise NotYours
    do, done = ACTS[act]
    seen = request.POST.get("place", "")
    more = {"version": int(seen)} if act in BY_PLACE and seen.isdecimal() and len(seen) < 10 else {}
    attempt(request, lambda: do(workshop=found, by=request.viewer, at=clock.now(), **more), done)
    return redirect("workshop_report" if act == "slutt" else "workshop", found.id)


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, purpose=WHY)
def table(request: PageRequest, workshop_id: uuid.UUID, group_id: uuid.UUID) -> HttpResponse:
    """One table's cloths: type in from paper, and take off what must not lie there."""
    found = queries.workshop_for(request.viewer, workshop_id)
    group = next((g for g in queries.groups_of(found) if g.id == group_id), None)
    if group is None:
        raise NotYours
    questions = queries.questions_of(found)
    if request.method == "POST":
        attempt(request, lambda: _at_table(request, found, group, questions), _("Written down."))
        return redirect("workshop_table", found.id, group.id)
    laid = queries.cloths_by_question(found, questions, group=group)
    rows = [{"question": q, "cloths": laid[q.id]} for q in questions]
    context = {
        "found": found, "group": group, "rows": rows, "questions": questions, "note_key": uuid.uuid4(),
        "here": request.path,
    }  # fmt: skip
    return render(request, "workshops/table.html", context)


def _at_table(request: PageRequest, found: Workshop, group: Any, questions: list[Question]) -> None:
    if request.POST.get("act") == "off":
        note = queries.note_in(found, request.POST.get("note_id", ""))
        if note is None:
            raise NotYours
        actions.take_off(note=note, by=request.viewer, at=clock.now())
        return
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise NeedsWords
    question = next((q for q in questions if q.id == form.cleaned_data["question"]), None)
    if question is None:
        raise NotYours
    data = form.cleaned_data
    written = Written(data["key"], data["note"], shared=True, side=data["side"])
    actions.write_down(group=group, question=question, written=written, by=request.viewer, at=clock.now())
