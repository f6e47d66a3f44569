"""Ideas and initiatives, always for someone."""

from samtun.codesign.ideas.queries.ideas import (
    additions_of,
    by_token,
    counts,
    idea_for,
    ideas_to_answer,
    mine,
    needs_of,
    only,
    open_idea,
    open_ideas,
    own_path,
    steps_of,
    who_answers,
)
from samtun.codesign.ideas.queries.initiatives import (
    Promised,
    Sight,
    could_be_contact,
    helper_by_token,
    helper_path,
    helpers_of,
    initiative_of,
    page_of,
    promise_for,
    promises_of,
)
from samtun.codesign.ideas.queries.near import Near, what_exists

__all__ = [
    "Near", "Promised", "Sight", "additions_of", "by_token", "could_be_contact", "counts",
    "helper_by_token", "helper_path", "helpers_of", "idea_for", "ideas_to_answer", "initiative_of", "mine",
    "needs_of", "only", "open_idea", "open_ideas", "own_path", "page_of", "promise_for", "promises_of",
    "steps_of", "what_exists", "who_answers",
]  # fmt: skip
