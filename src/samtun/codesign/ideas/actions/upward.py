"""An idea taken up with a forum, and what the forum's own steps bring down to the one who has it (R04)."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.anchoring.forums.actions import propose_item
from samtun.anchoring.forums.models import Forum, Item
from samtun.anchoring.forums.queries import what_came_of
from samtun.codesign.ideas.actions.telling import NotThatStepNow, locked, note
from samtun.codesign.ideas.enums import IdeaState, StepKind
from samtun.codesign.ideas.models import Idea
from samtun.codesign.ideas.rules import answers
from samtun.foundation import sight
from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref

GOES_UP = (IdeaState.RECEIVED, IdeaState.ANSWERED, IdeaState.INITIATIVE)
STEPS = {
    "on_agenda": StepKind.FORUM_DAY,
    "put_off": StepKind.PUT_OFF,
    "decided": StepKind.FORUM_SAID,
    "turned_down": StepKind.FORUM_SAID,
    "withdrawn": StepKind.WITHDRAWN,
}


def propose_to_forum(*, idea: Idea, forum: Forum, title: str, words: str, by: Viewer, at: dt.datetime) -> Item:
    """Propose an idea as an item to a forum. The forum reads the words written here; the lead hears each step."""
    with transaction.atomic():
        found = locked(idea)
        if not answers(by, found):
            raise NotYours
        if found.state not in GOES_UP:
            raise NotThatStepNow
        ref = Ref("idea", found.id)
        item = propose_item(forum=forum, ref=ref, title=title, words=words, from_owner=found.owner, by=by, at=at)
        sight.tie(lower=ref, upper=Ref("forum_item", item.id), at=at)
        note(found, StepKind.TO_FORUM, by=by, at=at, words=forum.name)
        record("ideas.to_forum", ref, by=by, at=at, forum=forum.name)
    return item


def item_moved(
    *, idea_id: uuid.UUID, item_id: uuid.UUID, what: str, on: dt.date | None, by: Viewer, at: dt.datetime
) -> None:
    """Write down what a forum has done with an idea, and tell its lead; nothing of one that is erased since."""
    if not by.is_system:
        raise NotYours
    ref = Ref("idea", idea_id)
    with transaction.atomic():
        row, came = Idea.objects.filter(id=idea_id, erased_at=None).first(), what_came_of(item_id)
        if row is None or came is None or item_id not in sight.uppers(ref, "forum_item"):
            return
        found, kind = locked(row), STEPS[what]
        is_day = kind == StepKind.FORUM_DAY
        note(found, kind, by=by, at=at, words=came.forum if is_day else came.words, on=on if is_day else None)
        record("ideas.forum_moved", ref, by=by, at=at, what=what)
