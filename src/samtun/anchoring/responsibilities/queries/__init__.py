"""Kinds of help and whether they are cleared; the map of whose task each is."""

from samtun.anchoring.responsibilities.queries.kinds import (
    clearances_seen,
    cleared_by_municipality,
    cleared_for,
    cleared_types,
    courses_asked_for,
    in_language,
    names_of,
    out_of_use,
    task_type_for,
    task_types,
    what_happened,
)
from samtun.anchoring.responsibilities.queries.mapping import (
    HEADS,
    MapRow,
    answer_for,
    can_log_in,
    change_for,
    changes_of,
    name_on_map,
    parties_on,
    placed_on,
    row_of,
    the_map,
    whose_task,
)

__all__ = [
    "HEADS", "MapRow", "answer_for", "can_log_in", "change_for", "changes_of", "clearances_seen",
    "cleared_by_municipality", "cleared_for", "cleared_types", "courses_asked_for", "in_language",
    "name_on_map", "names_of", "out_of_use", "parties_on", "placed_on", "row_of", "task_type_for", "task_types",
    "the_map", "what_happened", "whose_task",
]  # fmt: skip
