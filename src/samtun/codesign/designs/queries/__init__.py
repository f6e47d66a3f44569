"""Service designs, always for someone."""

from samtun.codesign.designs.queries.changes import (
    CameOf,
    change_for,
    changes_of,
    missing_yes,
    what_came_of,
)
from samtun.codesign.designs.queries.content import content_of, version_of, versions_of
from samtun.codesign.designs.queries.designs import (
    can_log_in,
    design_for,
    designs_on,
    designs_visible_to,
    joined,
    parties_of,
    party_of,
    public_design,
    tasks_of,
)
from samtun.codesign.designs.queries.facts import (
    begun_of,
    decided_by_forums,
    facts_of,
    nearly_the_same,
)

__all__ = [
    "CameOf", "begun_of", "can_log_in", "change_for", "changes_of", "content_of", "decided_by_forums",
    "design_for", "designs_on", "designs_visible_to", "facts_of", "joined", "missing_yes", "nearly_the_same",
    "parties_of", "party_of", "public_design", "tasks_of", "version_of", "versions_of", "what_came_of",
]  # fmt: skip
