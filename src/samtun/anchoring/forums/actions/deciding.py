"""Deciding, turning down, and saying that it is done; and the minutes of each item."""

import datetime as dt

from django.db import transaction

from samtun.anchoring.forums.actions.items import SettledAlready, settle
from samtun.anchoring.forums.actions.making import AFTERNOON, NeedsWords
from samtun.anchoring.forums.actions.stepping import (
    MinutesApproved,
    being_held,
    lock_item,
    need,
    tell_meeting,
    tell_proposers,
)
from samtun.anchoring.forums.enums import OPEN, ItemState
from samtun.anchoring.forums.models import Beside, ForumDecision, Hearing, Item, Seat
from samtun.anchoring.forums.rules import acts_for, desk_of, leads, sits_on, writes
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref
from samtun.work.todos.actions import close_todos, open_todo


class NobodyHeard(Refused):
    """Nobody has been asked yet. Write who was asked and what they said, or why nobody was, before it is decided."""


class DueBefore(Refused):
    """Choose a day from the day of the meeting on."""


class NotTheirSeat(Refused):
    """The one who answers for it must sit in the forum, for the one who is named."""


class DoneAlready(Refused):
    """This is said to be done already."""


def decide(
    *, item: Item, words: str, owner: Owner, due: dt.date, by: Viewer, at: dt.datetime, seat: Seat | None = None
) -> ForumDecision:
    """Decide in the meeting: what, who answers for it, by when. Not before somebody was heard, or why not (R21)."""
    if not words.strip():
        raise NeedsWords
    with transaction.atomic():
        current, part = lock_item(item.id, by, at=at)
        need(writes(part))
        if current.state not in OPEN:
            raise SettledAlready
        meeting = being_held(current)
        if not current.unheard_because and not Hearing.objects.filter(item=current).exists():
            raise NobodyHeard
        if due < meeting.on:
            raise DueBefore
        today = wall(at).date()
        sitting = Seat.objects.filter(sits_on(today), forum=current.forum_id, on_behalf=owner)
        if seat is not None and not sitting.filter(id=seat.id).exists():
            raise NotTheirSeat
        made = ForumDecision.objects.create(
            item=current, words=words.strip()[:1000], owner=owner, seat=seat, due=due, made_at=at
        )
        settle(current, ItemState.DECIDED, words="", by=by, at=at)
        record("forums.decided", Ref("forum_item", current.id), by=by, at=at)
        ours = owner if owner.left_on is None else current.forum.owner
        open_todo(
            ref=Ref("forum_item", current.id), reason="decision", about=current.forum.name,
            due=at_wall(due, AFTERNOON), owner=ours.id, audience=desk_of(ours), at=at,
        )  # fmt: skip
    return made


def turn_down(*, item: Item, words: str, by: Viewer, at: dt.datetime) -> Item:
    """Turn an item down, with the reason that those who proposed it are told."""
    if not words.strip():
        raise NeedsWords
    with transaction.atomic():
        current, part = lock_item(item.id, by, at=at)
        need(leads(part))
        if current.state not in OPEN:
            raise SettledAlready
        settle(current, ItemState.TURNED_DOWN, words=words, by=by, at=at)
        record("forums.turned_down", Ref("forum_item", current.id), by=by, at=at)
    return current


def decision_done(*, decision: ForumDecision, words: str, by: Viewer, at: dt.datetime) -> ForumDecision:
    """Say that what was decided is done, in words: who answers for it, or who leads."""
    if not words.strip():
        raise NeedsWords
    with transaction.atomic():
        item, part = lock_item(decision.item_id, by, at=at)
        current = ForumDecision.objects.select_for_update(of=("self",)).select_related("seat").get(id=decision.id)
        own = current.seat is not None and by.person is not None and current.seat.person_id == by.person
        need(leads(part) or own or acts_for(by, current.owner_id))
        if current.done_at is not None:
            raise DoneAlready
        current.done_at, current.done_words = at, words.strip()[:600]
        current.save(update_fields=["done_at", "done_words"])
        close_todos(ref=Ref("forum_item", item.id), by=by, at=at, reasons=("decision",))
        record("forums.decision_done", Ref("forum_item", item.id), by=by, at=at)
        tell_proposers(item, by=by, at=at)
    return current


def write_minutes(*, item: Item, text: str, version: int, by: Viewer, at: dt.datetime) -> Beside | None:
    """Write the minutes of an item on top of the version that was read.

    When another has written meanwhile, the text is kept beside theirs and returned: nothing is lost, and the two are
    made one by a person. The same text again changes nothing.
    """
    with transaction.atomic():
        current, part = lock_item(item.id, by, at=at)
        need(writes(part))
        being_held(current)
        if text == current.minutes:
            return None
        if version != current.minutes_version:
            kept = Beside.objects.filter(item=current, words=text, settled_at=None).first()
            if kept is None:
                kept = Beside.objects.create(item=current, words=text, written_by=by.called, written_at=at)
                tell_meeting(current.meeting)
            return kept
        current.minutes, current.minutes_version = text, current.minutes_version + 1
        current.save(update_fields=["minutes", "minutes_version"])
        tell_meeting(current.meeting)
        record("forums.write_minutes", Ref("forum_item", current.id), by=by, at=at)
    return None


def settle_beside(*, beside: Beside, take: bool, by: Viewer, at: dt.datetime) -> Item:
    """Put a text that was kept beside the minutes into them, at the end; or leave it out."""
    with transaction.atomic():
        current, part = lock_item(beside.item_id, by, at=at)
        need(writes(part))
        if current.meeting is not None and current.meeting.approved_at is not None:
            raise MinutesApproved
        one = Beside.objects.select_for_update(of=("self",)).get(id=beside.id)
        if one.settled_at is None:
            one.settled_at = at
            one.save(update_fields=["settled_at"])
            if take:
                current.minutes = f"{current.minutes}\n\n{one.words}".strip()
                current.minutes_version += 1
                current.save(update_fields=["minutes", "minutes_version"])
            tell_meeting(current.meeting)
            record("forums.write_minutes", Ref("forum_item", current.id), by=by, at=at)
    return current
