"""Jobs: fetch, call one action."""

import datetime as dt
import uuid
from typing import Any

from samtun.codesign.designs import actions
from samtun.foundation.jobs import job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock


@job("designs.trial_ends")
def trial_ends(*, design_id: str, ends: str, **_later: Any) -> None:
    """Say that a trial ends, unless it ends another day now."""
    actions.trial_ends_soon(
        design_id=uuid.UUID(design_id), ends=dt.date.fromisoformat(ends), by=current_scope().viewer, at=clock.now()
    )
