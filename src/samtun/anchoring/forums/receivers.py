"""Organisations that leave."""

import datetime as dt
import uuid

from samtun.anchoring.forums import actions
from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_scope
from samtun.partners.organisations.events import OrganisationLeft


@receives(OrganisationLeft)
def end_all(payload: dict[str, str], at: dt.datetime) -> None:
    """End the forums an organisation called, and the seats held on its behalf."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if owner.left_on:
        actions.owner_left(owner=owner, by=current_scope().viewer, at=at)
