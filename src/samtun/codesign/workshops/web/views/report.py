"""The report: ready at once when it ends, on the screen and on paper."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtun.codesign.workshops import queries
from samtun.codesign.workshops.adapters.paper import Block, Paper, paper_pdf
from samtun.codesign.workshops.enums import STANDING, Much
from samtun.codesign.workshops.models import Recommendation, Workshop
from samtun.codesign.workshops.queries.cloths import HowItWas, OnCloth
from samtun.codesign.workshops.web import tables
from samtun.codesign.workshops.web.views.common import WHY
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock


@require_safe
@needs(Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, purpose=WHY)
def report(request: PageRequest, workshop_id: uuid.UUID) -> HttpResponse:
    """Show what was said and recommended, what became of it, and how it was. No name of anyone who wrote."""
    found = queries.workshop_for(request.viewer, workshop_id)
    recommended = queries.recommendations_of(found)
    became = queries.outcomes_of(request.viewer, recommended)
    how = queries.how_it_was(found)
    context = {
        "found": found, "report": tables.report(found), "rows": [(one, became.get(one.id)) for one in recommended],
        "how": how,
        "people": queries.people_in(found), "tables": len(queries.groups_of(found)),
        "is_over": found.state not in STANDING, "about": queries.about(request.viewer, found),
        "answers": _answers(how),
    }  # fmt: skip
    return render(request, "workshops/report.html", context)


def _answers(how: HowItWas) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return the plain questions with how many said what; nothing when they are too few."""
    if how.few or not how.number:
        return []
    return [
        (_("Did you get to say what you wanted?"), [(str(Much(k).label), n) for k, n in how.heard.items()]),
        (_("Was it worth the time?"), [(str(Much(k).label), n) for k, n in how.useful.items()]),
    ]


@require_safe
@needs(Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, purpose=WHY)
def paper(request: PageRequest, workshop_id: uuid.UUID) -> HttpResponse:
    """Give the report on paper."""
    found = queries.workshop_for(request.viewer, workshop_id)
    address = request.build_absolute_uri(reverse("workshop_report", args=[found.id]))
    return HttpResponse(paper_pdf(_paper(found, address)), content_type="application/pdf")


def _paper(found: Workshop, address: str) -> Paper:
    facts = [date_format(found.day, "j. F Y"), found.place]
    blocks = [Block(_("What is recommended"), [_recommended(one) for one in queries.recommendations_of(found)])]
    for row in tables.report(found):
        lines = []
        for cloth in row["cloths"]:
            table = _("Table %(number)s") % {"number": cloth.group.number}
            lines += [f"{table}, {c.name}{_dots(c.dots)}: " + "; ".join(map(_note, c.notes)) for c in cloth.clusters]
            lines += [f"{table}: {_note(note)}" for note in cloth.loose]
        blocks.append(Block(row["question"].words, lines))
    how = queries.how_it_was(found)
    said = [f"{title} " + ", ".join(f"{w} {n}" for w, n in counts) for title, counts in _answers(how)]
    blocks.append(Block(_("How was it?"), [*said, *how.words]))
    return Paper(
        language=(get_language() or "nb")[:2], title=found.title, state=", ".join(f for f in facts if f),
        purpose=found.purpose, address=address,
        printed=_("Printed %(day)s") % {"day": date_format(clock.today(), "j. F Y")}, blocks=blocks,
    )  # fmt: skip


def _recommended(one: Recommendation) -> str:
    parts: list[Any] = [one.what]
    if one.who:
        parts.append(f"{_('Who:')} {one.who}")
    if one.how:
        parts.append(f"{_('How:')} {one.how}")
    return " · ".join(parts)


def _note(note: OnCloth) -> str:
    ands = "".join(f", {_('yes, and')} {more}" for more in note.ands)
    side = {"hinders": _("Hinders"), "promotes": _("Promotes")}.get(note.side, "")
    return f"{side + ': ' if side else ''}{note.words}{ands}{_dots(note.dots)}"


def _dots(number: int) -> str:
    return f" ({'•' * number})" if number else ""
