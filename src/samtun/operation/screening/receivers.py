"""When a volunteer leaves, what was noted of suitability goes."""

import datetime as dt
import uuid

from samtun.foundation.events import receives
from samtun.foundation.scope import current_scope
from samtun.operation.screening import actions
from samtun.operation.volunteers.events import VolunteerLeft
from samtun.operation.volunteers.models import Volunteer


@receives(VolunteerLeft)
def forget(payload: dict[str, str], at: dt.datetime) -> None:
    """Erase, unless the volunteer has come back meanwhile."""
    volunteer = Volunteer.objects.get(id=uuid.UUID(payload["volunteer_id"]))
    if volunteer.state == Volunteer.State.LEFT:
        actions.forget_at_leaving(volunteer=volunteer, by=current_scope().viewer, at=at)
