"""Jobs: fetch, call one action."""

from typing import Any

from samtun.evaluation.surveys import actions
from samtun.foundation.jobs import hourly
from samtun.foundation.scope import current_scope
from samtun.kernel import clock

NIGHT = 3


@hourly("surveys.nightly")
def nightly(**_later: Any) -> None:
    """At night, forget who answered and in which words, after a year."""
    at = clock.now()
    if clock.wall(at).hour == NIGHT:
        actions.forget(by=current_scope().viewer, at=at)
