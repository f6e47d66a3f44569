"""Deaths, organisations that leave, and forums that have an idea before them."""

import datetime as dt
import uuid

from samtun.anchoring.forums.events import ItemMoved
from samtun.codesign.ideas.actions import leaving, upward
from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.partners.organisations.events import OrganisationLeft
from samtun.people.persons.events import DeathTakenBack, PersonDied
from samtun.people.persons.models import Passing


@receives(PersonDied, same_transaction=True)
def let_it_rest(payload: dict[str, str], at: dt.datetime) -> None:
    """Let what a dead person led rest, in the transaction of the act (ADR 20)."""
    passing = Passing.objects.get(id=uuid.UUID(payload["passing_id"]))
    leaving.person_died(passing=passing, by=Viewer.system(current_tenant()), at=at)


@receives(DeathTakenBack, same_transaction=True)
def let_it_go_on(payload: dict[str, str], at: dt.datetime) -> None:
    """Undo a mistake, in the transaction of the act."""
    passing = Passing.objects.get(id=uuid.UUID(payload["passing_id"]))
    leaving.death_taken_back(passing=passing, by=Viewer.system(current_tenant()), at=at)


@receives(OrganisationLeft)
def let_another_answer(payload: dict[str, str], at: dt.datetime) -> None:
    """Let another answer what an organisation that has left was to answer."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if owner.left_on:
        leaving.owner_left(owner=owner, by=Viewer.system(current_tenant()), at=at)


@receives(ItemMoved)
def bring_it_down(payload: dict[str, str], at: dt.datetime) -> None:
    """Write down what a forum has done with an idea that was taken up there, and tell its lead."""
    if payload["ref_kind"] == "idea":
        on = dt.date.fromisoformat(payload["on"]) if payload["on"] else None
        key, by = uuid.UUID(payload["ref_id"]), Viewer.system(current_tenant())
        upward.item_moved(idea_id=key, item_id=uuid.UUID(payload["item"]), what=payload["what"], on=on, by=by, at=at)
