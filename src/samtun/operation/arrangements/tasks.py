"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.foundation.jobs import defer, hourly, job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock
from samtun.operation.arrangements import actions
from samtun.operation.arrangements.enums import LIVE
from samtun.operation.arrangements.models import Arrangement


@hourly("arrangements.look")
def look(**_later: Any) -> None:
    """See to each arrangement that is live: dates ahead, what has been, reminders."""
    for key in Arrangement.objects.filter(state__in=LIVE).order_by("id").values_list("id", flat=True):
        defer("arrangements.tend", arrangement_id=key)


@job("arrangements.tend")
def tend(*, arrangement_id: str, **_later: Any) -> None:
    """Do what is due for one."""
    row = Arrangement.objects.get(id=uuid.UUID(arrangement_id))
    actions.tend(arrangement=row, by=current_scope().viewer, at=clock.now())
