"""Somebody who is named is gone, or back; an organisation leaves; a forum's item about an agreement moves."""

import datetime as dt
import uuid

from samtun.anchoring.agreements import actions
from samtun.anchoring.forums.events import ItemMoved
from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_scope, current_tenant
from samtun.foundation.viewer import Viewer
from samtun.partners.organisations.events import MembershipEnded, OrganisationLeft
from samtun.people.persons.events import DeathTakenBack, PersonDied


@receives(MembershipEnded)
def contact_ended(payload: dict[str, str], at: dt.datetime) -> None:
    """Say on the desk when whom an agreement names to talk with has no role there any more."""
    actions.somebody_gone(person=uuid.UUID(payload["person"]), by=current_scope().viewer, at=at)


@receives(PersonDied)
def contact_died(payload: dict[str, str], at: dt.datetime) -> None:
    """Say on the desk that there is nobody to talk with."""
    actions.somebody_gone(person=uuid.UUID(payload["person_id"]), by=current_scope().viewer, at=at)


@receives(DeathTakenBack)
def contact_is_there(payload: dict[str, str], at: dt.datetime) -> None:
    """Take it off the desk again: it was a mistake."""
    actions.somebody_gone(person=uuid.UUID(payload["person_id"]), by=current_scope().viewer, at=at)


@receives(OrganisationLeft)
def leave_all(payload: dict[str, str], at: dt.datetime) -> None:
    """Let an organisation that has left be out of its agreements."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if owner.left_on:
        actions.owner_left(owner=owner, by=current_scope().viewer, at=at)


@receives(ItemMoved)
def bring_it_down(payload: dict[str, str], at: dt.datetime) -> None:
    """Write down what a forum has done with an agreement that was taken up there."""
    if payload["ref_kind"] == "agreement":
        key, by = uuid.UUID(payload["ref_id"]), Viewer.system(current_tenant())
        actions.item_moved(agreement_id=key, item_id=uuid.UUID(payload["item"]), what=payload["what"], by=by, at=at)
