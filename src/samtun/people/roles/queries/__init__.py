"""Who has which role for the municipality, and who has looked at whom."""

from samtun.people.roles.queries.grants import grant_for, grants_standing, hat_from, standing_on
from samtun.people.roles.queries.looks import Look, looks_at

__all__ = ["Look", "grant_for", "grants_standing", "hat_from", "looks_at", "standing_on"]
