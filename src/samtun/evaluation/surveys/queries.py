"""What has been answered, for the page of the one who answers."""

import uuid

from samtun.evaluation.surveys.models import Answer
from samtun.foundation import exports


def answer_of(match_id: uuid.UUID, person_id: uuid.UUID) -> Answer | None:
    """Return what a person has answered about a match, if anything."""
    rows = Answer.objects.filter(question="went_well", ref_kind="match", ref_id=match_id, person=person_id)
    return rows.first()


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    """That it was answered, and what; the words only where the one who wrote them has given leave."""
    rows = list(Answer.objects.filter(owner=owner).select_related("person").order_by("answered_at", "id"))
    columns = ("person", "person_id", "question", "ref_kind", "ref_id", "value", "words", "answered_at", "via")
    values = [
        (a.person.full_name, a.person_id, a.question, a.ref_kind, a.ref_id, a.value,
         a.words if a.words_may_be_told else "", a.answered_at, a.via)
        for a in rows
    ]  # fmt: skip
    return [exports.Table("answers", columns, values, frozenset(a.person_id for a in rows))]


exports.register("surveys", _tables)
