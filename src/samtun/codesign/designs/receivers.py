"""A forum's item that moves, and an organisation that leaves."""

import datetime as dt
import uuid

from samtun.anchoring.forums.events import ItemMoved
from samtun.codesign.designs import actions
from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_scope, current_tenant
from samtun.foundation.viewer import Viewer
from samtun.kernel.refs import Ref
from samtun.partners.organisations.events import OrganisationLeft


@receives(ItemMoved)
def bring_it_down(payload: dict[str, str], at: dt.datetime) -> None:
    """Write down what a forum has done with a design or a change of one."""
    if payload["ref_kind"] not in {"design", "design_change"}:
        return
    ref, by = Ref(payload["ref_kind"], uuid.UUID(payload["ref_id"])), Viewer.system(current_tenant())
    actions.item_moved(ref=ref, item_id=uuid.UUID(payload["item"]), what=payload["what"], by=by, at=at)


@receives(OrganisationLeft)
def leave_all(payload: dict[str, str], at: dt.datetime) -> None:
    """Take an organisation that has left out of what it took part in."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if owner.left_on:
        actions.owner_left(owner=owner, by=current_scope().viewer, at=at)
