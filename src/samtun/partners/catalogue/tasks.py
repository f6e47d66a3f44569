"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.foundation.jobs import hourly, job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock
from samtun.kernel.refs import Ref
from samtun.partners.catalogue.actions import offers, reporting

FORGETS = (1, 3)
"""The day of the month and the hour at which old names are forgotten."""


@hourly("catalogue.still_right")
def still_right(**_later: Any) -> None:
    """Ask about what has stood for half a year, on days when somebody is there; forget old names each month."""
    at = clock.now()
    offers.ask_about_due(by=current_scope().viewer, at=at)
    if (clock.wall(at).day, clock.wall(at).hour) == FORGETS:
        offers.forget_names(by=current_scope().viewer, at=at)


@job("catalogue.forget_reports")
def forget_reports(*, ref_kind: str, ref_id: str, **_later: Any) -> None:
    """Forget what was reported when the time is out."""
    reporting.forget_reports(ref=Ref(ref_kind, uuid.UUID(ref_id)), by=current_scope().viewer, at=clock.now())
