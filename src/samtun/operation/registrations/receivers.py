"""Times that are moved, called off and on again; deaths."""

import datetime as dt
import uuid

from samtun.foundation.events import receives
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.operation.activities.events import ActivityOff, OccurrenceChanged, OccurrenceOff, OccurrenceOn
from samtun.operation.activities.rules import register_lists
from samtun.operation.registrations.actions import leaving, suggesting, telling
from samtun.operation.registrations.queries.on_lists import count_lists
from samtun.people.consents.events import ConsentWithdrawn
from samtun.people.persons.events import DeathTakenBack, PersonDied
from samtun.people.persons.models import Passing

register_lists(count_lists)


@receives(OccurrenceOff)
def tell_it_is_off(payload: dict[str, str], at: dt.datetime) -> None:
    """Let all who come hear that it is not held."""
    _tell(payload, "off", at)


@receives(ActivityOff)
def tell_all_of_it_is_off(payload: dict[str, str], at: dt.datetime) -> None:
    """Let all who come to what was taken down hear that it is not on."""
    by = Viewer.system(current_tenant())
    telling.tell_not_on(activity=uuid.UUID(payload["activity"]), by=by, at=at)


@receives(OccurrenceChanged)
def tell_it_is_moved(payload: dict[str, str], at: dt.datetime) -> None:
    """Let all who come hear of the other time or place."""
    _tell(payload, "changed", at)


@receives(OccurrenceOn)
def tell_it_is_on(payload: dict[str, str], at: dt.datetime) -> None:
    """Let all who had meant to come hear that it is on again."""
    _tell(payload, "on", at)


def _tell(payload: dict[str, str], what: str, at: dt.datetime) -> None:
    telling.tell_of(occurrence=uuid.UUID(payload["occurrence"]), what=what, by=Viewer.system(current_tenant()), at=at)


@receives(PersonDied, same_transaction=True)
def take_off_the_lists(payload: dict[str, str], at: dt.datetime) -> None:
    """Take somebody who has died off every list, in the transaction of the act (ADR 20)."""
    passing = Passing.objects.get(id=uuid.UUID(payload["passing_id"]))
    leaving.person_died(passing=passing, by=Viewer.system(current_tenant()), at=at)


@receives(DeathTakenBack, same_transaction=True)
def put_on_the_lists(payload: dict[str, str], at: dt.datetime) -> None:
    """Undo a mistake, in the transaction of the act."""
    passing = Passing.objects.get(id=uuid.UUID(payload["passing_id"]))
    leaving.death_taken_back(passing=passing, by=Viewer.system(current_tenant()), at=at)


@receives(ConsentWithdrawn)
def suggest_nothing(payload: dict[str, str], at: dt.datetime) -> None:
    """Forget what was suggested to somebody who has taken their yes back."""
    suggesting.consent_withdrawn(consent=uuid.UUID(payload["consent"]), by=Viewer.system(current_tenant()), at=at)
