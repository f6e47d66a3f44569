"""An organisation leaves."""

import datetime as dt
import uuid

from samtun.anchoring.responsibilities import actions
from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_scope
from samtun.partners.organisations.events import OrganisationLeft


@receives(OrganisationLeft)
def off_the_map(payload: dict[str, str], at: dt.datetime) -> None:
    """Take an organisation that has left off the map: then it shows what nobody does any more."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if owner.left_on:
        actions.owner_left(owner=owner, by=current_scope().viewer, at=at)
