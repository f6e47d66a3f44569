"""An agreement taken up with a forum, and what the forum decides brought down to all its parties (R04)."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.anchoring.agreements.actions.stepping import lock, lock_live, need, tell
from samtun.anchoring.agreements.enums import LIVE
from samtun.anchoring.agreements.models import Agreement
from samtun.anchoring.agreements.notices import ForumDecided
from samtun.anchoring.agreements.queries import parties_of
from samtun.anchoring.agreements.rules import standing
from samtun.anchoring.forums.actions import propose_item
from samtun.anchoring.forums.models import Forum, Item
from samtun.anchoring.forums.rules import acts_for
from samtun.foundation import sight
from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.refs import Ref

SETTLED = frozenset({"decided", "turned_down"})


def propose_to_forum(
    *, agreement: Agreement, forum: Forum, title: str, words: str, by: Viewer, at: dt.datetime
) -> Item:  # fmt: skip
    """Propose an agreement as an item to a forum. What is agreed stays the parties' own: the forum reads the words."""
    with transaction.atomic():
        found, parties = lock_live(agreement.id)
        mine = next((party for party in parties if acts_for(by, party.owner_id)), None)
        need(mine is not None)
        assert mine is not None
        ref = Ref("agreement", found.id)
        item = propose_item(forum=forum, ref=ref, title=title, words=words, from_owner=mine.owner, by=by, at=at)
        sight.tie(lower=ref, upper=Ref("forum_item", item.id), at=at)
        record("agreements.to_forum", ref, by=by, at=at, forum=forum.name)
    return item


def item_moved(*, agreement_id: uuid.UUID, item_id: uuid.UUID, what: str, by: Viewer, at: dt.datetime) -> None:
    """Bring down what a forum has done: it stands in the timeline, and all parties hear what is settled."""
    need(by.is_system)
    with transaction.atomic():
        ref = Ref("agreement", agreement_id)
        if item_id not in sight.uppers(ref, "forum_item"):
            return
        found = lock(agreement_id)
        if what not in SETTLED:
            record("agreements.forum_moved", ref, by=by, at=at, what=what)
            return
        record("agreements.forum_settled", ref, by=by, at=at)
        if found.state in LIVE:
            tell(found, ForumDecided, to=standing(parties_of(found)), but=None, by=by, at=at)
