"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.foundation.jobs import job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock
from samtun.operation.callouts import actions
from samtun.operation.callouts.models import CallOut


@job("callouts.look")
def look(*, call_out_id: str, **_later: Any) -> None:
    """See whether hands are missing still."""
    actions.look(call_out=CallOut.objects.get(id=uuid.UUID(call_out_id)), by=current_scope().viewer, at=clock.now())


@job("callouts.remind")
def remind(*, call_out_id: str, **_later: Any) -> None:
    """Remind those who come, the day before."""
    actions.remind(call_out=CallOut.objects.get(id=uuid.UUID(call_out_id)), by=current_scope().viewer, at=clock.now())


@job("callouts.close")
def close(*, call_out_id: str, **_later: Any) -> None:
    """Count it as done when its time has passed."""
    found = CallOut.objects.get(id=uuid.UUID(call_out_id))
    actions.close_by_time(call_out=found, by=current_scope().viewer, at=clock.now())
