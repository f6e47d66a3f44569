"""Questions about organisations, always for someone."""

from samtun.partners.organisations.queries.bodies import (
    Body,
    NobodyHere,
    answering_owner,
    body_to_set_up,
    deputies_of,
    everyone_taking_part,
    members_of,
    membership_for,
    organisation_for,
    organisation_of,
    organisations_visible_to,
    own_organisations,
    person_to_appoint,
    receiving_owner,
    speaks_for,
    who_answers_for,
)
from samtun.partners.organisations.queries.presence import (
    Cover,
    away_for,
    could_cover,
    covers_of,
    is_at_work,
    leave_for,
    leaves_of,
    may_be_away,
    opening_hours_of,
    stands_in_for,
)
from samtun.partners.organisations.queries.sharing import ShareLine, receivers_for, share_for, shares_of

__all__ = [
    "Body", "Cover", "NobodyHere", "ShareLine", "answering_owner", "away_for", "body_to_set_up", "could_cover",
    "covers_of", "deputies_of", "everyone_taking_part", "is_at_work", "leave_for", "leaves_of", "may_be_away",
    "members_of", "membership_for", "opening_hours_of", "organisation_for", "organisation_of",
    "organisations_visible_to", "own_organisations", "person_to_appoint", "receivers_for", "receiving_owner",
    "share_for", "shares_of", "speaks_for", "stands_in_for", "who_answers_for",
]  # fmt: skip
