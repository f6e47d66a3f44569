"""Calls to make and letters to print show on the demo's telephones and in its letter boxes."""

import datetime as dt
import uuid

from samtun.demo import actions
from samtun.foundation.events import receives
from samtun.notifications.messages.events import PersonNeeded, PersonNoLongerNeeded

BY_HAND = {"call", "letter"}


@receives(PersonNeeded)
def show_waiting(payload: dict[str, str], at: dt.datetime) -> None:
    """Show that it will ring, or that a letter is on its way."""
    if payload["why"] in BY_HAND:
        actions.note_waiting(message_id=uuid.UUID(payload["message_id"]), at=at)


@receives(PersonNoLongerNeeded)
def show_settled(payload: dict[str, str], at: dt.datetime) -> None:
    """Show that it has rung, or that the letter has come."""
    if payload["why"] in BY_HAND:
        actions.settle_waiting(message_id=uuid.UUID(payload["message_id"]), at=at)
