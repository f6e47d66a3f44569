"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.foundation.jobs import job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock
from samtun.operation.networks import actions
from samtun.operation.networks.models import HomeVisit, Network, Talk
from samtun.people.persons.models import Away


@job("networks.step_due")
def step_due(*, network_id: str, number: int, **_later: Any) -> None:
    """Put a step on the desk on its day."""
    network = Network.objects.get(id=uuid.UUID(network_id))
    actions.step_due(network=network, number=number, by=current_scope().viewer, at=clock.now())


@job("networks.talk_due")
def talk_due(*, talk_id: str, **_later: Any) -> None:
    """Put a talk on the desk on its day."""
    actions.talk_due(talk=Talk.objects.get(id=uuid.UUID(talk_id)), by=current_scope().viewer, at=clock.now())


@job("networks.visit_due")
def visit_due(*, visit_id: str, **_later: Any) -> None:
    """Say that what came of a visit is not written."""
    visit = HomeVisit.objects.get(id=uuid.UUID(visit_id))
    actions.visit_due(visit=visit, by=current_scope().viewer, at=clock.now())


@job("networks.rest")
def rest(*, away_id: str, **_later: Any) -> None:
    """Let networks rest from the first day somebody is away, unless that was called off."""
    away = Away.objects.filter(id=uuid.UUID(away_id), ended_at=None).first()
    if away:
        actions.person_away(away=away, by=current_scope().viewer, at=clock.now())
