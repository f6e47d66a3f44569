"""What becomes of a proposed change: written down, and told to the room it came from."""

import datetime as dt

from samtun.codesign.designs.enums import WAITING, ChangeKind, ChangeState
from samtun.codesign.designs.events import ChangeSettled
from samtun.codesign.designs.models import Change, Design
from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.refs import Ref


def settle(
    change: Change, state: ChangeState, *, words: str, by: Viewer, at: dt.datetime, version: int | None = None
) -> None:  # fmt: skip
    """Write down that a change is settled, in which version if it was made, and tell the rooms above."""
    change.state, change.settled_at, change.settled_words, change.version = state, at, words.strip()[:1000], version
    change.save(update_fields=["state", "settled_at", "settled_words", "version"])
    record("designs.settle_change", Ref("design_change", change.id), by=by, at=at, state=state)
    came_a_step(change, state, at=at)


def settle_all(design: Design, *, words: str, by: Viewer, at: dt.datetime) -> None:
    """Answer all that waits when a design is over: nobody is left without."""
    rows = Change.objects.select_for_update(of=("self",)).filter(design=design, state__in=WAITING)
    for change in rows.order_by("id"):
        state = ChangeState.NOT_MADE if change.kind == ChangeKind.WORDS else ChangeState.WITHDRAWN
        settle(change, state, words=words, by=by, at=at)


def came_a_step(change: Change, what: str, *, at: dt.datetime) -> None:
    """Tell the rooms above."""
    publish(
        ChangeSettled(
            change=change.id, ref_kind=change.ref_kind, ref_id=str(change.ref_id or ""), what=what,
            on=wall(at).date().isoformat(),
        ),
        at=at,
    )  # fmt: skip
