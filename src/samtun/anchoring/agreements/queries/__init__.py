"""Agreements, always for someone."""

from samtun.anchoring.agreements.queries.agreements import (
    Whole,
    agreement_for,
    agreements_visible_to,
    in_writing,
    parties_of,
    party_for,
    spoken_for,
    those_to_ask,
    to_agree_with,
)
from samtun.anchoring.agreements.queries.contacts import Who, contacts_of, could_be_contact, reach
from samtun.anchoring.agreements.queries.evaluations import (
    comments_of,
    evaluation_for,
    evaluations_of,
    going_on,
    open_comments,
)
from samtun.anchoring.agreements.queries.versions import (
    duties_of,
    last_number,
    standing_text,
    version_for,
    versions_of,
    waiting_in,
)
from samtun.anchoring.forums.queries import decided_items

__all__ = [
    "Who", "Whole", "agreement_for", "agreements_visible_to", "comments_of", "contacts_of", "could_be_contact",
    "decided_items", "duties_of", "evaluation_for", "evaluations_of", "going_on", "in_writing", "last_number",
    "open_comments", "parties_of", "party_for", "reach", "spoken_for", "standing_text", "those_to_ask", "to_agree_with",
    "version_for", "versions_of", "waiting_in",
]  # fmt: skip
