"""Things that can be borrowed, bookings of them with each step, and seasons shared out among clubs."""

from samtun.operation.lending.models.bookings import Booking, BookingStep
from samtun.operation.lending.models.lendables import Lendable
from samtun.operation.lending.models.seasons import Season, SeasonClub, SeasonTime

__all__ = ["Booking", "BookingStep", "Lendable", "Season", "SeasonClub", "SeasonTime"]
