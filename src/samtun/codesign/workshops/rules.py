"""Who leads a workshop, how long its addresses are open, what its programme is, and which phase follows which."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from samtun.anchoring.forums.rules import acts_for
from samtun.codesign.workshops.enums import IN_TURN, STANDING, Phase, QuestionKind, WorkshopState
from samtun.codesign.workshops.models import Question, Workshop
from samtun.foundation.keys import keyed_hash
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall

MOST_GROUPS = 12
MOST_PEOPLE = 200
MOST_QUESTIONS = 20
MOST_NOTES = 200
"""Notes from one telephone; a table's own has room for the whole table."""
MOST_TABLE_NOTES = 600
MOST_WORDS = 300
MOST_RECOMMENDATIONS = 10
AFTER = dt.timedelta(hours=24)
"""How long an address still takes notes and answers after the end: for those who were without network."""
LATE = 2
"""Days after its day that the addresses of a workshop that was never ended close."""
ERASED_AFTER = 30
"""Days after its day that names, and what was not shared, are erased."""
ABOUT = frozenset({"need", "idea", "design"})
"""The kinds of thing a workshop may be about."""
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Planned:
    """One question as it is planned: words, its kind, and minutes alone, in the group and together."""

    words: str
    kind: QuestionKind = QuestionKind.OPEN
    alone: int = 2
    group: int = 10
    plenary: int = 5


@dataclass(frozen=True, slots=True)
class Step:
    """Where a workshop can be: a phase of a question; the evaluation has no question."""

    question: uuid.UUID | None
    phase: Phase
    minutes: int = 0


BERGEN = (
    Planned(_("What is our dream? Describe how it is when it works best."), QuestionKind.OPEN, 3, 10, 5),
    Planned(_("Which opportunities do we see?"), QuestionKind.OPEN, 2, 10, 5),
    Planned(_("When is it most useful?"), QuestionKind.OPEN, 1, 5, 3),
    Planned(_("What is the greatest challenge? Choose one."), QuestionKind.CHOOSE, 2, 10, 5),
    Planned(_("What hinders, and what promotes?"), QuestionKind.FORCES, 3, 15, 5),
    Planned(_("Which tools do we have?"), QuestionKind.OPEN, 2, 10, 5),
    Planned(_("What more do we need?"), QuestionKind.OPEN, 1, 10, 5),
    Planned(_("What do we recommend? What, who and how."), QuestionKind.ADVICE, 3, 15, 10),
)
"""The day in Bergen: alone, in the group, and together with “yes, and …”."""


def leads(viewer: Viewer, owner: uuid.UUID) -> bool:
    """Tell whether somebody leads workshops for an owner."""
    return acts_for(viewer, owner)


def code_of(workshop_id: uuid.UUID) -> str:
    """Return what stands on the wall: eight signs that nobody guesses, made from the key of the workshop."""
    number = int.from_bytes(keyed_hash(str(workshop_id), purpose="workshop_code").encode())
    signs = ""
    for _n in range(8):
        number, rest = divmod(number, len(SIGNS))
        signs += SIGNS[rest]
    return signs


def code_hash(code: str) -> str:
    """Return what a code is looked up by."""
    return keyed_hash(code.strip().lower(), purpose="workshop_wall")


def table_key(group_id: uuid.UUID) -> str:
    """Return the key of a table's own telephone, on its card."""
    return keyed_hash(str(group_id), purpose="workshop_table")[:22]


def hash_of(key: str) -> str:
    """Return what a participant's own key is looked up by: the key itself stands in their address only."""
    return keyed_hash(key, purpose="workshop_participant")


def is_open(workshop: Workshop, *, at: dt.datetime) -> bool:
    """Tell whether its addresses are open: until it is over, and a day more for what is on its way."""
    if workshop.state == WorkshopState.ENDED:
        return workshop.ended_at is not None and at < workshop.ended_at + AFTER
    return workshop.state in STANDING and wall(at).date() <= workshop.day + dt.timedelta(days=LATE)


def steps_of(questions: Iterable[Question]) -> list[Step]:
    """Return the programme as steps, in order; the evaluation is the last."""
    found = [
        Step(one.id, phase, getattr(one, phase.value)) for one in questions for phase in IN_TURN
        if getattr(one, phase.value)
    ]  # fmt: skip
    return [*found, Step(None, Phase.EVALUATE)]


def dots_for(workshop: Workshop, kind: str) -> int:
    """Return how many dots each has for a question."""
    return 1 if kind == QuestionKind.CHOOSE else workshop.dots


def erased_on(day: dt.date) -> dt.date:
    """Return the day that names, and what was not shared, are erased."""
    return day + dt.timedelta(days=ERASED_AFTER)
