"""What the verbs of items share: an item locked for one who may, and the word to those who proposed it."""

import datetime as dt
import uuid

from django.db.models import F

from samtun.anchoring.forums.enums import ItemState, MeetingState
from samtun.anchoring.forums.events import ItemMoved
from samtun.anchoring.forums.models import Item, Meeting, PutOff
from samtun.anchoring.forums.notices import ItemCame
from samtun.anchoring.forums.queries import proposers
from samtun.anchoring.forums.rules import acts_for, part_of
from samtun.foundation import live
from samtun.foundation.events import publish
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for, queue
from samtun.partners.organisations.queries import speaks_for


class NotOnAgenda(Refused):
    """This item stands on no agenda. Put it on one first."""


class MinutesApproved(Refused):
    """The minutes are approved. They cannot be changed any more."""


class MeetingNotBegun(Refused):
    """The meeting has not begun. Say that it has, and then settle its items."""


def lock_item(item_id: uuid.UUID, by: Viewer, *, at: dt.datetime) -> tuple[Item, str]:
    """Return an item locked, with the viewer's part in its forum."""
    rows = Item.objects.select_for_update(of=("self",))
    found = rows.select_related("forum__owner", "from_owner", "meeting").get(id=item_id)
    return found, part_of(by, found.forum, on=wall(at).date())


def need(holds: bool) -> None:
    """Refuse as out of sight."""
    if not holds:
        raise NotYours


def being_held(item: Item) -> Meeting:
    """Return the meeting an item is dealt with in: it has begun, and its minutes are not approved."""
    if item.meeting is None:
        raise NotOnAgenda
    if item.meeting.approved_at is not None:
        raise MinutesApproved
    if item.meeting.state != MeetingState.HELD:
        raise MeetingNotBegun
    return item.meeting


def back_to_waiting(item: Item, meeting: Meeting, *, words: str, by: Viewer, at: dt.datetime) -> None:
    """Let an item wait for the next meeting; what was said of it stays in the minutes of this one."""
    PutOff.objects.create(item=item, meeting=meeting, words=words, minutes=item.minutes, made_at=at)
    item.state, item.meeting, item.on_agenda_at, item.minutes = ItemState.PROPOSED, None, None, ""
    item.minutes_version += 1
    item.save(update_fields=["state", "meeting", "on_agenda_at", "minutes", "minutes_version"])
    tell_meeting(meeting)
    moved(item, "put_off", by=by, at=at)


def tell_meeting(meeting: Meeting | None) -> None:
    """Tell those who have the meeting's page open that it is another now."""
    if meeting is not None:
        Meeting.objects.filter(id=meeting.id).update(version=F("version") + 1)
        version = Meeting.objects.values_list("version", flat=True).get(id=meeting.id)
        live.changed(Ref("forum_meeting", meeting.id), version)


def moved(item: Item, what: str, *, by: Viewer, at: dt.datetime) -> None:
    """Tell those who proposed an item, and the rooms above, that it has come a step."""
    tell_proposers(item, by=by, at=at)
    publish(
        ItemMoved(
            item=item.id, ref_kind=item.ref_kind, ref_id=str(item.ref_id or ""), what=what,
            on=wall(at).date().isoformat(),
        ),
        at=at,
    )  # fmt: skip


def tell_proposers(item: Item, *, by: Viewer, at: dt.datetime) -> None:
    """Tell who answers for those who proposed it how far it has come, each on their own channel (R04).

    Where nobody answers for them, who sits there for them hears. They do not hear of what they did themselves, and
    a message about an earlier step that has not gone out is not sent.
    """
    cancel_for(ref_kind="forum_item", ref_id=item.id, by=by, at=at)
    if acts_for(by, item.from_owner_id) and not by.is_system:
        return
    for person in proposers(item, on=wall(at).date()):
        if person != by.person:
            queue(
                notice=ItemCame, ref_kind="forum_item", ref_id=item.id, to=person, owner=speaks_for(item.from_owner),
                by=by, at=at,
            )  # fmt: skip
