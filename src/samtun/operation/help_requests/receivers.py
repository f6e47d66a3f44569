"""Replies that come by SMS or link; volunteers, organisations and consents that go."""

import datetime as dt
import uuid

from samtun.foundation import replies
from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.replies import QuestionKind, Reply
from samtun.foundation.scope import current_scope, current_tenant
from samtun.foundation.viewer import Viewer
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.events import HelpAgreed
from samtun.operation.help_requests.models import Ask, Match
from samtun.operation.volunteers.events import VolunteerLeft
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.events import OrganisationLeft
from samtun.people.consents.events import ConsentWithdrawn
from samtun.people.persons.events import DeathTakenBack, PersonAway, PersonBack, PersonDied, StandsAgain
from samtun.people.persons.models import Away, Passing

YES_NO = {
    "JA": "yes", "JA TAKK": "yes", "JEP": "yes", "OK": "yes", "YES": "yes", "JAPP": "yes", "JADA": "yes",
    "NEI": "no", "NEI TAKK": "no", "NO": "no", "NEIDA": "no", "KAN IKKE": "no", "KAN IKKJE": "no",
}  # fmt: skip


def _ask(reply: Reply) -> str:
    ask = Ask.objects.select_related("request", "volunteer").get(id=reply.ref_id)
    yes = reply.answer == "yes"
    settled = actions.answer_ask(ask=ask, yes=yes, via=reply.via, by=reply.by, at=reply.at)
    return {"yes": "help_requests.yes_heard", "no": "help_requests.no_heard"}.get(settled.state, "help_requests.taken")


def _proposal(reply: Reply) -> str:
    match = Match.objects.select_related("request", "volunteer").get(id=reply.ref_id)
    actions.answer_proposal(match=match, yes=reply.answer == "yes", via=reply.via, by=reply.by, at=reply.at)
    return "" if reply.answer == "yes" else "help_requests.other_sought"


def _still_ok(reply: Reply) -> str:
    match = Match.objects.select_related("request", "volunteer").get(id=reply.ref_id)
    if reply.answer == "no":
        actions.cannot_come(match=match, via=reply.via, by=reply.by, at=reply.at)
        return "help_requests.drop_heard"
    return ""


replies.register(QuestionKind("ask", YES_NO, _ask, page="task_link"))
replies.register(QuestionKind("proposal", YES_NO, _proposal, page="proposal_link"))
replies.register(QuestionKind("still_ok", YES_NO, _still_ok, page="task_link"))


@receives(VolunteerLeft)
def look_at_what_was_agreed(payload: dict[str, str], at: dt.datetime) -> None:
    """Look for someone else where a volunteer who left had said yes, or was asked."""
    volunteer = Volunteer.objects.select_related("host").get(id=uuid.UUID(payload["volunteer_id"]))
    actions.volunteer_left(volunteer=volunteer, by=current_scope().viewer, at=at)


@receives(OrganisationLeft)
def close_what_it_had(payload: dict[str, str], at: dt.datetime) -> None:
    """Cancel what an organisation that left had open, and tell those who wait."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if owner.left_on:
        actions.owner_left(owner=owner, by=current_scope().viewer, at=at)


@receives(ConsentWithdrawn)
def stop_what_rested_on_it(payload: dict[str, str], at: dt.datetime) -> None:
    """Let what was asked for by another wait again, when the yes has been taken back."""
    actions.consent_withdrawn(consent_id=uuid.UUID(payload["consent"]), by=current_scope().viewer, at=at)


@receives(PersonDied, same_transaction=True)
def stop_all_about_the_dead(payload: dict[str, str], at: dt.datetime) -> None:
    """Stop all that is about a dead person, whoever owns it, in the transaction of the act (ADR 20)."""
    passing = Passing.objects.select_related("person").get(id=uuid.UUID(payload["passing_id"]))
    actions.person_died(passing=passing, by=Viewer.system(current_tenant()), at=at)


@receives(DeathTakenBack, same_transaction=True)
def let_it_stand_again(payload: dict[str, str], at: dt.datetime) -> None:
    """Undo a mistake, in the transaction of the act."""
    passing = Passing.objects.select_related("person").get(id=uuid.UUID(payload["passing_id"]))
    actions.death_taken_back(passing=passing, by=Viewer.system(current_tenant()), at=at)


@receives(StandsAgain, same_transaction=True)
def talk_again(payload: dict[str, str], at: dt.datetime) -> None:
    """Plan talks and open to-dos again, when every room has brought back its own."""
    passing = Passing.objects.select_related("person").get(id=uuid.UUID(payload["passing_id"]))
    actions.all_stands_again(passing=passing, by=Viewer.system(current_tenant()), at=at)


@receives(PersonAway, same_transaction=True)
def hold_what_is_open(payload: dict[str, str], at: dt.datetime) -> None:
    """Hold what is open while a person is away, in the transaction of the act (ADR 20)."""
    away = Away.objects.select_related("person").get(id=uuid.UUID(payload["away_id"]))
    actions.person_away(away=away, by=Viewer.system(current_tenant()), at=at)


@receives(PersonBack, same_transaction=True)
def let_it_go_on(payload: dict[str, str], at: dt.datetime) -> None:
    """Let what was held go on, in the transaction of the act."""
    away = Away.objects.select_related("person").get(id=uuid.UUID(payload["away_id"]))
    actions.person_back(away=away, by=Viewer.system(current_tenant()), at=at)


@receives(HelpAgreed)
def plan_talks(payload: dict[str, str], at: dt.datetime) -> None:
    """Plan the talks at both ends when two begin to meet over time."""
    match = Match.objects.select_related("request__task_type", "volunteer").get(id=uuid.UUID(payload["match_id"]))
    actions.begin(match=match, by=Viewer.system(current_tenant()), at=at)
