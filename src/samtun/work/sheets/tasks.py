"""Every hour: make tonight's sheets when it is time, and throw the old ones away. One anew, when it was withdrawn."""

import datetime as dt
import uuid
from typing import Any

from samtun.foundation.jobs import hourly, job
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_scope
from samtun.kernel import clock
from samtun.work.sheets import actions


@hourly("sheets.tonight")
def tonight(**_later: Any) -> None:
    """Make and forget."""
    by, at = current_scope().viewer, clock.now()
    actions.make_tonights(by=by, at=at)
    actions.forget_old(by=by, at=at)


@job("sheets.again")
def again(*, owner_id: str, day: str, **_later: Any) -> None:
    """Make a sheet that was withdrawn anew, without the one it named."""
    owner = Owner.objects.filter(id=uuid.UUID(owner_id), left_on=None).first()
    if owner:
        actions.make_sheet(owner=owner, day=dt.date.fromisoformat(day), by=current_scope().viewer, at=clock.now())
