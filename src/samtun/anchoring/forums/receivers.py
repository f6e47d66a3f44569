"""Organisations that leave, and one who sits there who dies."""

import datetime as dt
import uuid

from samtun.anchoring.forums import actions
from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_scope
from samtun.partners.organisations.events import OrganisationLeft
from samtun.people.persons.events import DeathTakenBack, PersonDied


@receives(OrganisationLeft)
def end_all(payload: dict[str, str], at: dt.datetime) -> None:
    """End the forums an organisation called, and the seats held on its behalf."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if owner.left_on:
        actions.owner_left(owner=owner, by=current_scope().viewer, at=at)


@receives(PersonDied)
def holder_died(payload: dict[str, str], at: dt.datetime) -> None:
    """Let nobody be asked who sits there after one who has died."""
    actions.holder_died(person=uuid.UUID(payload["person_id"]), by=current_scope().viewer, at=at)


@receives(DeathTakenBack)
def holder_lives(payload: dict[str, str], at: dt.datetime) -> None:
    """Ask again: it was a mistake."""
    actions.holder_lives(person=uuid.UUID(payload["person_id"]), by=current_scope().viewer, at=at)
