"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.foundation.jobs import hourly, job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock
from samtun.operation.registrations.actions import clips, leaving, minimum, signing, suggesting, till
from samtun.operation.registrations.models import Registration

NIGHT, MORNING = 3, 8


@job("registrations.pass_on")
def pass_on(*, registration_id: str, **_later: Any) -> None:
    """Let a place go to the next in line when nobody answered in time."""
    if found := Registration.objects.filter(id=uuid.UUID(registration_id)).first():
        signing.pass_on(registration=found, by=current_scope().viewer, at=clock.now())


@hourly("registrations.look")
def look(**_later: Any) -> None:
    """See to the lists that have closed with too few, and to the lines, each hour."""
    minimum.look_at_closed(by=current_scope().viewer, at=clock.now())


@hourly("registrations.lines")
def lines(**_later: Any) -> None:
    """Move up where there has become room."""
    signing.look_at_lines(by=current_scope().viewer, at=clock.now())


@hourly("registrations.nightly")
def nightly(**_later: Any) -> None:
    """At night, count what was paid before the names go, and forget names."""
    at, by = clock.now(), current_scope().viewer
    if clock.wall(at).hour == NIGHT:
        till.count_takings(by=by, at=at)
        leaving.forget(by=by, at=at)
        clips.forget_clips(by=by, at=at)
        suggesting.forget_suggestions(by=by, at=at)


@hourly("registrations.ask_after")
def ask_after(**_later: Any) -> None:
    """Ask after those who have been away for long, in the morning."""
    at = clock.now()
    if clock.wall(at).hour == MORNING:
        leaving.ask_after(by=current_scope().viewer, at=at)
