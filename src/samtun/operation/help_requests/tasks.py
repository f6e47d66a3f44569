"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.foundation.jobs import job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.models import HelpRequest, Match


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
