"""When an organisation leaves, its volunteers are no longer asked through it; nobody asks the dead."""

import datetime as dt
import uuid

from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_scope, current_tenant
from samtun.foundation.viewer import Viewer
from samtun.operation.volunteers import actions
from samtun.partners.organisations.events import OrganisationLeft
from samtun.people.persons.events import DeathTakenBack, PersonDied
from samtun.people.persons.models import Passing


@receives(OrganisationLeft)
def let_its_volunteers_go(payload: dict[str, str], at: dt.datetime) -> None:
    """Let its volunteers go; help requests look for others."""
    host = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if host.left_on:
        actions.host_left(host=host, by=current_scope().viewer, at=at)


@receives(PersonDied, same_transaction=True)
def ask_no_more(payload: dict[str, str], at: dt.datetime) -> None:
    """Take a dead person off every host's list, in the transaction of the act (ADR 20)."""
    passing = Passing.objects.get(id=uuid.UUID(payload["passing_id"]))
    actions.person_died(passing=passing, by=Viewer.system(current_tenant()), at=at)


@receives(DeathTakenBack, same_transaction=True)
def stand_again(payload: dict[str, str], at: dt.datetime) -> None:
    """Undo a mistake, in the transaction of the act."""
    passing = Passing.objects.get(id=uuid.UUID(payload["passing_id"]))
    actions.death_taken_back(passing=passing, by=Viewer.system(current_tenant()), at=at)
