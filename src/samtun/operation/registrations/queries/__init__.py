"""Who comes to a time, what somebody is signed up for, and how it stands with places."""

from samtun.operation.registrations.queries.calendar import calendar_times, own_calendar
from samtun.operation.registrations.queries.cash import (
    Card,
    CashLine,
    Paying,
    Receipt,
    card_of,
    cards,
    cash,
    invoices,
    left_on,
    month_told,
    paying,
    receipt,
    till_of,
    till_owner,
    times_paid_for,
)
from samtun.operation.registrations.queries.door import (
    Line,
    call_list,
    door,
    gear_to_bring,
    gives_out,
    gives_places,
    municipal_owners,
    occurrence_at_door,
    places_of,
    totals,
)
from samtun.operation.registrations.queries.own import (
    by_token,
    first_path,
    hears_of,
    mine,
    next_time,
    own_path,
    time_been,
    who_were_there,
)
from samtun.operation.registrations.queries.standing import Standing, lines_of, standing, target_of, time_told
from samtun.operation.registrations.queries.suggested import Told, channel_of, number_to_tell, one_suggested, suggested

__all__ = [
    "Card", "CashLine", "Line", "Paying", "Receipt", "Standing", "Told", "by_token", "calendar_times", "call_list",
    "card_of", "cards", "cash", "channel_of", "door", "first_path", "gear_to_bring", "gives_out", "gives_places",
    "hears_of", "invoices", "left_on", "lines_of", "mine", "month_told", "municipal_owners", "next_time",
    "number_to_tell", "occurrence_at_door", "one_suggested", "own_calendar", "own_path", "paying", "places_of",
    "receipt", "standing", "suggested", "target_of", "till_of", "till_owner", "time_been", "time_told",
    "times_paid_for", "totals", "who_were_there",
]  # fmt: skip
