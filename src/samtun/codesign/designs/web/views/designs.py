"""The designs, one of them, its versions, on paper, and for everyone."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.anchoring.forums.rules import acts_for
from samtun.codesign.designs import actions, queries
from samtun.codesign.designs.enums import BEFORE, STANDING, STARTED, WAITING, DesignState
from samtun.codesign.designs.models import Design
from samtun.codesign.designs.queries.designs import Reading, other_owners
from samtun.codesign.designs.rules import RESTS_ON, compare, first_steps, heard, holes, told_by_the_facts
from samtun.codesign.designs.web import tables
from samtun.codesign.designs.web.forms import Begin
from samtun.codesign.designs.web.views.common import WHY, posted, to_answer_for
from samtun.codesign.designs.web.views.papers import paper_of
from samtun.foundation import refs, sight
from samtun.foundation.access import PageRequest, needs, public
from samtun.foundation.models import Owner
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref


@require_safe
@needs(Permission.OWN_PAGE, purpose=WHY)
def designs(request: PageRequest) -> HttpResponse:
    """Show what own owners make with others, what is asked of them, and what is over."""
    rows = [tables.row(one, today=clock.today()) for one in queries.designs_visible_to(request.viewer)]
    asked = [row for row in rows if not _own(request.viewer, row).joined]
    context = {
        "asked": asked, "over": [row for row in rows if row["design"].state not in STANDING],
        "standing": [row for row in rows if row["design"].state in STANDING and row not in asked],
        "begins": bool(_owners(request.viewer)),
    }  # fmt: skip
    return render(request, "designs/designs.html", context)


def _own(viewer: Viewer, row: dict[str, Any]) -> Reading:
    return Reading(row["design"], queries.party_of(viewer, row["design"]))


def _owners(viewer: Viewer) -> list[Owner]:
    rows = Owner.objects.filter(id__in=viewer.owners, left_on=None).order_by("name")
    return [owner for owner in rows if acts_for(viewer, owner.id)]


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def new(request: PageRequest) -> HttpResponse:
    """Begin a design, perhaps from a need or an idea."""
    owners = _owners(request.viewer)
    if not owners:
        raise NotYours
    rests_on, name = _rests_on(request)
    form = Begin(posted(request), owners=owners, initial={"title": name[:120]})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin(by=request.viewer, at=clock.now(), rests_on=rests_on, **form.written)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Begun. Ask the others in, and write down who is at the table."))
            return redirect("design", made.id)
    context = {"form": form, "rests_on": rests_on, "name": name}
    return render(request, "designs/new.html", context, status=422 if form.errors else 200)


def _rests_on(request: PageRequest) -> tuple[Ref | None, str]:
    """Return what a design is begun from, when the viewer may see it, and what that is called."""
    try:
        ref = Ref.parse(request.GET.get("fra", ""))
    except ValueError:
        return None, ""
    seen = refs.describe(request.viewer, ref) if ref.kind in RESTS_ON else None
    return (ref, seen[0]) if seen else (None, "")


@require_safe
@needs(Permission.OWN_PAGE, purpose=WHY)
def design(request: PageRequest, design_id: uuid.UUID) -> HttpResponse:
    """Show a design: what it is, what the facts say, what can be done, who takes part, tasks, trial and changes."""
    reading = queries.design_for(request.viewer, design_id)
    found, changes = reading.design, queries.changes_of(reading.design)
    writes = reading.joined and found.state in STANDING
    context = _content(reading) | {
        "writes": writes, "asked": reading.own if reading.own and not reading.joined else None,
        "is_before": found.state in BEFORE, "is_idea": found.state == DesignState.IDEA,
        "lacks_writing": queries.lacks_writing(found) if writes else [],
        "on_trial": found.state == DesignState.TRIAL, "runs": found.state == DesignState.OPERATION,
        "waiting": [tables.change_row(c) for c in changes if c.state in WAITING],
        "settled": [tables.change_row(c) for c in changes if c.state not in WAITING],
        "serves": _serves(request.viewer, found),
        "forums": queries.decided_by_forums(found), "versions": queries.versions_of(found),
        "others": bool(other_owners(found)) if writes else False,
        "slots": fragments(request.viewer, Ref("design", found.id), on=clock.today(), of=found),
    }  # fmt: skip
    return render(request, "designs/design.html", context)


def _serves(viewer: Viewer, found: Design) -> list[sight.Seen]:
    keys = sight.uppers(Ref("design", found.id), "policy_goal")
    return sight.describe(viewer, [Ref("policy_goal", key) for key in keys])


def _content(reading: Reading) -> dict[str, Any]:
    """Return what a design holds, in words."""
    found = reading.design
    places = [tables.place_row(p) for p in found.places.select_related("person", "owner").order_by("made_at", "id")]
    tasks, begun = queries.tasks_of(found), queries.begun_of(found)
    by_words = [(tables.STEPS[step], *tables.FAR[far]) for step, far in first_steps(begun)]
    return tables.row(found, today=clock.today()) | {
        "found": found, "own": reading.own, "places": places,
        "parties": to_answer_for(reading, queries.parties_of(found)),
        "facts": [tables.sentence(said) for said in told_by_the_facts(queries.facts_of(found))],
        "tasks": [tables.task_row(task) for task in tasks], "holes": tables.hole_words(holes(begun.tasks)),
        "steps": by_words, "legal": tables.legal_rows(found.points.all()),
        "is_heard": heard([(r["place"].behalf, r["place"].way) for r in places], found.hearing_plan),
        "nearly": tables.nearly_rows(queries.nearly_the_same(found)),
        "questions": [(tables.PARTS[name], getattr(found, name)) for name in
                      ("volunteers_wish", "recipients_need", "place_expects")],
        "started": found.state in STARTED,
    }  # fmt: skip


@require_safe
@needs(Permission.OWN_PAGE, purpose=WHY)
def versions(request: PageRequest, design_id: uuid.UUID) -> HttpResponse:
    """Show the versions, and what differs between two of them."""
    found = queries.design_for(request.viewer, design_id).design
    rows = queries.versions_of(found)
    numbers = [row.number for row in rows]
    after = _number(request.GET.get("til"), numbers, numbers[0] if numbers else 0)
    before = _number(request.GET.get("fra"), numbers, max(after - 1, 1))
    differences = []
    if rows:
        old, new_one = (queries.version_of(found.id, number) for number in (before, after))
        differences = compare(tables.lines_of(old.content), tables.lines_of(new_one.content))
    context = {
        "found": found, "rows": [(row, tables.PARTS[row.what]) for row in rows], "before": before, "after": after,
        "differences": [(tables.PARTS[one.part], one) for one in differences], "numbers": numbers,
    }  # fmt: skip
    return render(request, "designs/versions.html", context)


def _number(text: str | None, numbers: list[int], otherwise: int) -> int:
    return next((one for one in numbers if str(one) == text), otherwise)


@require_safe
@needs(Permission.OWN_PAGE, purpose=WHY)
def paper(request: PageRequest, design_id: uuid.UUID) -> HttpResponse:
    """Give the design on one A4."""
    reading = queries.design_for(request.viewer, design_id)
    address = request.build_absolute_uri(reverse("design", args=[reading.design.id]))
    made = paper_of(_content(reading), address=address, on=clock.today())
    return HttpResponse(made, content_type="application/pdf")


@require_safe
@public
def public_page(request: PageRequest, design_id: uuid.UUID) -> HttpResponse:
    """Show a design that its parties have opened to everyone, in plain words: no person."""
    found = queries.public_design(design_id)
    context = tables.row(found, today=clock.today()) | {
        "found": found, "parties": [party.owner.name for party in queries.joined(found.id)],
        "facts": [tables.sentence(said) for said in told_by_the_facts(queries.facts_of(found))],
        "tasks": [tables.task_row(task) for task in queries.tasks_of(found)],
        "on_trial": found.state == DesignState.TRIAL,
        "slots": fragments(request.viewer, Ref("open_design", found.id), on=clock.today(), of=found),
    }  # fmt: skip
    return render(request, "designs/public.html", context)
