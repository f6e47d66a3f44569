"""Courses held, for matching and for the host."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection

from samtun.foundation import exports
from samtun.operation.training.models import TrainingRecord


def courses_held(persons: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[str, dt.date | None]]:
    """Return, for each person, course → last day it holds (None = does not run out); the latest record counts."""
    found: dict[uuid.UUID, dict[str, dt.date | None]] = defaultdict(dict)
    for row in TrainingRecord.objects.filter(person__in=persons).order_by("held_on"):
        found[row.person_id][row.course] = row.expires_on
    return found


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
