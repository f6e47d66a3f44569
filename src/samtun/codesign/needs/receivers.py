"""Organisations that leave."""

import datetime as dt
import uuid

from samtun.codesign.needs import actions
from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.partners.organisations.events import OrganisationLeft


@receives(OrganisationLeft)
def keep_what_is_needed(payload: dict[str, str], at: dt.datetime) -> None:
    """Let what an organisation has written down of needs stand with the one who answers in public."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if owner.left_on:
        actions.owner_left(owner=owner, by=Viewer.system(current_tenant()), at=at)
