"""What an owner takes out of this room."""

import uuid
from typing import Any

from django.db.models import QuerySet

from samtun.foundation import exports
from samtun.operation.networks.models import Answered, HomeVisit, Member, Network, Step, Talk


def tables(owner: uuid.UUID) -> list[exports.Table]:
    """Return all that stands in this room for an owner. Another host's volunteer stands without key."""
    networks = ("id", "person_id", "state", "talk_days", "made_at", "made_by", "ended_at", "ended_because", "end_note")
    rows = list(Network.objects.filter(owner=owner).order_by("id").values_list(*networks))
    return [
        exports.Table("networks", networks, rows, frozenset(row[1] for row in rows)),
        _plain("steps", Step.objects.filter(network__owner=owner), (
            "network_id", "number", "due_on", "who", "settled_on", "settled_by", "skipped_because", "note")),
        _members(owner),
        _plain("talks", Talk.objects.filter(owner=owner), (
            "id", "side", "network_id", "visit_id", "days", "due_on", "settled_at", "settled_by", "was_held", "note")),
        _plain("home_visits", HomeVisit.objects.filter(owner=owner), (
            "id", "request_id", "on", "who", "done_at", "done_by", "outcome", "reason", "needs_what", "needs_where",
            "how_often", "limits", "whom_to_call", "cancelled_at")),
        _plain("answered", Answered.objects.filter(owner=owner), (
            "request_id", "activity_id", "with_company", "made_at", "made_by")),
    ]  # fmt: skip


def _plain(name: str, rows: QuerySet[Any], columns: tuple[str, ...]) -> exports.Table:
    return exports.Table(name, columns, list(rows.order_by("id").values_list(*columns)))


def _members(owner: uuid.UUID) -> exports.Table:
    columns = ("network_id", "kind", "person_id", "name", "phone", "what", "when_words", "said_yes_on", "is_contact",
               "left_at")  # fmt: skip
    found = Member.objects.filter(network__owner=owner).select_related("volunteer").order_by("id")
    values = []
    for m in found:
        own = m.volunteer.person_id if m.volunteer and m.volunteer.host_id == owner else None
        values.append((
            m.network_id, m.kind, own, m.name, m.phone, m.what, m.when_words, m.said_yes_on, m.is_contact, m.left_at,
        ))  # fmt: skip
    return exports.Table("members", columns, values, frozenset(v[2] for v in values if v[2]))
