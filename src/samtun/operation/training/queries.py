"""Courses held, for the host; the planner of help requests reads the rows itself."""

import uuid

from samtun.foundation import exports
from samtun.operation.training.models import TrainingRecord


def noted(person_id: uuid.UUID, owner_id: uuid.UUID) -> list[TrainingRecord]:
    """Return the courses an owner has noted, newest first."""
    return list(TrainingRecord.objects.filter(person=person_id, owner=owner_id).order_by("-held_on", "course"))


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    rows = list(TrainingRecord.objects.filter(owner=owner).select_related("person").order_by("held_on", "id"))
    return [
        exports.Table(
            "courses", ("person", "person_id", "course", "held_on", "expires_on"),
            [(r.person.full_name, r.person_id, r.course, r.held_on, r.expires_on) for r in rows],
            frozenset(r.person_id for r in rows),
        )
    ]  # fmt: skip


exports.register("training", _tables)
