"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.anchoring.forums import actions
from samtun.anchoring.forums.models import Forum, Seat
from samtun.foundation.jobs import job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock


@job("forums.term")
def term(*, seat_id: str, **_later: Any) -> None:
    """Say that a term runs out, unless the seat is ended or gone."""
    found = Seat.objects.filter(id=uuid.UUID(seat_id)).first()
    if found:
        actions.term_runs_out(seat=found, by=current_scope().viewer, at=clock.now())


@job("forums.forget")
def forget(*, forum_id: str, **_later: Any) -> None:
    """Erase the papers of a forum that ended ten years ago."""
    found = Forum.objects.filter(id=uuid.UUID(forum_id)).first()
    if found:
        actions.forget(forum=found, by=current_scope().viewer, at=clock.now())
