"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.foundation.jobs import defer, hourly, outside_scope
from samtun.foundation.scope import current_scope
from samtun.kernel import clock
from samtun.operation.activities.actions import buses, keeping, pictures, spreading

MONTH_BEGINS, NIGHT = 1, 3
BEFORE_MORNING = 4


@hourly("activities.go_on")
def go_on(**_later: Any) -> None:
    """Ask about what has stood long; make rows and forget the door each month; at night, buses and old pictures."""
    at = clock.now()
    wall = clock.wall(at)
    keeping.ask_about_due(by=current_scope().viewer, at=at)
    if wall.day == MONTH_BEGINS and wall.hour == NIGHT:
        spreading.go_on(by=current_scope().viewer, at=at)
        keeping.forget_the_door(by=current_scope().viewer, at=at)
    if wall.hour == BEFORE_MORNING:
        pictures.forget(by=current_scope().viewer, at=at)
        defer("activities.write_buses")


@outside_scope("activities.write_buses")
def write_buses(*, tenant: uuid.UUID, place_id: str = "", **_later: Any) -> None:
    """Write which bus goes to all that is to come, or to one hall."""
    buses.write_all(tenant=tenant, place=uuid.UUID(place_id) if place_id else None, at=clock.now())
