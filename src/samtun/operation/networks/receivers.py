"""Deaths and absences hold at once (ADR 20); consents taken back, and those who leave; a match begins guidance."""

import datetime as dt
import uuid

from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_scope, current_tenant
from samtun.foundation.viewer import Viewer
from samtun.operation.help_requests.events import HelpAgreed
from samtun.operation.help_requests.models import Match
from samtun.operation.help_requests.rules import register_hold
from samtun.operation.networks import actions
from samtun.operation.networks.queries import visit_holds_back
from samtun.operation.volunteers.events import VolunteerLeft
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.events import OrganisationLeft
from samtun.people.consents.events import ConsentWithdrawn
from samtun.people.persons.events import DeathTakenBack, PersonAway, PersonBack, PersonDied, StandsAgain
from samtun.people.persons.models import Away, Passing

register_hold(visit_holds_back)


@receives(PersonDied, same_transaction=True)
def stop_around_the_dead(payload: dict[str, str], at: dt.datetime) -> None:
    """Stop all that is around a dead person, in the transaction of the act."""
    passing = Passing.objects.select_related("person").get(id=uuid.UUID(payload["passing_id"]))
    actions.person_died(passing=passing, by=Viewer.system(current_tenant()), at=at)


@receives(DeathTakenBack, same_transaction=True)
def let_it_stand_again(payload: dict[str, str], at: dt.datetime) -> None:
    """Undo a mistake, in the transaction of the act."""
    passing = Passing.objects.select_related("person").get(id=uuid.UUID(payload["passing_id"]))
    actions.death_taken_back(passing=passing, by=Viewer.system(current_tenant()), at=at)


@receives(StandsAgain, same_transaction=True)
def talk_again(payload: dict[str, str], at: dt.datetime) -> None:
    """Put on the desk the talks whose day has come, when every room has brought back its own."""
    passing = Passing.objects.select_related("person").get(id=uuid.UUID(payload["passing_id"]))
    actions.all_stands_again(passing=passing, by=Viewer.system(current_tenant()), at=at)


@receives(PersonAway, same_transaction=True)
def let_it_rest(payload: dict[str, str], at: dt.datetime) -> None:
    """Let networks rest while a person is away."""
    away = Away.objects.select_related("person").get(id=uuid.UUID(payload["away_id"]))
    actions.person_away(away=away, by=Viewer.system(current_tenant()), at=at)


@receives(PersonBack, same_transaction=True)
def let_it_go_on(payload: dict[str, str], at: dt.datetime) -> None:
    """Let what rested go on."""
    away = Away.objects.select_related("person").get(id=uuid.UUID(payload["away_id"]))
    actions.person_back(away=away, by=Viewer.system(current_tenant()), at=at)


@receives(ConsentWithdrawn)
def end_what_rested_on_it(payload: dict[str, str], at: dt.datetime) -> None:
    """End a network when the yes has been taken back."""
    actions.consent_withdrawn(consent_id=uuid.UUID(payload["consent"]), by=current_scope().viewer, at=at)


@receives(OrganisationLeft)
def end_what_it_had(payload: dict[str, str], at: dt.datetime) -> None:
    """End what an organisation that left had."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if owner.left_on:
        actions.owner_left(owner=owner, by=current_scope().viewer, at=at)


@receives(VolunteerLeft)
def let_go(payload: dict[str, str], at: dt.datetime) -> None:
    """Let a volunteer who left go."""
    volunteer = Volunteer.objects.get(id=uuid.UUID(payload["volunteer_id"]))
    actions.volunteer_left(volunteer=volunteer, by=current_scope().viewer, at=at)


@receives(HelpAgreed)
def plan_guidance(payload: dict[str, str], at: dt.datetime) -> None:
    """Plan guidance for a volunteer who goes where a professional has been."""
    match = Match.objects.get(id=uuid.UUID(payload["match_id"]))
    actions.begin_guidance(match=match, by=Viewer.system(current_tenant()), at=at)
