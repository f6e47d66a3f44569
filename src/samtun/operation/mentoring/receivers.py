"""When one of the two leaves, or dies."""

import datetime as dt
import uuid

from samtun.foundation.events import receives
from samtun.foundation.scope import current_scope, current_tenant
from samtun.foundation.viewer import Viewer
from samtun.operation.mentoring import actions
from samtun.operation.volunteers.events import VolunteerLeft
from samtun.operation.volunteers.models import Volunteer
from samtun.people.persons.events import DeathTakenBack, PersonDied
from samtun.people.persons.models import Passing


@receives(VolunteerLeft)
def let_the_plan_end(payload: dict[str, str], at: dt.datetime) -> None:
    """End the plan of one who left, or look for a new mentor."""
    volunteer = Volunteer.objects.get(id=uuid.UUID(payload["volunteer_id"]))
    actions.volunteer_left(volunteer=volunteer, by=current_scope().viewer, at=at)


@receives(PersonDied, same_transaction=True)
def still_the_talks(payload: dict[str, str], at: dt.datetime) -> None:
    """Stop what is said of the two, in the transaction of the act (ADR 20)."""
    passing = Passing.objects.get(id=uuid.UUID(payload["passing_id"]))
    actions.person_died(passing=passing, by=Viewer.system(current_tenant()), at=at)


@receives(DeathTakenBack, same_transaction=True)
def let_them_talk_again(payload: dict[str, str], at: dt.datetime) -> None:
    """Undo a mistake, in the transaction of the act."""
    passing = Passing.objects.get(id=uuid.UUID(payload["passing_id"]))
    actions.death_taken_back(passing=passing, by=Viewer.system(current_tenant()), at=at)
