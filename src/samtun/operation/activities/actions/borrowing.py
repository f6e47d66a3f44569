"""Halls and things are booked with what they are needed for, in the same act, and given back when it is called off."""

import datetime as dt
import uuid
from collections.abc import Sequence

from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.refs import Ref
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.lending.actions.booking import Borrower, Terms, book
from samtun.operation.lending.actions.handing import give_back
from samtun.operation.lending.enums import State
from samtun.operation.lending.models import Booking, Lendable
from samtun.operation.lending.rules import Slot

MOST_TIMES = 26
"""So many of the coming times are booked at once: half a year of weeks."""


def borrow(
    activity: Activity, things: Sequence[Lendable], *, sent_key: uuid.UUID, by: Viewer, at: dt.datetime
) -> None:  # fmt: skip
    """Book things for the coming times of an activity, inside the caller's act: all of it holds, or none.

    `TimeTaken` when another has one of the times.
    """
    ahead = Occurrence.objects.filter(activity=activity, on__gte=wall(at).date(), state__in=["planned", "pencil"])
    slots = [Slot.of(row.on, row.at, row.to) for row in ahead.order_by("on")[:MOST_TIMES]]
    terms = Terms(what=activity.title, ref=Ref("programme", activity.id))
    for thing in things if slots else ():
        book(
            lendable=thing, slots=slots, borrower=Borrower(activity.owner), by=_borrows(by, activity.owner_id), at=at,
            sent_key=uuid.uuid5(sent_key, str(thing.id)), terms=terms,
        )  # fmt: skip


def give_back_for(row: Occurrence, *, by: Viewer, at: dt.datetime) -> None:
    """Give back what was booked for one time that is not held after all."""
    booked = Booking.objects.filter(
        ref_kind="programme", ref_id=row.activity_id, begins_at=row.starts_at, state=State.BOOKED
    )
    for one in booked.order_by("id"):
        give_back(booking=one, whole=False, by=_borrows(by, row.activity.owner_id), at=at)


def _borrows(by: Viewer, owner: uuid.UUID) -> Viewer:
    """Return who borrows for an owner: whoever acts, or the system where the centre writes for those who ring."""
    return by if owner in by.owners or by.is_system else Viewer.system(by.tenant, frozenset({owner}))
