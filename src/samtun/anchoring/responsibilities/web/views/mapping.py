"""The map of whose task each thing is: for those who take part, for everyone, and on one A4."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.anchoring.forums.rules import acts_for
from samtun.anchoring.responsibilities import actions, queries
from samtun.anchoring.responsibilities.adapters.paper import Paper, paper_pdf
from samtun.anchoring.responsibilities.enums import MapState, Part
from samtun.anchoring.responsibilities.rules import proposes, says_for
from samtun.anchoring.responsibilities.web import tables
from samtun.anchoring.responsibilities.web.forms import AnswerForm, ProposeForm
from samtun.foundation.access import PageRequest, needs, public
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.partners.organisations.queries import organisations_visible_to

LOOK = (Permission.SEE_DESK, Permission.MANAGE_TASK_TYPES, Permission.MANAGE_ORGANISATION)
WHY = gettext_noop("Agrees on whose task it is")


@require_safe
@needs(*LOOK, purpose=WHY)
def the_map(request: PageRequest) -> HttpResponse:
    """Show every task by every party, with holes and overlaps in words."""
    rows = queries.the_map(request.viewer)
    parties = queries.parties_on(rows)
    found = [tables.matrix_row(row, parties) for row in rows]
    context = {
        "rows": found, "parties": parties, "wrong": [row for row in found if row["trouble"]],
        "waiting": [row for row in found if row["row"].waits],
    }  # fmt: skip
    return render(request, "responsibilities/map.html", context)


@require_safe
@public
def public_map(request: PageRequest) -> HttpResponse:
    """Say to everyone who does what here, in plain words."""
    rows = [tables.plain_row(row) for row in queries.the_map(request.viewer)]
    context = {"rows": [r for r in rows if r["lines"]], "open": [r for r in rows if not r["lines"]]}
    return render(request, "responsibilities/map_public.html", context)


@require_safe
@public
def paper(request: PageRequest) -> HttpResponse:
    """Give the map on one A4, for everyone."""
    rows = queries.the_map(request.viewer)
    made = Paper(
        language=(get_language() or "nb")[:2], title=_("Who does what here"),
        lead=_("Changed only when all it concerns have said yes."),
        heads=[_("Task"), *(str(queries.HEADS[part]) for part in Part), _("To be cleared up")],
        rows=[[row.title, *(", ".join(o.name for o in row.parts.get(part, [])) for part in Part),
               ". ".join(row.trouble_words)] for row in rows],
        printed=_("Printed %(day)s") % {"day": date_format(clock.today(), "j. F Y")},
    )  # fmt: skip
    response = HttpResponse(paper_pdf(made), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="samtun.pdf"'
    return response


@require_safe
@needs(*LOOK, purpose=WHY)
def row(request: PageRequest, kind: str, ref_id: uuid.UUID) -> HttpResponse:
    """Show whose one task is, the change that waits, and what has been before."""
    found = queries.row_of(request.viewer, Ref(kind, ref_id))
    changes = [tables.change_row(c, request.viewer) for c in queries.changes_of(found.ref)]
    context = tables.plain_row(found) | {
        "waiting": [c for c in changes if c["waits"]], "before": [c for c in changes if not c["waits"]],
        "mine": [c["change"].id for c in changes if acts_for(request.viewer, c["change"].proposed_by_id)],
        "proposes": proposes(request.viewer) and not found.waits,
    }  # fmt: skip
    return render(request, "responsibilities/map_row.html", context)


def _behalf(viewer: Viewer) -> list[Owner]:
    rows = Owner.objects.filter(id__in=viewer.owners, left_on=None).order_by("name")
    return [owner for owner in rows if acts_for(viewer, owner.id)]


@require_http_methods(["GET", "POST"])
@needs(*LOOK, purpose=WHY)
def propose(request: PageRequest, kind: str, ref_id: uuid.UUID) -> HttpResponse:
    """Propose who has which part in a task."""
    viewer = request.viewer
    found, owners = queries.row_of(viewer, Ref(kind, ref_id)), _behalf(viewer)
    if not owners:
        raise NotYours
    stand = queries.parties_on([found])
    others = [body.owner for body in organisations_visible_to(viewer) if body.owner not in stand]
    data = request.POST if request.method == "POST" else None
    form = ProposeForm(data, row=found, stand=stand, others=others, owners=owners)
    if form.is_bound and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("why", "owner")}
        try:
            made = actions.propose_change(ref=found.ref, cells=form.cells, by=viewer, at=clock.now(), **facts)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            holds = made.state == MapState.MADE
            messages.success(request, _("It holds from now on.") if holds else _("Proposed. The others are asked."))
            return redirect("responsibility_row", kind, ref_id)
    context = {
        "form": form, "row": found, "title": _("Whose task is it?"), "button_words": _("Propose this"),
        "lead": _("It holds when all it concerns have said yes. A no needs no reason."),
    }  # fmt: skip
    return render(request, "responsibilities/map_write.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(*LOOK, purpose=WHY)
def answer(request: PageRequest, answer_id: uuid.UUID, act: str) -> HttpResponse:
    """Say yes or no for a party, or write down what it says."""
    found = queries.answer_for(request.viewer, answer_id)
    own = says_for(request.viewer, found.owner_id)
    inside = any(acts_for(request.viewer, key) for key in found.change.answers.values_list("owner", flat=True))
    if act not in {"ja", "nei"} or not (own or inside):
        raise NotYours
    where = Ref(found.change.ref_kind, found.change.ref_id)
    form = AnswerForm(request.POST if request.method == "POST" else None, own=own)
    if form.is_bound and form.is_valid():
        try:
            actions.answer_change(answer=found, yes=act == "ja", by=request.viewer, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Written down."))
            return redirect("responsibility_row", where.kind, where.id)
    context = {
        "form": form, "row": queries.row_of(request.viewer, where), "lead": found.owner.name,
        "title": _("Yes, that is how it should be") if act == "ja" else _("No, not like that"),
        "button_words": _("Say yes") if act == "ja" else _("Say no"),
    }  # fmt: skip
    return render(request, "responsibilities/map_write.html", context, status=422 if form.errors else 200)


@require_POST
@needs(*LOOK, purpose=WHY)
def withdraw(request: PageRequest, change_id: uuid.UUID) -> HttpResponse:
    """Take a proposal back."""
    found = queries.change_for(request.viewer, change_id)
    try:
        actions.withdraw_change(change=found, by=request.viewer, at=clock.now())
        messages.success(request, _("Taken back."))
    except Refused as refusal:
        messages.error(request, _(refusal.message))
    return redirect("responsibility_row", found.ref_kind, found.ref_id)
