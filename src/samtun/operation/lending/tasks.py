"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.foundation.jobs import job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock
from samtun.operation.lending.actions import leaving
from samtun.operation.lending.models import Booking


@job("lending.erase")
def erase(*, booking_id: str, **_later: Any) -> None:
    """Erase who it was a year after."""
    if found := Booking.objects.filter(id=uuid.UUID(booking_id)).first():
        leaving.erase(booking=found, by=current_scope().viewer, at=clock.now())
