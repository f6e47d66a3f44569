"""What an owner takes out of this room: its workshops, what was shared there and recommended. No name, no own note."""

import uuid
from typing import Any

from django.db.models import Count, QuerySet

from samtun.codesign.workshops.models import Answer, Cluster, Note, Question, Recommendation, Workshop
from samtun.foundation import exports
from samtun.kernel.small import LEAST


def tables(owner: uuid.UUID) -> list[exports.Table]:
    """Return all that stands in the workshops of an owner."""
    ours = {"workshop__owner": owner}
    shared = Note.objects.filter(**ours, shared_at__isnull=False, taken_at=None)
    return [
        _plain("workshops", Workshop.objects.filter(owner=owner), (
            "id", "title", "purpose", "day", "begins", "place", "state", "made_by", "made_at", "started_at", "ended_at",
            "ended_words")),
        _plain("questions", Question.objects.filter(**ours), (
            "id", "workshop_id", "number", "words", "kind", "alone", "group", "plenary")),
        _plain("clusters", Cluster.objects.filter(**ours), (
            "id", "workshop_id", "question_id", "group__number", "name")),
        _plain("notes", shared, (
            "id", "workshop_id", "question_id", "group__number", "cluster_id", "on_id", "side", "via", "words",
            "made_at")),
        _plain("recommendations", Recommendation.objects.filter(**ours), (
            "id", "workshop_id", "number", "what", "who", "how", "became", "became_id", "became_at")),
        _plain("answers", _told(owner), ("workshop_id", "heard", "useful", "words")),
    ]  # fmt: skip


def _told(owner: uuid.UUID) -> QuerySet[Answer]:
    """Return how it was, of the workshops where so many have said it that it is told."""
    enough = Answer.objects.filter(workshop__owner=owner).values("workshop").alias(n=Count("id")).filter(n__gte=LEAST)
    return Answer.objects.filter(workshop__in=enough.values("workshop"))


def _plain(name: str, rows: QuerySet[Any], columns: tuple[str, ...]) -> exports.Table:
    return exports.Table(name, columns, list(rows.order_by("id").values_list(*columns)))
