"""Things that can be borrowed, and bookings of them with each step."""

from samtun.operation.lending.models.bookings import Booking, BookingStep
from samtun.operation.lending.models.lendables import Lendable

__all__ = ["Booking", "BookingStep", "Lendable"]
