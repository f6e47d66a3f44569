"""The programme for other calendars."""
