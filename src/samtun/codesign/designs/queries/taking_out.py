"""What an owner takes out of this room: the designs it began, and its own words in those of others."""

import uuid
from typing import Any

from django.db.models import QuerySet

from samtun.codesign.designs.models import (
    Approval,
    Change,
    Design,
    DividedTask,
    LegalPoint,
    Party,
    TablePlace,
    TaskPart,
    Version,
)
from samtun.foundation import exports

TEXTS = (
    "id", "title", "purpose", "whose_need", "hearing_plan", "nearly", "volunteers_wish", "recipients_need",
    "place_expects", "state", "goal", "trial_starts", "trial_ends", "begun_by", "made_at", "started_at", "ended_at",
    "ended_words", "taken_by__name", "public_at",
)  # fmt: skip


def tables(owner: uuid.UUID) -> list[exports.Table]:
    """Return the designs that an owner began, whole; of others' designs, what it said and does itself."""
    began = {"design__owner": owner}
    return [
        _plain("designs", Design.objects.filter(owner=owner), TEXTS),
        _plain("parties", Party.objects.filter(owner=owner), (
            "design_id", "asked_at", "joined_at", "left_at", "left_words", "gain", "noted")),
        _places(owner),
        _plain("tasks", DividedTask.objects.filter(**began), ("id", "design_id", "words", "task_type__key", "made_at")),
        _plain("parts", TaskPart.objects.filter(owner=owner), ("task_id", "does")),
        _plain("legal", LegalPoint.objects.filter(**began), ("design_id", "point", "state", "words")),
        _plain("changes", Change.objects.filter(from_owner=owner), (
            "id", "design_id", "kind", "words", "to", "by_words", "state", "made_at", "planned_at", "planned_words",
            "settled_at", "settled_words", "version")),
        _plain("answers", Approval.objects.filter(owner=owner), (
            "change_id", "yes", "words", "by_words", "noted", "at")),
        _plain("versions", Version.objects.filter(**began), (
            "design_id", "number", "at", "by_words", "what", "why", "content")),
    ]  # fmt: skip


def _plain(name: str, rows: QuerySet[Any], columns: tuple[str, ...]) -> exports.Table:
    return exports.Table(name, columns, list(rows.order_by("id").values_list(*columns)))


def _places(owner: uuid.UUID) -> exports.Table:
    columns = ("design_id", "person", "person_id", "who", "behalf", "way", "made_at")
    found = TablePlace.objects.filter(design__owner=owner).select_related("person").order_by("id")
    values = [
        (p.design_id, p.person.full_name if p.person else "", p.person_id, p.who, p.behalf, p.way, p.made_at)
        for p in found
    ]
    return exports.Table("at_the_table", columns, values, frozenset(row[2] for row in values if row[2]))
