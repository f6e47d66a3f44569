"""Questions about what is on offer and who offers it."""

from samtun.partners.catalogue.queries.publishers import (
    Checking,
    about_of,
    checks,
    contacts_of,
    is_checked,
    publisher_for,
    publishers_for,
    state_of,
)

__all__ = [
    "Checking", "about_of", "checks", "contacts_of", "is_checked", "publisher_for", "publishers_for", "state_of",
]  # fmt: skip
