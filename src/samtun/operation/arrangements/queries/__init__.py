"""Questions about standing arrangements, always for someone: the arrangements, their dates, how they are said."""

from samtun.operation.arrangements.queries.arrangements import (
    Listed,
    arrangement_for,
    arrangement_of_wish,
    arrangements_visible_to,
    current_term,
    last_term,
    list_of,
    live_pauses,
    of_person,
)
from samtun.operation.arrangements.queries.own import VISITS, Coming, comes_to, coming_of, coming_row
from samtun.operation.arrangements.queries.visits import (
    dates_ahead,
    is_asked_about,
    misses_in_a_row,
    next_visits,
    tomorrow_of,
    visit_for,
    visit_label,
    visits_before,
)
from samtun.operation.arrangements.queries.words import long_day, plan_words, rhythm_facts, visit_day

__all__ = [
    "VISITS", "Coming", "Listed", "arrangement_for", "arrangement_of_wish", "arrangements_visible_to", "comes_to",
    "coming_of", "coming_row", "current_term", "dates_ahead", "is_asked_about", "last_term", "list_of", "live_pauses",
    "long_day", "misses_in_a_row", "next_visits", "of_person", "plan_words", "rhythm_facts", "tomorrow_of",
    "visit_day", "visit_for", "visit_label", "visits_before",
]  # fmt: skip
