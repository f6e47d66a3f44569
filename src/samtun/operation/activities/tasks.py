"""Jobs: fetch, call one action."""

from typing import Any

from samtun.foundation.jobs import hourly
from samtun.foundation.scope import current_scope
from samtun.kernel import clock
from samtun.operation.activities.actions import spreading

MONTH_BEGINS, NIGHT = 1, 3


@hourly("activities.go_on")
def go_on(**_later: Any) -> None:
    """Make the rows of what goes on, the first night of each month."""
    at = clock.now()
    wall = clock.wall(at)
    if wall.day == MONTH_BEGINS and wall.hour == NIGHT:
        spreading.go_on(by=current_scope().viewer, at=at)
