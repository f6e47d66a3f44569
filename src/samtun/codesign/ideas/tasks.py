"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.codesign.ideas.actions import entering, leaving, promising
from samtun.codesign.ideas.models import Idea, Promise
from samtun.foundation.jobs import job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock


@job("ideas.not_answered")
def not_answered(*, idea_id: str, **_later: Any) -> None:
    """See whether an idea has been answered in time."""
    if found := Idea.objects.filter(id=uuid.UUID(idea_id)).first():
        entering.not_answered(idea=found, by=current_scope().viewer, at=clock.now())


@job("ideas.no_contact")
def no_contact(*, idea_id: str, **_later: Any) -> None:
    """See whether an initiative has a contact in time."""
    if found := Idea.objects.filter(id=uuid.UUID(idea_id)).first():
        leaving.no_contact(idea=found, by=current_scope().viewer, at=clock.now())


@job("ideas.promise_late")
def promise_late(*, promise_id: str, **_later: Any) -> None:
    """See whether a promise was kept on its day."""
    if found := Promise.objects.select_related("initiative__idea").filter(id=uuid.UUID(promise_id)).first():
        promising.late(promised=found, by=current_scope().viewer, at=clock.now())


@job("ideas.erase")
def erase(*, idea_id: str, **_later: Any) -> None:
    """Erase who it was when the time is out."""
    if found := Idea.objects.filter(id=uuid.UUID(idea_id)).first():
        leaving.erase(idea=found, by=current_scope().viewer, at=clock.now())
