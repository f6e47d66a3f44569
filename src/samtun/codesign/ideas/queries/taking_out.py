"""What an owner takes out of this room: the ideas it answers or has put forward, with all that stands in them."""

import uuid
from typing import Any

from django.db.models import Q, QuerySet

from samtun.codesign.ideas.models import Addition, Helper, Idea, IdeaStep, Initiative, NewDay, Promise
from samtun.foundation import exports


def tables(owner: uuid.UUID) -> list[exports.Table]:
    """Return all that stands in the ideas of an owner."""
    ours = Idea.objects.filter(Q(owner=owner) | Q(from_owner=owner))
    return [
        _plain("ideas", ours, (
            "id", "title", "words", "initiator_id", "lead_id", "from_owner__name", "comes_from", "village__name",
            "shown_as", "near_words", "is_public", "via", "state", "answered", "made_at", "due", "answered_at",
            "closed_at"), "initiator_id", "lead_id"),
        _plain("steps", IdeaStep.objects.filter(idea__in=ours), (
            "idea_id", "kind", "at", "by_words", "via", "words", "on")),
        _plain("additions", Addition.objects.filter(idea__in=ours), (
            "idea_id", "kind", "words", "person_id", "shown_as", "via", "state", "made_at", "answer", "answered_at",
            "answered_by"), "person_id"),
        _plain("initiatives", Initiative.objects.filter(idea__in=ours), (
            "id", "idea_id", "title", "words", "wants", "meets", "state", "contact__person_id", "deputy__person_id",
            "started_at", "ended_at", "ended_words"), "contact__person_id", "deputy__person_id"),
        _plain("helpers", Helper.objects.filter(initiative__idea__in=ours), (
            "initiative_id", "person_id", "words", "via", "state", "made_at", "settled_at"), "person_id"),
        _plain("promises", Promise.objects.filter(initiative__idea__in=ours), (
            "id", "initiative_id", "kind", "words", "due", "first_due", "state", "made_at", "made_by", "settled_at",
            "settled_words")),
        _plain("new_days", NewDay.objects.filter(promise__initiative__idea__in=ours), (
            "promise_id", "was", "due", "why", "at")),
    ]  # fmt: skip


def _plain(name: str, rows: QuerySet[Any], columns: tuple[str, ...], *persons: str) -> exports.Table:
    found = list(rows.order_by("id").values_list(*columns))
    places = [columns.index(column) for column in persons]
    return exports.Table(name, columns, found, frozenset(row[n] for row in found for n in places if row[n]))
