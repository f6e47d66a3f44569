"""Two who agree; replies by text or link; deaths, absences, and what goes away."""

import datetime as dt
import uuid

from samtun.foundation import replies
from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.replies import QuestionKind, Reply
from samtun.foundation.scope import current_scope, current_tenant
from samtun.foundation.viewer import Viewer
from samtun.operation.arrangements import actions
from samtun.operation.arrangements.enums import LIVE
from samtun.operation.arrangements.models import Arrangement, Visit
from samtun.operation.arrangements.queries import visit_label
from samtun.operation.help_requests.events import HelpAgreed, VisitorSaid
from samtun.operation.help_requests.models import Match, PersonalCall
from samtun.operation.volunteers.events import VolunteerLeft, VolunteerPaused
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.events import OrganisationLeft
from samtun.people.consents.events import ConsentWithdrawn
from samtun.people.persons.events import DeathTakenBack, PersonAway, PersonBack, PersonDied
from samtun.people.persons.models import Away, Passing

WORDS = {
    "JA": "yes", "JA TAKK": "yes", "OK": "yes", "YES": "yes", "JADA": "yes", "NEI": "no", "NEI TAKK": "no", "NO": "no",
    "KAN IKKE": "no", "KAN IKKJE": "no",
}  # fmt: skip


def _still_ok(reply: Reply) -> str:
    if reply.answer != "no":
        return ""
    visit = Visit.objects.get(id=reply.ref_id)
    actions.cannot_come(visit=visit, via=reply.via, by=reply.by, at=reply.at)
    return "arrangements.drop_heard"


replies.register(QuestionKind("visit", WORDS, _still_ok, page="visit_link", label=visit_label))


def _system() -> Viewer:
    return Viewer.system(current_tenant())


@receives(HelpAgreed, same_transaction=True)
def begin(payload: dict[str, str], at: dt.datetime) -> None:
    """Let what two have agreed to run, in the transaction of the yes: neither stands without the other (ADR 21)."""
    related = ("request__task_type", "request__owner", "volunteer__person")
    match = Match.objects.select_related(*related).get(id=uuid.UUID(payload["match_id"]))
    if match.request.every_weeks:
        actions.begin(match=match, via=payload.get("via", ""), by=_system(), at=at)


@receives(VolunteerLeft)
def find_others(payload: dict[str, str], at: dt.datetime) -> None:
    """End what a volunteer who left held, and find someone else."""
    volunteer = Volunteer.objects.get(id=uuid.UUID(payload["volunteer_id"]))
    actions.volunteer_left(volunteer=volunteer, by=current_scope().viewer, at=at)


@receives(VolunteerPaused)
def rest(payload: dict[str, str], at: dt.datetime) -> None:
    """Let dates rest with the volunteer at once; the hourly look does the rest."""
    rows = Arrangement.objects.filter(terms__volunteer=uuid.UUID(payload["volunteer_id"]), state__in=LIVE)
    for row in rows.distinct().order_by("id"):
        actions.tend(arrangement=row, by=_system(), at=at)


@receives(OrganisationLeft)
def end_all(payload: dict[str, str], at: dt.datetime) -> None:
    """End what an organisation that left had running."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if owner.left_on:
        actions.owner_left(owner=owner, by=current_scope().viewer, at=at)


@receives(ConsentWithdrawn)
def wait_for_a_new_yes(payload: dict[str, str], at: dt.datetime) -> None:
    """Let what rested on a yes wait, when it has been taken back."""
    actions.consent_withdrawn(consent_id=uuid.UUID(payload["consent"]), by=current_scope().viewer, at=at)


@receives(VisitorSaid)
def go_on_there(payload: dict[str, str], at: dt.datetime) -> None:
    """Let the dates stand for one who goes on visiting where the person is now."""
    call = PersonalCall.objects.select_related("volunteer").get(id=uuid.UUID(payload["call_id"]))
    actions.visitor_said(call=call, by=current_scope().viewer, at=at)


@receives(PersonDied, same_transaction=True)
def stop(payload: dict[str, str], at: dt.datetime) -> None:
    """Stop all that is about a dead person, in the transaction of the act (ADR 20)."""
    passing = Passing.objects.select_related("person").get(id=uuid.UUID(payload["passing_id"]))
    actions.person_died(passing=passing, by=_system(), at=at)


@receives(DeathTakenBack, same_transaction=True)
def stand_again(payload: dict[str, str], at: dt.datetime) -> None:
    """Undo a mistake, in the transaction of the act."""
    passing = Passing.objects.select_related("person").get(id=uuid.UUID(payload["passing_id"]))
    actions.death_taken_back(passing=passing, by=_system(), at=at)


@receives(PersonAway, same_transaction=True)
def hold(payload: dict[str, str], at: dt.datetime) -> None:
    """Hold the dates while a person is away, in the transaction of the act (ADR 20)."""
    away = Away.objects.select_related("person").get(id=uuid.UUID(payload["away_id"]))
    actions.person_away(away=away, by=_system(), at=at)


@receives(PersonBack, same_transaction=True)
def go_on(payload: dict[str, str], at: dt.datetime) -> None:
    """Let what was held go on, in the transaction of the act."""
    away = Away.objects.select_related("person").get(id=uuid.UUID(payload["away_id"]))
    actions.person_back(away=away, by=_system(), at=at)
