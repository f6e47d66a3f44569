"""What is decided, for everyone: on the open page, and on one A4."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtun.anchoring.policies import queries
from samtun.anchoring.policies.adapters.paper import Paper, Row, paper_pdf
from samtun.anchoring.policies.enums import PolicyState
from samtun.anchoring.policies.queries import Whole
from samtun.anchoring.policies.web import tables
from samtun.foundation.access import PageRequest, public
from samtun.kernel import clock


@require_safe
@public
def public_list(request: PageRequest) -> HttpResponse:
    """Show everyone what is decided."""
    rows = [tables.policy_row(whole.row, on=clock.today()) for whole in queries.public_policies()]
    return render(request, "policies/public_list.html", {"rows": rows})


@require_safe
@public
def public_page(request: PageRequest, policy_id: uuid.UUID) -> HttpResponse:
    """Show everyone one plan: its goals, who answers for them, by when, and how far they have come. No person."""
    whole = queries.public_policy(policy_id)
    row = whole.row
    goals = [goal for goal, _under in whole.goals]
    context = tables.policy_row(row, on=clock.today()) | {
        "found": row, "decided": tables.decided_words(row), "holds_words": tables.holds_words(row),
        "ended": row.state == PolicyState.ENDED,
        "goals": tables.goal_rows(whole, on=clock.today(), serving=queries.serving(request.viewer, goals)),
    }  # fmt: skip
    return render(request, "policies/public.html", context)


@require_safe
@public
def paper(request: PageRequest, policy_id: uuid.UUID) -> HttpResponse:
    """Give a plan on one A4, for everyone."""
    whole = queries.public_policy(policy_id)
    address = request.build_absolute_uri(reverse("policy_public", args=[whole.row.id]))
    response = HttpResponse(paper_pdf(paper_of(whole, address=address)), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="samtun.pdf"'
    return response


def paper_of(whole: Whole, *, address: str) -> Paper:
    """Return all words of the paper, in the reader's language."""
    row, on = whole.row, clock.today()
    notes = [tables.decided_words(row), tables.holds_words(row)]
    if row.ended_at:
        notes.append(_("It does not hold any more: %(why)s") % {"why": row.ended_words})
    rows = [
        Row(goal["goal"].words, _facts(goal), [
            Row(m["goal"].words, _facts(m)) for m in goal["measures"]
        ])
        for goal in tables.goal_rows(whole, on=on)
    ]  # fmt: skip
    day = date_format(on, "j. F Y")
    return Paper(
        language=(get_language() or "nb")[:2], title=row.title, words=row.words, notes=[n for n in notes if n],
        rows=rows, measures_title=_("What is done to reach it"),
        printed=_("Printed %(day)s. See how far it has come: %(address)s") % {"day": day, "address": address},
    )  # fmt: skip


def _facts(row: dict[str, Any]) -> str:
    goal = row["goal"]
    state = f"{row['state']}, {_('late')}" if row["late"] else str(row["state"])
    parts = [goal.owner.name, _("by %(day)s") % {"day": date_format(goal.due, "j. F Y")}, state]
    if row["moved"]:
        parts.append(_("first date %(day)s") % {"day": date_format(goal.first_due, "j. F Y")})
    return " · ".join(str(part) for part in parts)
