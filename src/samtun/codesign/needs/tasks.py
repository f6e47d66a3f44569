"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.codesign.needs import actions
from samtun.codesign.needs.models import Need
from samtun.foundation.jobs import job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock


@job("needs.forget")
def forget(*, need_id: str, **_later: Any) -> None:
    """Forget who wrote down a need that is long closed."""
    if found := Need.objects.filter(id=uuid.UUID(need_id)).first():
        actions.forget_writer(need=found, by=current_scope().viewer, at=clock.now())
