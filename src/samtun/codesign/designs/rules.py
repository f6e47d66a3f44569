"""Who may, what is asked for before a trial, and what the facts say: no label is ever chosen (R07)."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from samtun.anchoring.forums.rules import acts_for
from samtun.codesign.designs.enums import Behalf, DesignState, Does, Legal, LegalState, Way
from samtun.foundation.viewer import Viewer

ANSWERED_WITHIN = 10
"""Opening days until a party that is asked for something is to have answered."""
TRIAL_NOTICE = 10
"""Opening days before a trial ends that each party is reminded."""
TEXTS = (
    "title", "purpose", "whose_need", "nearly", "hearing_plan", "volunteers_wish", "recipients_need", "place_expects",
)  # fmt: skip
RESTS_ON = frozenset({"need", "idea", "workshop"})
"""The kinds of thing that a design may be begun from."""
QUESTIONS = ("volunteers_wish", "recipients_need", "place_expects")


def own_of(viewer: Viewer, owners: Collection[uuid.UUID]) -> list[uuid.UUID]:
    """Return which of some owners the viewer acts for, in their order."""
    return [owner for owner in owners if acts_for(viewer, owner)]


@dataclass(frozen=True, slots=True)
class Facts:
    """What happened, for the sentences: names of owners, and in which ways those it is for took part.

    `decided` said yes to the first trial, `asked` are parties or bodies that were asked or told, or do tasks, and did
    not decide. `changed` counts versions after the first, `listened` those that came of what somebody had said.
    """

    recipients: Collection[str] = ()
    has_plan: bool = False
    at_table: Sequence[str] = ()
    decided: Sequence[str] = ()
    asked: Sequence[str] = ()
    draws: Sequence[str] = ()
    forum: str = ""
    changed: int = 0
    listened: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence, by its code, with the names and numbers in it."""

    code: str
    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    number: int = 0
    number_too: int = 0


def told_by_the_facts(facts: Facts) -> list[Said]:
    """Return what can be said of who made it and who decided, in order (R07). Nobody picks any of it."""
    found = [_recipients(facts)]
    if facts.at_table:
        found.append(Said("at_table", tuple(facts.at_table), number=len(facts.at_table)))
    if not facts.decided:
        code = "nobody_decided" if len(facts.draws) > 1 else "one_draws"
        found.append(Said(code, tuple(facts.draws), number=len(facts.draws)))
    elif len(facts.decided) > 1:
        found.append(Said("decided_together", tuple(facts.decided), number=len(facts.decided)))
    elif facts.asked:
        found.append(Said("one_decided", tuple(facts.decided), tuple(facts.asked)))
    else:
        found.append(Said("one_alone", tuple(facts.decided)))
    if len(facts.decided) > 1 and facts.asked:
        found.append(Said("others_asked", (), tuple(facts.asked)))
    if facts.forum:
        found.append(Said("forum", (facts.forum,)))
    if facts.changed:
        found.append(Said("changed", number=facts.changed, number_too=facts.listened))
    return found


def _recipients(facts: Facts) -> Said:
    for way in (Way.AT_TABLE, Way.ASKED, Way.TOLD):
        if way in facts.recipients:
            return Said(f"recipients_{way}")
    return Said("recipients_plan" if facts.has_plan else "recipients_none")


def heard(places: Collection[tuple[str, str]], plan: str) -> bool:
    """Tell whether those it is for were at the table, or it is written how they are heard (R57): (behalf, way)."""
    return bool(plan.strip()) or (Behalf.RECIPIENTS, Way.AT_TABLE) in places


@dataclass(frozen=True, slots=True)
class Hole:
    """A task where nobody, or more than one, answers for it, or nobody does it."""

    task: str
    code: str


def holes(tasks: Mapping[str, Collection[str]]) -> list[Hole]:
    """Return what is missing or double in how tasks are divided: task → what the parties have with it."""
    found = []
    for task, parts in tasks.items():
        answers = list(parts).count(Does.ANSWERS)
        if answers != 1:
            found.append(Hole(task, "nobody_answers" if not answers else "many_answer"))
        if Does.DOES not in parts:
            found.append(Hole(task, "nobody_does"))
    return found


@dataclass(frozen=True, slots=True)
class Begun:
    """What tells how far the first steps have come (R17)."""

    took_part: int = 0
    whose_need: str = ""
    nearly: str = ""
    tasks: Mapping[str, Collection[str]] = field(default_factory=dict)
    legal: Mapping[str, str] = field(default_factory=dict)
    was_decided: bool = False
    before_forum: bool = False


def first_steps(begun: Begun) -> list[tuple[str, str]]:
    """Return each first step with `done`, `begun` or `not_begun`. In no order; nobody ticks any of them."""
    settled = [state for state in begun.legal.values() if state != LegalState.OPEN]
    return [
        ("dialogue", _far(begun.took_part > 1, begun.took_part)),
        ("mapping", _far(bool(begun.whose_need and begun.nearly), begun.whose_need or begun.nearly)),
        ("responsibility", _far(bool(begun.tasks) and not holes(begun.tasks), begun.tasks)),
        ("legal", _far(len(settled) == len(Legal), settled)),
        ("anchoring", _far(begun.was_decided, begun.before_forum)),
    ]


def _far(is_done: bool, is_begun: object) -> str:
    return "done" if is_done else "begun" if is_begun else "not_begun"


@dataclass(frozen=True, slots=True)
class Difference:
    """What was taken out and put in, in one part of a design."""

    part: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


def compare(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> list[Difference]:
    """Return what differs between two versions, each given as lines by part."""
    found = []
    for part in dict.fromkeys([*before, *after]):
        old, new = before.get(part, ()), after.get(part, ())
        gone = tuple(line for line in old if line not in new)
        fresh = tuple(line for line in new if line not in old)
        if gone or fresh:
            found.append(Difference(part, gone, fresh))
    return found


GOES_TO: dict[DesignState, frozenset[DesignState]] = {
    DesignState.IDEA: frozenset({DesignState.DRAWING, DesignState.ENDED}),
    DesignState.DRAWING: frozenset({DesignState.TRIAL, DesignState.ENDED}),
    DesignState.TRIAL: frozenset({DesignState.TRIAL, DesignState.OPERATION, DesignState.TAKEN_OVER, DesignState.ENDED}),
    DesignState.OPERATION: frozenset({DesignState.TRIAL, DesignState.TAKEN_OVER, DesignState.ENDED}),
    DesignState.TAKEN_OVER: frozenset(),
    DesignState.ENDED: frozenset(),
}
"""A trial after a trial is a change; a service in operation may be tried anew in another way."""


def as_words(to: Mapping[str, Any], key: str) -> str:
    """Return a text from what a change would make it to."""
    return str(to.get(key, ""))
