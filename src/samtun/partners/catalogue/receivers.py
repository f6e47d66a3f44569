"""Organisations that leave."""

import datetime as dt
import uuid

from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.partners.catalogue.actions import checking
from samtun.partners.organisations.events import OrganisationLeft


@receives(OrganisationLeft)
def let_another_look(payload: dict[str, str], at: dt.datetime) -> None:
    """Let another centre look at who publishes, and let nobody look at one that has left."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if owner.left_on:
        checking.owner_left(owner=owner, by=Viewer.system(current_tenant()), at=at)
