"""Jobs: try a long list out, take it in, and forget it in time."""

import logging
import uuid
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, transaction
from django.utils import translation

from samtun.foundation import hats
from samtun.foundation.jobs import job
from samtun.foundation.progress import Telling
from samtun.foundation.scope import current_scope
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.work.imports import actions
from samtun.work.imports.models import ImportRun

log = logging.getLogger("samtun.jobs")


@job("imports.try_out")
def try_out(*, run_id: str, **_later: Any) -> None:
    """Try a long list out for the one who asked, if they still may."""
    _as_asked(run_id, actions.try_out)


@job("imports.carry_out")
def carry_out(*, run_id: str, **_later: Any) -> None:
    """Take a long list in for the one who asked, if they still may."""
    _as_asked(run_id, actions.carry_out)


@job("imports.take_out")
def take_out(*, run_id: str, **_later: Any) -> None:
    """Take a long list out again for the one who asked, if they still may."""
    _as_asked(run_id, actions.take_out)


def _as_asked(run_id: str, act: Callable[..., None]) -> None:
    run = ImportRun.objects.select_related("owner").get(id=uuid.UUID(run_id))
    if run.state not in {ImportRun.State.TRYING, ImportRun.State.RUNNING, ImportRun.State.UNDOING}:
        return
    system = current_scope().viewer
    hat = hats.hat_of(run.person, run.hat) if run.person else None
    at = clock.now()
    with translation.override(run.language):
        try:
            if hat is None:
                raise actions.NoLonger
            viewer = Viewer(
                tenant=system.tenant, hat=hat, account=run.account, person=run.person, name=run.name,
                language=run.language, purpose="taking in a list", via="job",
            )  # fmt: skip
            with Telling(str(run.id), at) as tell, transaction.atomic():
                act(run=run, by=viewer, at=at, tell=tell)
        except (Refused, NotYours) as refusal:
            actions.fail(run=run, problem=refusal.message, by=system)
        except OperationalError:
            raise  # the database was away or two met: the queue tries again
        except Exception:
            log.exception("import failed", extra={"run": str(run.id)})
            actions.fail(run=run, problem=actions.Broke().message, by=system)


@job("imports.forget")
def forget(*, run_id: str, **_later: Any) -> None:
    """Forget a list that nobody took in."""
    for run in ImportRun.objects.filter(id=uuid.UUID(run_id)):
        actions.forget_stale(run=run, by=current_scope().viewer, at=clock.now())


@job("imports.let_stand")
def let_stand(*, run_id: str, **_later: Any) -> None:
    """Drop what undoing would need."""
    for run in ImportRun.objects.filter(id=uuid.UUID(run_id)):
        actions.let_stand(run=run, by=current_scope().viewer)
