"""The verbs of organisations."""

from samtun.partners.organisations.actions.appointing import appoint_administrator, municipal_body
from samtun.partners.organisations.actions.bodies import (
    close_dates,
    create_organisation,
    open_dates_again,
    set_contact,
    set_opening_hours,
)
from samtun.partners.organisations.actions.covering import go_on_leave, take_back_leave
from samtun.partners.organisations.actions.leaving import leave, take_out
from samtun.partners.organisations.actions.list_of_bodies import take_out_again
from samtun.partners.organisations.actions.members import add_membership, appoint, end_membership
from samtun.partners.organisations.actions.municipality import choose, set_up_municipality
from samtun.partners.organisations.actions.sharing import end_share, share

__all__ = [
    "add_membership", "appoint", "appoint_administrator", "choose", "close_dates", "create_organisation",
    "end_membership",
    "end_share", "go_on_leave", "leave", "municipal_body", "open_dates_again", "set_contact", "set_opening_hours",
    "set_up_municipality", "share", "take_back_leave", "take_out", "take_out_again",
]  # fmt: skip
