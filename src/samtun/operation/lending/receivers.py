"""Deaths, and organisations that leave."""

import datetime as dt
import uuid

from django.utils.translation import gettext

from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.operation.lending.actions import leaving
from samtun.partners.organisations.events import OrganisationLeft
from samtun.people.persons.events import DeathTakenBack, PersonDied
from samtun.people.persons.models import Passing


@receives(PersonDied, same_transaction=True)
def say_no_more(payload: dict[str, str], at: dt.datetime) -> None:
    """Say nothing more to one who has died, in the transaction of the act (ADR 20)."""
    passing = Passing.objects.get(id=uuid.UUID(payload["passing_id"]))
    leaving.person_died(passing=passing, by=Viewer.system(current_tenant()), at=at)


@receives(DeathTakenBack, same_transaction=True)
def they_are_back(payload: dict[str, str], at: dt.datetime) -> None:
    """Undo a mistake, in the transaction of the act."""
    passing = Passing.objects.get(id=uuid.UUID(payload["passing_id"]))
    leaving.death_taken_back(passing=passing, by=Viewer.system(current_tenant()), at=at)


@receives(OrganisationLeft)
def end_what_they_lend(payload: dict[str, str], at: dt.datetime) -> None:
    """End what an organisation that has left lends out and has borrowed."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if owner.left_on:
        words = gettext("%(name)s does not lend it out any more.") % {"name": owner.name}
        leaving.owner_left(owner=owner, words=words, by=Viewer.system(current_tenant()), at=at)
