"""Jobs: fetch, call one action."""

from typing import Any

from samtun.foundation.jobs import hourly
from samtun.foundation.scope import current_scope
from samtun.kernel import clock
from samtun.operation.activities.actions import buses, keeping, spreading

MONTH_BEGINS, NIGHT = 1, 3
BEFORE_MORNING = 4


@hourly("activities.go_on")
def go_on(**_later: Any) -> None:
    """Ask about what has stood long; make rows and forget old names each month, and look at the buses each night."""
    at = clock.now()
    wall = clock.wall(at)
    keeping.ask_about_due(by=current_scope().viewer, at=at)
    if wall.day == MONTH_BEGINS and wall.hour == NIGHT:
        spreading.go_on(by=current_scope().viewer, at=at)
        keeping.forget_the_door(by=current_scope().viewer, at=at)
    if wall.hour == BEFORE_MORNING:
        buses.write_buses(by=current_scope().viewer, at=at)
