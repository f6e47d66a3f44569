"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.foundation.jobs import job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock
from samtun.operation.referrals.actions import forget, forget_old_notes


@job("referrals.forget_notes")
def forget_notes(*, author_id: str, **_later: Any) -> None:
    """Forget the notes whose time is out."""
    forget_old_notes(by=current_scope().viewer, at=clock.now())


@job("referrals.forget")
def forget_settled(*, referral_id: str, **_later: Any) -> None:
    """Forget what was settled three months ago."""
    forget(referral_id=uuid.UUID(referral_id), by=current_scope().viewer, at=clock.now())
