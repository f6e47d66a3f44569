"""Codes by SMS to the registered number (decisions 19 and 22)."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.limits import limit
from samtun.foundation.viewer import Viewer
from samtun.kernel.ids import uuid7
from samtun.notifications.messages.actions import queue
from samtun.operation.help_requests.notices import DoorCode


def send_door_code(*, person: uuid.UUID, owner: uuid.UUID, by: Viewer, at: dt.datetime) -> uuid.UUID:
    """Send six digits to a person's own number and return the code's key; at most five in a quarter of an hour."""
    limit("door_code", str(person), at=at, most=5)
    code_id = uuid7()
    with transaction.atomic():
        queue(notice=DoorCode, ref_kind="door_code", ref_id=code_id, to=person, owner=owner, by=by, at=at)
    return code_id
