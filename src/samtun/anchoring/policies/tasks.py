"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.anchoring.policies import actions
from samtun.anchoring.policies.models import Goal, Policy
from samtun.foundation.jobs import job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock


@job("policies.look")
def look(*, goal_id: str, **_later: Any) -> None:
    """See whether a goal nears its day."""
    found = Goal.objects.filter(id=uuid.UUID(goal_id)).first()
    if found:
        actions.look(goal=found, by=current_scope().viewer, at=clock.now())


@job("policies.forget")
def forget(*, policy_id: str, **_later: Any) -> None:
    """Forget who answered for the goals of what has long ended."""
    found = Policy.objects.filter(id=uuid.UUID(policy_id)).first()
    if found:
        actions.forget_who(policy=found, by=current_scope().viewer, at=clock.now())
