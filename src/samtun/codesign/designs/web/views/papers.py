"""A design on one A4."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samtun.codesign.designs.adapters.paper import Block, Paper, paper_pdf


def paper_of(content: dict[str, Any], *, address: str, on: dt.date) -> bytes:
    """Return the page, from what the design's own page shows."""
    found = content["found"]
    trial = [found.goal] if found.goal else []
    if found.trial_ends:
        trial.append(_("Until %(day)s") % {"day": date_format(found.trial_ends, "j. F Y")})
    tasks = [
        f"{row['task'].words}: {', '.join(f'{name} {does}' for name, does in row['parts'])}".removesuffix(": ")
        for row in content["tasks"]
    ]
    left = [
        Block(_("Whose need it answers"), [found.whose_need] if found.whose_need else []),
        Block(_("What the facts say"), content["facts"]),
        Block(_("The parties"), [_party(party) for party, _may_write in content["parties"] if party.joined_at]),
        Block(_("Who took part"), [f"{r['who']}, {r['behalf']}: {r['way']}" for r in content["places"]]),
    ]
    right = [
        Block(_("The tasks"), tasks),
        Block(_("The trial"), trial),
        Block(_("The three questions"), [f"{title} {words}" for title, words in content["questions"] if words]),
        Block(_("The points of law"), [_legal(row) for row in content["legal"]]),
    ]
    return paper_pdf(
        Paper(
            language=(get_language() or "nb")[:2], title=found.title, state=content["state"], purpose=found.purpose,
            address=address, printed=_("Printed %(day)s") % {"day": date_format(on, "j. F Y")}, left=left, right=right,
        )
    )  # fmt: skip


def _party(party: Any) -> str:
    return f"{party.owner.name}: {party.gain}" if party.gain else str(party.owner.name)


def _legal(row: dict[str, Any]) -> str:
    return f"{row['title']}: {row['state']}{', ' if row['words'] else ''}{row['words']}"
