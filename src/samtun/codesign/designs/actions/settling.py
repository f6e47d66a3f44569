"""What becomes of a proposed change: written down, and told to who proposed it and the room it came from."""

import datetime as dt

from samtun.anchoring.forums.rules import acts_for
from samtun.codesign.designs.actions.holding import tell
from samtun.codesign.designs.enums import WAITING, ChangeKind, ChangeState
from samtun.codesign.designs.events import ChangeSettled
from samtun.codesign.designs.models import Change, Design
from samtun.codesign.designs.notices import ChangeCame
from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for


def settle(
    change: Change, state: ChangeState, *, words: str, by: Viewer, at: dt.datetime, version: int | None = None,
    is_told: bool = False,
) -> None:  # fmt: skip
    """Write down that a change is settled, in which version if it was made; tell who proposed it and the rooms above.

    `is_told` when the message about the version tells them already.
    """
    change.state, change.settled_at, change.settled_words, change.version = state, at, words.strip()[:1000], version
    change.save(update_fields=["state", "settled_at", "settled_words", "version"])
    record("designs.settle_change", Ref("design_change", change.id), by=by, at=at, state=state)
    if not is_told:
        tell_proposer(change, by=by, at=at)
    came_a_step(change, state, at=at)


def settle_all(design: Design, *, words: str, by: Viewer, at: dt.datetime) -> None:
    """Answer all that waits when a design is over: nobody is left without."""
    rows = Change.objects.select_for_update(of=("self",)).filter(design=design, state__in=WAITING)
    for change in rows.order_by("id"):
        state = ChangeState.NOT_MADE if change.kind == ChangeKind.WORDS else ChangeState.WITHDRAWN
        settle(change, state, words=words, by=by, at=at)


def tell_proposer(change: Change, *, by: Viewer, at: dt.datetime) -> None:
    """Tell who answers for those who proposed it what became of it, unless they did it themselves.

    What came from a feedback is told to the one who gave that, by its own room. A larger change that is made is told
    to all parties as a version.
    """
    made_larger = change.kind != ChangeKind.WORDS and change.state == ChangeState.MADE
    own = acts_for(by, change.from_owner_id) and not by.is_system
    if change.ref_id or own or made_larger or change.state == ChangeState.WITHDRAWN:
        return
    cancel_for(ref_kind="design_change", ref_id=change.id, by=by, at=at)
    tell(change.from_owner, ChangeCame, Ref("design_change", change.id), by=by, at=at)


def came_a_step(change: Change, what: str, *, at: dt.datetime) -> None:
    """Tell the rooms above."""
    publish(
        ChangeSettled(
            change=change.id, ref_kind=change.ref_kind, ref_id=str(change.ref_id or ""), what=what,
            on=wall(at).date().isoformat(),
        ),
        at=at,
    )  # fmt: skip
