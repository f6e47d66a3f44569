"""Jobs of the ground floor."""

import uuid
from typing import Any

from samtun.foundation.events import deliver
from samtun.foundation.jobs import job


@job("foundation.deliver_event")
def deliver_event(*, event_id: str, receiver: str, **_later: Any) -> None:
    """Give one event to one receiver."""
    deliver(uuid.UUID(event_id), receiver)
