"""What an owner takes out of its messages: what was said to whom and what became of it, never keys to links."""

import uuid

from samtun.foundation import exports
from samtun.notifications.messages.models import Inbound, Message, Question


def taken_out(owner: uuid.UUID) -> list[exports.Table]:
    """Return the owner's own messages, questions and texts that came in."""
    return [_messages(owner), _questions(owner), _inbound(owner)]


def _messages(owner: uuid.UUID) -> exports.Table:
    columns = (
        "notice", "ref_kind", "ref_id", "to_person", "channel", "state", "language", "made_at", "sent_at", "settled_at",
        "fault",
    )  # fmt: skip
    rows = list(Message.objects.filter(owner=owner).order_by("id").values_list(*columns))
    return exports.Table("messages", columns, rows, frozenset(row[3] for row in rows if row[3]))


def _questions(owner: uuid.UUID) -> exports.Table:
    columns = (
        "kind",
        "ref_kind",
        "ref_id",
        "to_person",
        "asked_at",
        "ends_at",
        "answered_at",
        "answer",
        "answered_via",
    )
    rows = list(Question.objects.filter(owner=owner).order_by("id").values_list(*columns))
    return exports.Table("questions", columns, rows, frozenset(row[3] for row in rows))


def _inbound(owner: uuid.UUID) -> exports.Table:
    """Texts that came in. Number and words are sealed, and stay here."""
    columns = ("received_at", "state", "understood_as", "refusal")
    return exports.Table(
        "inbound", columns, list(Inbound.objects.filter(owner=owner).order_by("id").values_list(*columns))
    )


exports.register("messages", taken_out)
