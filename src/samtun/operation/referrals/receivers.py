"""Consents that are taken back, organisations that leave; nobody is rung about the dead."""

import datetime as dt
import uuid

from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_scope, current_tenant
from samtun.foundation.viewer import Viewer
from samtun.operation.referrals import actions
from samtun.partners.organisations.events import OrganisationLeft
from samtun.people.consents.events import ConsentWithdrawn
from samtun.people.persons.events import DeathTakenBack, PersonDied
from samtun.people.persons.models import Passing


@receives(ConsentWithdrawn)
def let_go(payload: dict[str, str], at: dt.datetime) -> None:
    """Let go of what rested on the yes."""
    actions.consent_withdrawn(consent_id=uuid.UUID(payload["consent"]), by=current_scope().viewer, at=at)


@receives(OrganisationLeft)
def nobody_rings(payload: dict[str, str], at: dt.datetime) -> None:
    """Let go of what waited for an organisation that has left."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if owner.left_on:
        actions.owner_left(owner=owner, by=current_scope().viewer, at=at)


@receives(PersonDied, same_transaction=True)
def ring_nobody(payload: dict[str, str], at: dt.datetime) -> None:
    """Let go of what waited about a dead person, in the transaction of the act (ADR 20)."""
    passing = Passing.objects.get(id=uuid.UUID(payload["passing_id"]))
    actions.person_died(passing=passing, by=Viewer.system(current_tenant()), at=at)


@receives(DeathTakenBack, same_transaction=True)
def ring_after_all(payload: dict[str, str], at: dt.datetime) -> None:
    """Undo a mistake, in the transaction of the act."""
    passing = Passing.objects.get(id=uuid.UUID(payload["passing_id"]))
    actions.death_taken_back(passing=passing, by=Viewer.system(current_tenant()), at=at)
