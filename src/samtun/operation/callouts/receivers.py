"""Replies by text or link; volunteers and organisations that leave, and those who die."""

import datetime as dt
import uuid

from samtun.foundation import replies
from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.replies import QuestionKind, Reply
from samtun.foundation.scope import current_scope, current_tenant
from samtun.foundation.viewer import Viewer
from samtun.operation.callouts import actions
from samtun.operation.callouts.enums import LIVE, TurnOut
from samtun.operation.callouts.models import Asked, CallOut, Friend
from samtun.operation.volunteers.events import VolunteerLeft
from samtun.partners.organisations.events import OrganisationLeft
from samtun.people.persons.events import DeathTakenBack, PersonDied
from samtun.people.persons.models import Passing

YES_NO = {
    "JA": "yes", "JA TAKK": "yes", "OK": "yes", "YES": "yes", "JADA": "yes", "NEI": "no", "NEI TAKK": "no", "NO": "no",
    "KAN IKKE": "no", "KAN IKKJE": "no",
}  # fmt: skip


def _answer(reply: Reply) -> str:
    asked = Asked.objects.get(id=reply.ref_id)
    actions.answer(asked=asked, yes=reply.answer == "yes", via=reply.via, by=reply.by, at=reply.at)
    return ""


replies.register(QuestionKind("call_out", YES_NO, _answer, page="call_out_link"))


@receives(VolunteerLeft)
def let_go(payload: dict[str, str], at: dt.datetime) -> None:
    """Take one who left off the lists, and let their promises go."""
    volunteer, by = uuid.UUID(payload["volunteer_id"]), current_scope().viewer
    for friend in Friend.objects.filter(volunteer=volunteer).select_related("friends_list"):
        actions.remove_friend(friend=friend, by=by, at=at)
    waiting = Asked.objects.filter(volunteer=volunteer, state__in=[TurnOut.SENT, TurnOut.YES], call_out__state__in=LIVE)
    for asked in waiting:
        actions.answer(asked=asked, yes=False, via="left", by=by, at=at)


@receives(OrganisationLeft)
def cancel_all(payload: dict[str, str], at: dt.datetime) -> None:
    """Cancel what an organisation that left has called out."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if owner.left_on:
        for call_out in CallOut.objects.filter(owner=owner, state__in=LIVE):
            actions.cancel(call_out=call_out, by=current_scope().viewer, at=at)


@receives(PersonDied, same_transaction=True)
def count_out(payload: dict[str, str], at: dt.datetime) -> None:
    """Count a dead volunteer out, in the transaction of the act (ADR 20)."""
    passing = Passing.objects.get(id=uuid.UUID(payload["passing_id"]))
    actions.person_died(passing=passing, by=Viewer.system(current_tenant()), at=at)


@receives(DeathTakenBack, same_transaction=True)
def count_in_again(payload: dict[str, str], at: dt.datetime) -> None:
    """Undo a mistake, in the transaction of the act."""
    passing = Passing.objects.get(id=uuid.UUID(payload["passing_id"]))
    actions.death_taken_back(passing=passing, by=Viewer.system(current_tenant()), at=at)
