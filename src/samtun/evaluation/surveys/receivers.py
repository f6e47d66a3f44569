"""When help is done: one question to the one it was for; and what a reply does."""

import datetime as dt
import uuid

from samtun.evaluation.surveys import actions
from samtun.evaluation.surveys.models import Answer
from samtun.evaluation.surveys.queries import match_of
from samtun.foundation import replies
from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.replies import QuestionKind, Reply
from samtun.foundation.scope import current_scope, current_tenant
from samtun.foundation.viewer import Viewer
from samtun.operation.help_requests.events import HelpDone
from samtun.partners.organisations.events import OrganisationLeft
from samtun.people.persons.events import PersonDied
from samtun.people.persons.models import Passing

WORDS = {
    "JA": "yes", "JA TAKK": "yes", "OK": "yes", "BRA": "yes", "YES": "yes", "FINT": "yes", "RING MEG": "ring_me",
    "RING": "ring_me", "NEI": "ring_me", "CALL ME": "ring_me", "NO": "ring_me",
}  # fmt: skip


@receives(HelpDone)
def ask(payload: dict[str, str], at: dt.datetime) -> None:
    """Ask how it went."""
    actions.ask_went_well(match=match_of(uuid.UUID(payload["match_id"])), by=current_scope().viewer, at=at)


@receives(OrganisationLeft)
def stop_asking(payload: dict[str, str], at: dt.datetime) -> None:
    """Ask nothing more for an organisation that has left."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    actions.owner_left(owner=owner, by=current_scope().viewer, at=at)


@receives(PersonDied, same_transaction=True)
def ask_nobody(payload: dict[str, str], at: dt.datetime) -> None:
    """Stop the questions about a dead person, in the transaction of the act (ADR 20)."""
    passing = Passing.objects.get(id=uuid.UUID(payload["passing_id"]))
    actions.person_died(passing=passing, by=Viewer.system(current_tenant()), at=at)


def _answer(reply: Reply) -> str:
    match = match_of(reply.ref_id)
    actions.answer_went_well(match=match, value=Answer.Value(reply.answer), via=reply.via, by=reply.by, at=reply.at)
    return ""


replies.register(QuestionKind("went_well", WORDS, _answer, page="went_well_link"))
