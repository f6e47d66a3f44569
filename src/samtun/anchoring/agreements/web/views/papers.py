"""An agreement on one page of paper."""

import uuid

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtun.anchoring.agreements import queries
from samtun.anchoring.agreements.adapters.paper import Paper, Row, paper_pdf
from samtun.anchoring.agreements.enums import Says
from samtun.anchoring.agreements.models import Party
from samtun.anchoring.agreements.queries.agreements import state_words
from samtun.anchoring.agreements.web import tables
from samtun.anchoring.agreements.web.views.agreements import WHY
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock


@require_safe
@needs(Permission.OWN_PAGE, purpose=WHY)
def paper(request: PageRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Give the agreement on paper: the text that stands, else the one that waits, with lines to sign on."""
    whole = queries.agreement_for(request.viewer, agreement_id, on=clock.today())
    response = HttpResponse(paper_pdf(paper_of(whole)), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="samtun.pdf"'
    return response


def paper_of(whole: queries.Whole) -> Paper:
    """Return all words of the paper, in the reader's language."""
    row, on = whole.row, clock.today()
    stands = queries.standing_text(row)
    text = stands or next((v for v in queries.waiting_in(row) if v.sort == "text"), None)
    answers = {a.party_id: a for a in text.answers.all() if a.says == Says.YES} if text else {}
    notes = [_("Between %(parties)s") % {"parties": ", ".join(p.owner.name for p in whole.standing)}]
    if row.since:
        notes.append(_("Since %(day)s") % {"day": date_format(row.since, "j. F Y")})
    if text and not stands:
        notes.append(_("Proposed, not agreed yet"))
    if rhythm := tables.rhythm_words(row):
        notes.append(rhythm)
    if row.evaluate_by:
        notes.append(_("To be evaluated by %(day)s") % {"day": date_format(row.evaluate_by, "j. F Y")})
    said = tables.text_rows(text, whole.standing) if text else [("", row.words)]
    return Paper(
        language=(get_language() or "nb")[:2], title=row.name, state=state_words(row, on=on), notes=notes,
        rows=[Row(head, words) for head, words in said if words], parties_title=_("The parties"),
        parties=[Row(p.owner.name, "\n".join(_party_lines(p, whole))) for p in whole.standing],
        signs_title=_("Yes from"), signs=[
            Row(p.owner.name, tables.said_words(answers[p.id]) if p.id in answers else "") for p in whole.standing
        ] if text else [],
        printed=_("Printed %(day)s") % {"day": date_format(on, "j. F Y")},
    )  # fmt: skip


def _party_lines(party: Party, whole: queries.Whole) -> list[str]:
    who = whole.contacts[party.id]
    lines = []
    if party.goal:
        lines.append(_("Wants: %(words)s") % {"words": party.goal})
    if party.gain:
        lines.append(_("Gains: %(words)s") % {"words": party.gain})
    if who.contact:
        lines.append(_("To be talked with: %(name)s") % {"name": who.contact.full_name})
    if who.deputy:
        lines.append(_("Steps in: %(name)s") % {"name": who.deputy.full_name})
    if party.backed_on:
        day = date_format(party.backed_on, "j. F Y")
        lines.append(_("Decided at their own side %(day)s: %(words)s") % {"day": day, "words": party.backed_words})
    return lines
