"""What can be borrowed, which time is free, what is booked and asked for, how much it is used."""

from samtun.operation.lending.queries.bookings import (
    Line,
    arrives_today,
    asked_of,
    batch_of,
    booking_for,
    borrowed_by,
    coming_of,
    late_of,
    steps_of,
    title_of,
    who_borrows,
    whom_to_tell,
)
from samtun.operation.lending.queries.counting import Used, use_of
from samtun.operation.lending.queries.season import (
    first_right,
    first_until,
    lacking_of,
    open_season_of,
    seasons_of,
    seasons_to_wish_in,
    whom_to_tell_of,
)
from samtun.operation.lending.queries.things import lendable_for, offered, one_offered, things_of
from samtun.operation.lending.queries.times import Day, days_of, nearest, taken

__all__ = [
    "Day", "Line", "Used", "arrives_today", "asked_of", "batch_of", "booking_for", "borrowed_by", "coming_of",
    "days_of", "first_right", "first_until", "lacking_of", "late_of", "lendable_for", "nearest",
    "offered", "one_offered", "open_season_of", "seasons_of", "seasons_to_wish_in", "steps_of", "taken", "things_of",
    "title_of", "use_of", "who_borrows", "whom_to_tell", "whom_to_tell_of",
]  # fmt: skip
