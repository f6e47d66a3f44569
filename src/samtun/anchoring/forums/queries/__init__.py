"""Forums, meetings and items, always for someone."""

from samtun.anchoring.forums.queries.forums import (
    counts_by_owner,
    forum_for,
    forums_to_propose_to,
    forums_visible_to,
    own_seats,
    reachable,
    reads,
    seats_of,
)
from samtun.anchoring.forums.queries.items import (
    Came,
    ForumSaid,
    affected_by,
    agenda_of,
    beside_of,
    concerned_by,
    decided_items,
    item_for,
    item_of,
    items_proposed_by,
    proposers,
    said_about,
    waiting_in,
    what_came_of,
)
from samtun.anchoring.forums.queries.meetings import meeting_for, meetings_of, put_off_in, starts_at

__all__ = [
    "Came", "ForumSaid", "affected_by", "agenda_of", "beside_of", "concerned_by", "counts_by_owner", "decided_items",
    "forum_for",
    "forums_to_propose_to", "forums_visible_to", "item_for", "item_of", "items_proposed_by", "meeting_for",
    "meetings_of", "own_seats", "proposers", "put_off_in", "reachable", "reads", "said_about", "seats_of", "starts_at",
    "waiting_in",
    "what_came_of",
]  # fmt: skip
