"""The verbs of organisations."""

from samtun.partners.organisations.actions.appointing import appoint_administrator, municipal_body
from samtun.partners.organisations.actions.bodies import (
    close_dates,
    create_organisation,
    open_dates_again,
    set_contact,
    set_opening_hours,
)
from samtun.partners.organisations.actions.leaving import leave, take_out
from samtun.partners.organisations.actions.members import add_membership, appoint, end_membership
from samtun.partners.organisations.actions.municipality import set_up_municipality
from samtun.partners.organisations.actions.sharing import end_share, share

__all__ = [
    "add_membership", "appoint", "appoint_administrator", "close_dates", "create_organisation", "end_membership",
    "end_share", "leave", "municipal_body", "open_dates_again", "set_contact", "set_opening_hours",
    "set_up_municipality", "share", "take_out",
]  # fmt: skip
