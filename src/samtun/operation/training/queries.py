"""Courses held, for the host; the planner of help requests reads the rows itself."""

import uuid

from samtun.operation.training.models import TrainingRecord


def noted(person_id: uuid.UUID, owner_id: uuid.UUID) -> list[TrainingRecord]:
    """Return the courses an owner has noted, newest first."""
    return list(TrainingRecord.objects.filter(person=person_id, owner=owner_id).order_by("-held_on", "course"))
