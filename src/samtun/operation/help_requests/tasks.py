"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.foundation.jobs import job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.models import FollowUp, HelpRequest, Match, PersonalCall
from samtun.people.persons.models import Away


@job("help_requests.lapse_asks")
def lapse_asks(*, request_id: str, **_later: Any) -> None:
    """Let asks whose time is out fall silent."""
    request = HelpRequest.objects.get(id=uuid.UUID(request_id))
    actions.lapse_ask(request=request, by=current_scope().viewer, at=clock.now())


@job("help_requests.remind")
def remind(*, match_id: str, **_later: Any) -> None:
    """Ask the volunteer the day before whether it is still all right."""
    actions.remind(match=Match.objects.get(id=uuid.UUID(match_id)), by=current_scope().viewer, at=clock.now())


@job("help_requests.close_by_time")
def close_by_time(*, match_id: str, **_later: Any) -> None:
    """Count a task as done when its time has passed."""
    actions.close_by_time(match=Match.objects.get(id=uuid.UUID(match_id)), by=current_scope().viewer, at=clock.now())


@job("help_requests.talk_due")
def talk_due(*, call_id: str, **_later: Any) -> None:
    """Put an agreed talk on the desk."""
    call = PersonalCall.objects.get(id=uuid.UUID(call_id))
    actions.talk_due(call=call, by=current_scope().viewer, at=clock.now())


@job("help_requests.away_ends")
def away_ends(*, away_id: str, **_later: Any) -> None:
    """Ask the desk whether somebody is back."""
    away = Away.objects.select_related("person").get(id=uuid.UUID(away_id))
    actions.away_ends(away=away, by=current_scope().viewer, at=clock.now())


@job("help_requests.follow_up_due")
def follow_up_due(*, follow_up_id: str, **_later: Any) -> None:
    """Put a planned talk on the desk."""
    row = FollowUp.objects.get(id=uuid.UUID(follow_up_id))
    actions.follow_up_due(follow_up=row, by=current_scope().viewer, at=clock.now())
