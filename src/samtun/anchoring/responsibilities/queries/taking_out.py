"""What an owner takes out of the map: its parts, what it proposed, and its answers."""

import uuid

from samtun.anchoring.responsibilities.models import MapAnswer, MapChange, Placed
from samtun.foundation import exports


def map_tables(owner: uuid.UUID) -> list[exports.Table]:
    """Return an owner's parts on the map, the changes it has proposed, and what it has answered."""
    parts = ("ref_kind", "ref_id", "part", "since", "ended_on")
    changes = ("id", "ref_kind", "ref_id", "state", "proposed_name", "why", "proposed_at", "settled_at")
    answers = ("change_id", "says", "words", "said_by", "noted_by", "at")
    rows = Placed.objects.filter(owner=owner).order_by("id").values_list(*parts)
    own = MapChange.objects.filter(proposed_by=owner).order_by("id").values_list(*changes)
    said = MapAnswer.objects.filter(owner=owner).order_by("id").values_list(*answers)
    return [
        exports.Table("parts_on_map", parts, list(rows)),
        exports.Table("changes_of_map", changes, list(own)),
        exports.Table("answers_on_map", answers, list(said)),
    ]
