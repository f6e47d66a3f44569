"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.codesign.workshops import actions
from samtun.foundation.jobs import job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock


@job("workshops.erase")
def erase(*, workshop_id: str, **_later: Any) -> None:
    """Erase names and what was not shared, when the time is out."""
    actions.erase(workshop_id=uuid.UUID(workshop_id), by=current_scope().viewer, at=clock.now())
