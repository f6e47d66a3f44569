"""Verbs: on what is lent out, and on bookings. `booking.book` is the door for rooms that hold things in a hall."""

from samtun.operation.lending.actions import answering, booking, handing, leaving, season, things, wishing

__all__ = ["answering", "booking", "handing", "leaving", "season", "things", "wishing"]
