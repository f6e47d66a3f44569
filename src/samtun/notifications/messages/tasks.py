"""Jobs of messages."""

import uuid
from typing import Any

from samtun.foundation.jobs import outside_scope
from samtun.kernel import clock
from samtun.notifications.messages import actions


@outside_scope("messages.send")
def send(*, tenant: uuid.UUID, message_id: str, **_later: Any) -> None:
    """Try to send one message."""
    actions.send_now(tenant=tenant, message_id=uuid.UUID(message_id), clock=clock.now)
