"""A yes taken back, a death, somebody away, an organisation that leaves: what waits stops. An item moves."""

import datetime as dt
import uuid

from samtun.anchoring.forums.events import ItemMoved
from samtun.codesign.designs.events import ChangeSettled
from samtun.evaluation.feedback.actions import differing, dying, into_design, passing_up, receivers, settling
from samtun.evaluation.feedback.models import Feedback
from samtun.foundation import replies
from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.replies import QuestionKind, Reply
from samtun.foundation.scope import current_scope, current_tenant
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.partners.organisations.events import OrganisationLeft
from samtun.people.consents.events import ConsentWithdrawn
from samtun.people.persons.events import DeathTakenBack, PersonAway, PersonDied
from samtun.people.persons.models import Away, Passing


def _nothing(_reply: Reply) -> str:
    """Nothing is answered by text: what waits is read first, on the page."""
    return ""


replies.register(QuestionKind("to_you", {}, _nothing, page="to_you_link"))


@receives(ConsentWithdrawn, same_transaction=True)
def pass_nothing_on(payload: dict[str, str], at: dt.datetime) -> None:
    """Stop what rested on the yes, in the transaction of the act: it holds from that moment (ADR 23)."""
    by = Viewer.system(current_tenant())
    differing.consent_withdrawn(consent_id=uuid.UUID(payload["consent"]), by=by, at=at)


@receives(PersonDied, same_transaction=True)
def tell_nobody(payload: dict[str, str], at: dt.datetime) -> None:
    """Stop what waits about a dead person, in the transaction of the act (ADR 20)."""
    passing = Passing.objects.get(id=uuid.UUID(payload["passing_id"]))
    dying.person_died(passing=passing, by=Viewer.system(current_tenant()), at=at)


@receives(DeathTakenBack, same_transaction=True)
def tell_them_after_all(payload: dict[str, str], at: dt.datetime) -> None:
    """Undo a mistake, in the transaction of the act."""
    passing = Passing.objects.get(id=uuid.UUID(payload["passing_id"]))
    dying.death_taken_back(passing=passing, by=Viewer.system(current_tenant()), at=at)


@receives(PersonAway)
def nobody_is_at_home(payload: dict[str, str], at: dt.datetime) -> None:
    """Stop what waits about somebody who is away now."""
    away = Away.objects.get(id=uuid.UUID(payload["away_id"]))
    if away.ended_at is None and away.starts <= wall(at).date():
        differing.person_away(person_id=away.person_id, by=current_scope().viewer, at=at)


@receives(ItemMoved)
def bring_it_down(payload: dict[str, str], at: dt.datetime) -> None:
    """Let the one who said it hear what a forum has done with it."""
    found = Feedback.objects.filter(id=payload["ref_id"]).first() if payload["ref_kind"] == "feedback" else None
    if found is None:
        return
    item, by = uuid.UUID(payload["item"]), Viewer.system(current_tenant())
    passing_up.item_moved(feedback=found, item_id=item, what=payload["what"], by=by, at=at)


@receives(ChangeSettled)
def bring_the_change_down(payload: dict[str, str], at: dt.datetime) -> None:
    """Let the one who said it hear what those who make a service have done with it."""
    found = Feedback.objects.filter(id=payload["ref_id"]).first() if payload["ref_kind"] == "feedback" else None
    if found is None:
        return
    change, by = uuid.UUID(payload["change"]), Viewer.system(current_tenant())
    into_design.change_settled(feedback=found, change_id=change, what=payload["what"], by=by, at=at)


@receives(OrganisationLeft)
def owner_left(payload: dict[str, str], at: dt.datetime) -> None:
    """Stop what an organisation that has left had, and what was to go to it."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if owner.left_on:
        by = current_scope().viewer
        differing.owner_left(owner=owner, by=by, at=at)
        receivers.owner_left(owner=owner, by=by, at=at)
        settling.owner_left_feedback(owner=owner, by=by, at=at)
