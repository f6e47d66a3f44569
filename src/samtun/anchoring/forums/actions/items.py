"""Items: proposed, put on an agenda, put off, withdrawn; who was heard, and who stands down."""

import datetime as dt

from django.db import IntegrityError, transaction

from samtun.anchoring.forums.actions.making import NeedsWords, standing
from samtun.anchoring.forums.actions.stepping import (
    MinutesApproved,
    NotOnAgenda,
    back_to_waiting,
    lock_item,
    moved,
    need,
    tell_meeting,
)
from samtun.anchoring.forums.enums import AHEAD, OPEN, ItemState, MeetingState
from samtun.anchoring.forums.models import Beside, Forum, Hearing, Item, Meeting, Seat, StandDown
from samtun.anchoring.forums.rules import ANSWER_WITHIN, acts_for, desk_of, leads, sits_on, writes
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref
from samtun.partners.organisations.models import Organisation
from samtun.partners.organisations.queries import opening_hours_of
from samtun.work.todos.actions import close_todos, open_todo


class SettledAlready(Refused):
    """This item is settled. Propose it anew if it is to be taken up again."""


class OnAgendaAlready(Refused):
    """This item stands on an agenda already."""


class NotThisForum(Refused):
    """That meeting is not this forum's, or is over. Choose another."""


class NotSeated(Refused):
    """Only one who sits in the forum can stand down."""


class StoodDownAlready(Refused):
    """That is written down already."""


def propose_item(
    *, forum: Forum, ref: Ref | None, title: str, words: str, from_owner: Owner, by: Viewer, at: dt.datetime
) -> Item:
    """Propose an item on an owner's behalf, about a thing or about none; to be answered within the opening days (R04).

    The one who proposes acts for the owner, or sits in the forum for it.
    """
    if not title.strip():
        raise NeedsWords
    with transaction.atomic():
        found = standing(forum.id)
        today = wall(at).date()
        mine = Seat.objects.filter(sits_on(today), forum=found, person=by.person, on_behalf=from_owner)
        need(acts_for(by, from_owner.id) or (by.person is not None and mine.exists()))
        made = Item.objects.create(
            forum=found, ref_kind=ref.kind if ref else "", ref_id=ref.id if ref else None, about_owner=_owner_of(ref),
            title=title.strip()[:120], words=words.strip(), proposed_by=by.called,
            from_owner=from_owner, proposed_at=at,
            answer_by=opening_hours_of(found.owner_id).after_days(wall(at), ANSWER_WITHIN),
        )  # fmt: skip
        record("forums.propose", Ref("forum_item", made.id), by=by, at=at)
        open_todo(
            ref=Ref("forum_item", made.id), reason="answer", about=found.name, due=made.answer_by,
            owner=found.owner_id, audience=desk_of(found.owner), at=at,
        )  # fmt: skip
    return made


def _owner_of(ref: Ref | None) -> Owner | None:
    """Return whom an item is about when it is about an organisation: whose holders of hats are affected (R15)."""
    if ref is None or ref.kind != "organisation":
        return None
    found = Organisation.objects.filter(id=ref.id).select_related("owner").first()
    return found.owner if found else None


def put_on_agenda(*, item: Item, meeting: Meeting, by: Viewer, at: dt.datetime) -> Item:
    """Put a proposed item on the agenda of a meeting ahead."""
    with transaction.atomic():
        current, part = lock_item(item.id, by, at=at)
        need(leads(part))
        _open(current)
        if current.state == ItemState.ON_AGENDA:
            raise OnAgendaAlready
        found = Meeting.objects.select_for_update(of=("self",)).get(id=meeting.id)
        if found.forum_id != current.forum_id or not (found.state in AHEAD or _is_going_on(found)):
            raise NotThisForum
        current.state, current.meeting, current.on_agenda_at = ItemState.ON_AGENDA, found, at
        current.save(update_fields=["state", "meeting", "on_agenda_at"])
        tell_meeting(found)
        record("forums.put_on_agenda", Ref("forum_item", current.id), by=by, at=at, on=found.on.isoformat())
        moved(current, "on_agenda", by=by, at=at)
    return current


