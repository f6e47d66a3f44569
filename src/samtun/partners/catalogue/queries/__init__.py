"""Questions about what is on offer and who offers it."""

import uuid

from samtun.foundation import exports
from samtun.partners.catalogue.queries.offers import (
    Asked,
    Row,
    could_take_over,
    near,
    offer_table,
    offer_to_look_at,
    open_offer,
    open_offers,
    own_offer,
    own_offers,
    publishing_owners,
    reported,
    reported_elsewhere,
    reports_of,
    rows_of,
    to_ask,
    with_room,
)
from samtun.partners.catalogue.queries.publishers import (
    Checking,
    about_of,
    answers_for,
    checks,
    contacts_of,
    is_checked,
    look_by,
    publisher_for,
    publisher_table,
    publishers_for,
    state_of,
)

__all__ = [
    "Asked", "Checking", "Row", "about_of", "answers_for", "checks", "contacts_of", "could_take_over",
    "is_checked", "look_by", "near",
    "offer_to_look_at", "open_offer", "open_offers", "own_offer", "own_offers", "publisher_for", "publishers_for",
    "publishing_owners", "reported", "reported_elsewhere", "reports_of", "rows_of", "state_of", "to_ask", "with_room",
]  # fmt: skip


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    return [publisher_table(owner), offer_table(owner)]


exports.register("catalogue", _tables)
