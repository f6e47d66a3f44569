"""What has been answered, for the page of the one who answers."""

import uuid

from samtun.evaluation.surveys.models import Answer


def answer_of(match_id: uuid.UUID, person_id: uuid.UUID) -> Answer | None:
    """Return what a person has answered about a match, if anything."""
    rows = Answer.objects.filter(question="went_well", ref_kind="match", ref_id=match_id, person=person_id)
    return rows.first()
