"""What an owner takes out of this room: the forums it calls, with all that stands in them."""

import uuid
from typing import Any

from django.db.models import QuerySet

from samtun.anchoring.forums.models import (
    Beside,
    Forum,
    ForumDecision,
    Hearing,
    Item,
    Meeting,
    PutOff,
    Seat,
    StandDown,
)
from samtun.foundation import exports


def tables(owner: uuid.UUID) -> list[exports.Table]:
    """Return all that stands in the forums an owner calls."""
    own = {"item__forum__owner": owner}
    return [
        _plain("forums", Forum.objects.filter(owner=owner), ("id", "name", "purpose", "made_at", "ended_at")),
        _seats(owner),
        _plain("meetings", Meeting.objects.filter(forum__owner=owner), (
            "id", "forum_id", "on", "at", "place", "state", "called_at", "approved_at", "approved_by")),
        _plain("items", Item.objects.filter(forum__owner=owner), (
            "id", "forum_id", "meeting_id", "ref_kind", "ref_id", "title", "words", "proposed_by", "from_owner__name",
            "proposed_at", "answer_by", "state", "on_agenda_at", "settled_at", "settled_words", "unheard_because",
            "minutes")),
        _plain("put_off", PutOff.objects.filter(**own), ("item_id", "meeting_id", "words", "minutes", "made_at")),
        _plain("heard", Hearing.objects.filter(**own), ("item_id", "who", "said", "noted_at", "noted_by")),
        _plain("beside", Beside.objects.filter(**own), (
            "item_id", "words", "written_by", "written_at", "settled_at")),
        _plain("decisions", ForumDecision.objects.filter(**own), (
            "item_id", "words", "owner__name", "seat_id", "due", "made_at", "done_at", "done_words")),
        _plain("stood_down", StandDown.objects.filter(**own), ("item_id", "seat_id", "said_at")),
    ]  # fmt: skip


def _plain(name: str, rows: QuerySet[Any], columns: tuple[str, ...]) -> exports.Table:
    return exports.Table(name, columns, list(rows.order_by("id").values_list(*columns)))


def _seats(owner: uuid.UUID) -> exports.Table:
    columns = ("id", "forum_id", "person", "person_id", "on_behalf", "part", "starts", "ends", "ended_at")
    found = Seat.objects.filter(forum__owner=owner).select_related("person", "on_behalf").order_by("id")
    values = [
        (s.id, s.forum_id, s.person.full_name, s.person_id, s.on_behalf.name, s.part, s.starts, s.ends, s.ended_at)
        for s in found
    ]
    return exports.Table("seats", columns, values, frozenset(row[3] for row in values))
