"""A sheet that names one who has died, or is away, is made anew."""

import datetime as dt
import uuid

from samtun.foundation.events import receives
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.people.persons.events import PersonAway, PersonDied
from samtun.work.sheets import actions


@receives(PersonDied, same_transaction=True)
def without_the_dead(payload: dict[str, str], at: dt.datetime) -> None:
    """Withdraw what names the dead, in the transaction of the act (ADR 20)."""
    actions.withdraw(person=uuid.UUID(payload["person_id"]), by=Viewer.system(current_tenant()), at=at)


@receives(PersonAway, same_transaction=True)
def without_the_absent(payload: dict[str, str], at: dt.datetime) -> None:
    """Withdraw what names one who is away: the new one says that whoever was to come is to be rung."""
    actions.withdraw(person=uuid.UUID(payload["person_id"]), by=Viewer.system(current_tenant()), at=at)
