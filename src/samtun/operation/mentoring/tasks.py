"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.foundation.jobs import job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock
from samtun.operation.mentoring import actions
from samtun.operation.mentoring.models import MentorPlan


@job("mentoring.talk_due")
def talk_due(*, plan_id: str, **_later: Any) -> None:
    """Remind of a talk, or tell the desk that it has not been held."""
    plan = MentorPlan.objects.get(id=uuid.UUID(plan_id))
    actions.talk_due(plan=plan, by=current_scope().viewer, at=clock.now())
