"""When help is done, or something was held: one question to those it was for; and what a reply does."""

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
from samtun.operation.activities.events import OccurrenceHeld
from samtun.operation.help_requests.events import HelpDone
from samtun.operation.registrations.queries import time_told
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


@receives(OccurrenceHeld)
def ask_those_there(payload: dict[str, str], at: dt.datetime) -> None:
    """Ask those who were there how it was."""
    if time := time_told(uuid.UUID(payload["occurrence"])):
        actions.ask_how_it_was(occurrence=time, by=Viewer.system(current_tenant()), at=at)


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


def _answer_about_time(reply: Reply) -> str:
    time = time_told(reply.ref_id)
    if time is not None and reply.by.person is not None:
        actions.answer_how_it_was(
            occurrence=time, person=reply.by.person, value=Answer.Value(reply.answer), via=reply.via, by=reply.by,
            at=reply.at,
        )  # fmt: skip
    return ""


replies.register(QuestionKind("how_was_it", WORDS, _answer_about_time, page="how_was_it_link"))
replies.register(QuestionKind("went_well", WORDS, _answer, page="went_well_link"))
