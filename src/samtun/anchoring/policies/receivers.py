"""Somebody who answers for a goal is gone, or back; an organisation leaves."""

import datetime as dt
import uuid

from samtun.anchoring.policies import actions
from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_scope
from samtun.partners.organisations.events import MembershipEnded, OrganisationLeft
from samtun.people.persons.events import DeathTakenBack, PersonDied


@receives(MembershipEnded)
def who_answers_ended(payload: dict[str, str], at: dt.datetime) -> None:
    """Say on the desk when who answers for a goal has no role there any more."""
    actions.somebody_gone(person=uuid.UUID(payload["person"]), by=current_scope().viewer, at=at)


@receives(PersonDied)
def who_answers_died(payload: dict[str, str], at: dt.datetime) -> None:
    """Say on the desk that nobody answers for the goal."""
    actions.somebody_gone(person=uuid.UUID(payload["person_id"]), by=current_scope().viewer, at=at)


@receives(DeathTakenBack)
def who_answers_is_there(payload: dict[str, str], at: dt.datetime) -> None:
    """Take it off the desk again: it was a mistake."""
    actions.somebody_gone(person=uuid.UUID(payload["person_id"]), by=current_scope().viewer, at=at)


@receives(OrganisationLeft)
def hand_on(payload: dict[str, str], at: dt.datetime) -> None:
    """Let others answer for what an organisation that has left answered for."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if owner.left_on:
        actions.owner_left(owner=owner, by=current_scope().viewer, at=at)
