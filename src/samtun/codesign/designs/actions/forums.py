"""A design, or a change of it, taken up with a forum, and what the forum's own steps bring down again (R04)."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.anchoring.forums.actions import propose_item
from samtun.anchoring.forums.models import Forum, Item
from samtun.codesign.designs.actions.holding import acting, due_for_party, lock
from samtun.codesign.designs.actions.settling import came_a_step
from samtun.codesign.designs.enums import STANDING, WAITING
from samtun.codesign.designs.models import Change, Design
from samtun.codesign.designs.queries import joined
from samtun.foundation import sight
from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref

SETTLED = frozenset({"decided", "turned_down"})


def propose_to_forum(
    *, design: Design, forum: Forum, title: str, words: str, by: Viewer, at: dt.datetime, change: Change | None = None
) -> Item:  # fmt: skip
    """Propose a design, or one of its changes, as an item to a forum. Those who sit there may then read the design."""
    with transaction.atomic():
        found = lock(design.id)
        party = acting(found, by)
        if change is not None and change.design_id != found.id:
            raise NotYours
        ref = Ref("design_change", change.id) if change else Ref("design", found.id)
        item = propose_item(
            forum=forum, ref=ref, title=title, words=words, from_owner=party.owner, by=by, at=at
        )  # fmt: skip
        sight.tie(lower=Ref("design", found.id), upper=Ref("forum_item", item.id), at=at)
        record("designs.to_forum", Ref("design", found.id), by=by, at=at, forum=forum.name)
    return item


def item_moved(*, ref: Ref, item_id: uuid.UUID, what: str, by: Viewer, at: dt.datetime) -> None:
    """Bring down what a forum has done: it stands in the timeline, and what is decided on each party's desk."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        change = Change.objects.filter(id=ref.id).first() if ref.kind == "design_change" else None
        key = change.design_id if change else ref.id
        design = Design.objects.select_for_update(of=("self",)).filter(id=key).first()
        if design is None or item_id not in sight.uppers(Ref("design", design.id), "forum_item"):
            return
        if what in SETTLED:
            record("designs.forum_settled", Ref("design", design.id), by=by, at=at)
        else:
            record("designs.forum_moved", Ref("design", design.id), by=by, at=at, what=what)
        if what in SETTLED and design.state in STANDING:
            for party in joined(design.id):
                due_for_party(party, design, "decided", at=at)
        if change is not None and change.state in WAITING:
            came_a_step(change, what, at=at)
