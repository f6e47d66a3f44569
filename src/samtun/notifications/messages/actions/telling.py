"""Telling rooms above that a person is needed, or no longer."""

import datetime as dt
import uuid

from samtun.foundation.events import publish
from samtun.notifications.messages.enums import Why
from samtun.notifications.messages.events import PersonNeeded, PersonNoLongerNeeded
from samtun.notifications.messages.models import Inbound, Message

WAITS = {Message.Channel.CALL: Why.CALL, Message.Channel.LETTER: Why.LETTER}


def why_of(message: Message) -> Why | None:
    """Return why a message waits for a person, as it stands; None when it does not."""
    if message.state == Message.State.PENDING:
        return WAITS.get(Message.Channel(message.channel))
    if message.settled_at is None:
        return {Message.State.UNKNOWN: Why.UNKNOWN, Message.State.FAILED: Why.FAILED}.get(Message.State(message.state))
    return None


def tell_change(before: Why | None, message: Message, *, at: dt.datetime) -> None:
    """Publish what changed about a person being needed, after the message has been saved."""
    now = why_of(message)
    if before and before != now:
        publish(PersonNoLongerNeeded(message_id=message.id, why=before.value), at=at)
    if now and before != now:
        due = max(message.not_before, at)
        publish(PersonNeeded(message_id=message.id, why=now.value, owner=message.owner_id, due=due.isoformat()), at=at)


def tell_inbound(inbound: Inbound, *, at: dt.datetime) -> None:
    """Publish that a text waits to be read."""
    owner: uuid.UUID | str = inbound.owner_id or ""
    publish(PersonNeeded(message_id=inbound.id, why=Why.INBOUND.value, owner=owner, due=at.isoformat()), at=at)