def _is_going_on(meeting: Meeting) -> bool:
    return meeting.state == MeetingState.HELD and meeting.approved_at is None


def _open(item: Item) -> None:
    if item.state not in OPEN:
        raise SettledAlready


def put_off(*, item: Item, words: str, by: Viewer, at: dt.datetime) -> Item:
    """Put an item off: it waits for the next meeting, and what was said stays in the minutes of this one."""
    with transaction.atomic():
        current, part = lock_item(item.id, by, at=at)
        need(leads(part))
        _open(current)
        if current.meeting is None:
            raise NotOnAgenda
        if current.meeting.approved_at is not None:
            raise MinutesApproved
        for one in Beside.objects.filter(item=current, settled_at=None).order_by("written_at", "id"):
            current.minutes = f"{current.minutes}\n\n{one.words}".strip()
            one.settled_at = at
            one.save(update_fields=["settled_at"])
        back_to_waiting(current, current.meeting, words=words.strip()[:1000], by=by, at=at)
        record("forums.put_off", Ref("forum_item", current.id), by=by, at=at)
    return current


def withdraw(*, item: Item, words: str, by: Viewer, at: dt.datetime) -> Item:
    """Take an item back: those who proposed it, or who leads on their word."""
    with transaction.atomic():
        current, part = lock_item(item.id, by, at=at)
        need(leads(part) or acts_for(by, current.from_owner_id))
        _open(current)
        settle(current, ItemState.WITHDRAWN, words=words, by=by, at=at)
        record("forums.withdrawn", Ref("forum_item", current.id), by=by, at=at)
    return current


def settle(item: Item, state: ItemState, *, words: str, by: Viewer, at: dt.datetime) -> None:
    """Write down that an item is settled, and tell the rooms above."""
    item.state, item.settled_at, item.settled_words = state, at, words.strip()[:1000]
    item.save(update_fields=["state", "settled_at", "settled_words"])
    tell_meeting(item.meeting)
    close_todos(ref=Ref("forum_item", item.id), by=by, at=at, reasons=("answer",))
    moved(item, state, by=by, at=at)


def note_heard(*, item: Item, who: str, said: str, by: Viewer, at: dt.datetime) -> Hearing:
    """Write down who has been asked before it is decided, and what they said (R21). The same again is not written."""
    if not who.strip() or not said.strip():
        raise NeedsWords
    with transaction.atomic():
        current, part = lock_item(item.id, by, at=at)
        need(writes(part))
        _open(current)
        words = {"who": who.strip()[:160], "said": said.strip()[:1000]}
        if (same := Hearing.objects.filter(item=current, **words).first()) is not None:
            return same
        made = Hearing.objects.create(
            item=current, **words, noted_at=at,
            noted_by=by.called,
        )  # fmt: skip
        record("forums.note_heard", Ref("forum_item", current.id), by=by, at=at)
    return made


def say_unheard(*, item: Item, because: str, by: Viewer, at: dt.datetime) -> Item:
    """Write down why nobody was asked beforehand (R21)."""
    if not because.strip():
        raise NeedsWords
    with transaction.atomic():
        current, part = lock_item(item.id, by, at=at)
        need(leads(part))
        _open(current)
        current.unheard_because = because.strip()[:400]
        current.save(update_fields=["unheard_because"])
        record("forums.say_unheard", Ref("forum_item", current.id), by=by, at=at)
    return current


def stand_down(*, item: Item, seat: Seat, by: Viewer, at: dt.datetime) -> StandDown:
    """Write down that one stands down while the item is dealt with: the holder says so, or who writes notes it."""
    try:
        with transaction.atomic():
            current, part = lock_item(item.id, by, at=at)
            own = by.person is not None and seat.person_id == by.person and bool(part)
            need(own or writes(part))
            if current.state not in OPEN:
                raise SettledAlready
            today = wall(at).date()
            if not Seat.objects.filter(sits_on(today), id=seat.id, forum=current.forum_id).exists():
                raise NotSeated
            made = StandDown.objects.create(item=current, seat=seat, said_at=at)
            tell_meeting(current.meeting)
            record("forums.stand_down", Ref("forum_item", current.id), by=by, at=at)
    except IntegrityError as fault:
        raise StoodDownAlready from fault
    return made
