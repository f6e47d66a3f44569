"""What pages of a workshop show, made ready for templates."""

import uuid
from typing import Any

from samtun.codesign.workshops import queries
from samtun.codesign.workshops.enums import Phase, QuestionKind
from samtun.codesign.workshops.models import Participant, Question, Workshop
from samtun.codesign.workshops.queries.cloths import Moment


def at_a_question(me: Participant, moment: Moment) -> dict[str, Any]:
    """Return what one who takes part sees while a question is worked with."""
    question = moment.question
    assert question is not None
    together = queries.shows_all(moment.phase)
    alone = moment.phase == Phase.ALONE
    cloths = [] if alone else queries.cloths_of(
        me.workshop, question, group=None if together else me.group, participant=me
    )  # fmt: skip
    return {
        "question": question, "alone": alone, "together": together, "cloths": cloths,
        "own": queries.own_notes(me, question), "note_key": uuid.uuid4(), "shares": not alone,
        "forces": question.kind == QuestionKind.FORCES, "advice": question.kind == QuestionKind.ADVICE,
        "dots_left": 0 if alone else queries.dots_left(me.workshop, question, me),
        "writes": me.is_table or me.part == "scribe",
        "recommendations": queries.recommendations_of(me.workshop) if question.kind == QuestionKind.ADVICE else [],
        "names": sorted({c.name for cloth in cloths for c in cloth.clusters if cloth.group.id == me.group_id}),
    }  # fmt: skip


def report(workshop: Workshop) -> list[dict[str, Any]]:
    """Return the cloths of all questions, as they lay; only those with something on them."""
    questions = queries.questions_of(workshop)
    laid = queries.cloths_by_question(workshop, questions)
    rows = [{"question": q, "cloths": [cloth for cloth in laid[q.id] if cloth.notes]} for q in questions]
    return [row for row in rows if row["cloths"]]


def following(moment: Moment | None, questions: list[Question]) -> dict[str, Any] | None:
    """Return what comes after where a workshop is: the phase and its question."""
    if moment is None or moment.following is None:
        return None
    step = moment.following
    return {"phase": step.phase, "question": next((q for q in questions if q.id == step.question), None)}
