"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.anchoring.agreements import actions
from samtun.anchoring.agreements.models import Agreement
from samtun.foundation.jobs import job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock


@job("agreements.look")
def look(*, agreement_id: str, **_later: Any) -> None:
    """See to what comes by itself with an agreement: a last day, an evaluation that nears."""
    found = Agreement.objects.filter(id=uuid.UUID(agreement_id)).first()
    if found:
        actions.look(agreement=found, by=current_scope().viewer, at=clock.now())
