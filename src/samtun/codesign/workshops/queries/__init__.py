"""Workshops, always for someone."""

from samtun.codesign.workshops.queries.cloths import (
    cloths_by_question,
    cloths_of,
    cluster_in,
    dots_left,
    has_answered,
    how_it_was,
    moment_of,
    note_in,
    own_notes,
    shows_all,
)
from samtun.codesign.workshops.queries.workshops import (
    about,
    by_code,
    by_key,
    groups_of,
    leads_for,
    outcomes_of,
    people_in,
    questions_of,
    recommendations_of,
    tables_of,
    workshop_for,
    workshops_visible_to,
)

__all__ = [
    "about", "by_code", "by_key", "cloths_by_question", "cloths_of", "cluster_in", "dots_left", "groups_of",
    "has_answered", "how_it_was", "leads_for", "moment_of", "note_in", "outcomes_of", "own_notes", "people_in",
    "questions_of",
    "recommendations_of", "shows_all", "tables_of", "workshop_for", "workshops_visible_to",
]  # fmt: skip
