"""When an organisation leaves, its volunteers are no longer asked through it."""

import datetime as dt
import uuid

from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_scope
from samtun.operation.volunteers import actions
from samtun.partners.organisations.events import OrganisationLeft


@receives(OrganisationLeft)
def let_its_volunteers_go(payload: dict[str, str], at: dt.datetime) -> None:
    """Let its volunteers go; help requests look for others."""
    host = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if host.left_on:
        actions.host_left(host=host, by=current_scope().viewer, at=at)
