"""Questions about organisations, always for someone."""

from samtun.partners.organisations.queries.bodies import (
    Body,
    body_to_set_up,
    deputies_of,
    everyone_taking_part,
    members_of,
    membership_for,
    opening_hours_of,
    organisation_for,
    organisation_of,
    organisations_visible_to,
    own_organisations,
    person_to_appoint,
    receiving_owner,
    speaks_for,
)
from samtun.partners.organisations.queries.sharing import ShareLine, receivers_for, share_for, shares_of

__all__ = [
    "Body", "ShareLine", "body_to_set_up", "deputies_of", "everyone_taking_part", "members_of", "membership_for",
    "opening_hours_of", "organisation_for", "organisation_of", "organisations_visible_to", "own_organisations",
    "person_to_appoint", "receivers_for", "receiving_owner", "share_for", "shares_of", "speaks_for",
]  # fmt: skip
