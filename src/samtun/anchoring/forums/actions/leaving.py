"""What an organisation that leaves takes with it."""

import datetime as dt

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from samtun.anchoring.forums.actions.items import settle
from samtun.anchoring.forums.actions.making import close, end_seat, standing
from samtun.anchoring.forums.actions.meeting import cancel_meeting
from samtun.anchoring.forums.enums import AHEAD, OPEN, ItemState
from samtun.anchoring.forums.models import Forum, Item, Meeting, Seat
from samtun.foundation.audit import record
from samtun.foundation.models import Municipality, Owner
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref


def owner_left(*, owner: Owner, by: Viewer, at: dt.datetime) -> None:
    """End the forums that an owner called, with an answer to what waits there, and the seats held on its behalf."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        for row in Seat.objects.filter(on_behalf=owner, ended_at=None, forum__ended_at=None).order_by("id"):
            end_seat(seat=row, by=by, at=at)
        for meeting in Meeting.objects.filter(forum__owner=owner, state__in=AHEAD).order_by("id"):
            cancel_meeting(meeting=meeting, by=by, at=at)
        for forum in Forum.objects.filter(owner=owner, ended_at=None).order_by("id"):
            found = standing(forum.id)
            _answer_what_waits(found, by=by, at=at)
            close(found, by=by, at=at)


def _answer_what_waits(forum: Forum, *, by: Viewer, at: dt.datetime) -> None:
    """Turn down what waits, so that whoever proposed it knows that nobody decides it here."""
    with translation.override(Municipality.objects.get(id=current_tenant()).language):
        words = gettext("The forum has ended.")
    rows = Item.objects.select_for_update(of=("self",)).filter(forum=forum, state__in=OPEN)
    rows = rows.select_related("forum", "from_owner")
    for item in rows.order_by("id"):
        settle(item, ItemState.TURNED_DOWN, words=words, by=by, at=at)
        record("forums.turned_down", Ref("forum_item", item.id), by=by, at=at)
