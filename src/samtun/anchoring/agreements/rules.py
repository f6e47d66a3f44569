"""Who may do what in an agreement, when an evaluation is due, and what has changed between two texts."""

import calendar
import datetime as dt
import difflib
import re
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from samtun.anchoring.agreements.enums import Form, State
from samtun.anchoring.agreements.models import Agreement, Party, Version
from samtun.anchoring.forums.rules import acts_for
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer

ANSWER_WITHIN = 10
"""Opening days from when a version is proposed until it stands as late on the desk of a party."""
REMINDED_BEFORE = 20
"""Opening days before an evaluation is due, or the last day, that the parties are reminded."""
FIRST_YEAR, HALF, WHOLE = 12, 6, 12
"""Months: evaluated every half year in the first year, then yearly (R05)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text beside another: `same`, `out` (only in the older) or `new` (only in the newer)."""

    sort: str
    words: str


def answers_for(viewer: Viewer, owner: uuid.UUID) -> bool:
    """Tell whether the viewer answers for an owner: only they say yes or no for it (R01)."""
    return viewer.is_system or (owner in viewer.owners and viewer.may(Permission.MANAGE_ORGANISATION))


def notes_for(viewer: Viewer, parties: Collection[Party]) -> bool:
    """Tell whether the viewer may write down what another party says by telephone or on paper: a party's own desk."""
    at_desk = viewer.may(Permission.SEE_DESK)
    return at_desk and any(acts_for(viewer, party.owner_id) for party in parties if party.left_at is None)


def in_it(viewer: Viewer, parties: Collection[Party]) -> bool:
    """Tell whether the viewer reads an agreement: acts for a party, or is whom a party names to talk with."""
    if any(acts_for(viewer, party.owner_id) for party in parties):
        return True
    return viewer.person is not None and any(viewer.person in (p.contact_id, p.deputy_id) for p in parties)


def standing(parties: Collection[Party]) -> list[Party]:
    """Return the parties that have not left."""
    return [party for party in parties if party.left_at is None]


def with_business(parties: Collection[Party]) -> bool:
    """Tell whether a business is a party: then all must be in writing before it starts (R10)."""
    return any(party.owner.kind == Owner.Kind.BUSINESS for party in standing(parties))


def lacks_writing(version: Version) -> list[str]:
    """Return which of the fields that an agreement with a business must have are empty (R10)."""
    return [name for name in ("when", "arranged", "money") if not getattr(version, name).strip()]


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later; the last of the month when there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def next_evaluation(since: dt.date, done: dt.date) -> dt.date:
    """Return when the next evaluation is due after one was done: half a year in the first year, then a year (R05)."""
    return add_months(done, HALF if done < add_months(since, FIRST_YEAR) else WHOLE)


def is_overdue(agreement: Agreement, *, on: dt.date) -> bool:
    """Tell whether an evaluation should have been done."""
    due = agreement.evaluate_by
    return agreement.state == State.STANDS and due is not None and due < on


def prolongs(agreement: Agreement, until: dt.date | None) -> bool:
    """Tell whether another last day makes a standing agreement last longer."""
    return agreement.until is not None and (until is None or until > agreement.until)


def unbacked(agreement: Agreement, parties: Collection[Party]) -> list[Party]:
    """Return the parties whose own board or council has not been asked, as far as is written down (R12)."""
    if agreement.form != Form.ONE_PAGE:
        return []
    return [party for party in standing(parties) if party.backed_on is None]


def compare(old: str, new: str) -> list[Piece]:
    """Return what is the same, what is taken out and what is new, word for word."""
    before, after = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    found: list[Piece] = []
    matcher = difflib.SequenceMatcher(a=[w.strip() for w in before], b=[w.strip() for w in after], autojunk=False)
    for sort, a, b, c, d in matcher.get_opcodes():
        if sort == "equal":
            found.append(Piece("same", "".join(after[c:d]).strip()))
            continue
        if a < b:
            found.append(Piece("out", "".join(before[a:b]).strip()))
        if c < d:
            found.append(Piece("new", "".join(after[c:d]).strip()))
    return found
