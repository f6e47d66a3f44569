"""Halls and things are booked with what they are needed for, in the same act, and given back when it is called off."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q

from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.lending.actions.booking import Borrower, Terms, book
from samtun.operation.lending.actions.handing import cancel, give_back
from samtun.operation.lending.enums import OPEN, Kind, State
from samtun.operation.lending.models import Booking, Lendable
from samtun.operation.lending.rules import Slot

MOST_TIMES = 26
"""So many of the coming times are booked at once: half a year of weeks."""


@dataclass(frozen=True, slots=True)
class Before:
    """When and where a time was, before it was moved."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    place: tuple[uuid.UUID | None, str]

    @classmethod
    def of(cls, row: Occurrence) -> "Before":
        """Return it as it stands on the row."""
        return cls(row.starts_at, row.ends_at, (row.place_id, row.where))


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
    """Give back what was booked for one time that is not held after all, and ask no more for what was asked for."""
    for one in _of(row.activity, row.starts_at, OPEN):
        if one.finishes_at > at:
            _let_go(one, by=_borrows(by, row.activity.owner_id), at=at)


def follow(row: Occurrence, before: Before, *, by: Viewer, at: dt.datetime) -> None:
    """Let what was booked for a time follow it, inside the caller's act; `TimeTaken` when another has it then.

    Things come along to the new time. A hall does too while it is held there; when it is held elsewhere the old hall is
    given back, and the hall of the new place is booked where it is one that is lent out.
    """
    if before.starts_at <= at:
        return
    moved = (before.starts_at, before.ends_at) != (row.starts_at, row.ends_at)
    left = before.place != (row.place_id, row.where)
    if not moved and not left:
        return
    who, now_at = _borrows(by, row.activity.owner_id), _hall_at(row) if left else None
    for one in _of(row.activity, before.starts_at, OPEN):
        is_hall = one.lendable.kind == Kind.HALL
        goes = left and is_hall and one.lendable != now_at
        if not goes and not moved:
            continue
        _let_go(one, by=who, at=at, is_moved=True, tell=goes and now_at is None)
        thing = now_at if goes else one.lendable
        if thing is not None:
            _book_one(row, thing, who, at=at)


def book_again(row: Occurrence, *, by: Viewer, at: dt.datetime) -> None:
    """Book again what was given back when a time was called off; what another has got is waited for."""
    ended = _of(row.activity, row.starts_at, (State.GIVEN_BACK, State.CANCELLED))
    last = [one for one in ended if one.ended_at == ended[0].ended_at]
    for thing in {one.lendable_id: one.lendable for one in last}.values():
        _book_one(row, thing, _borrows(by, row.activity.owner_id), at=at, waits=True)


def lacks(row: Occurrence) -> list[str]:
    """Return the halls and things that somebody else has then, and that are waited for."""
    return [one.lendable.name for one in _of(row.activity, row.starts_at, (State.WAITING,))]


def _of(activity: Activity, begins: dt.datetime, states: Collection[State]) -> list[Booking]:
    rows = Booking.objects.filter(ref_kind="programme", ref_id=activity.id, begins_at=begins, state__in=states)
    return list(rows.select_related("lendable__owner", "for_owner", "contact").order_by("-ended_at", "id"))


def _let_go(one: Booking, *, by: Viewer, at: dt.datetime, is_moved: bool = False, tell: bool = True) -> None:
    if one.state == State.BOOKED:
        give_back(booking=one, whole=False, by=by, at=at, tell=tell, unties=is_moved)
    elif one.state in {State.ASKED, State.WAITING}:
        cancel(booking=one, words="", whole=False, by=by, at=at, unties=is_moved)


def _book_one(row: Occurrence, thing: Lendable, by: Viewer, *, at: dt.datetime, waits: bool = False) -> None:
    if row.starts_at <= at or not thing.is_offered:
        return
    terms = Terms(what=row.title, ref=Ref("programme", row.activity_id), waits=waits)
    book(
        lendable=thing, slots=[Slot.of(row.on, row.at, row.to)], borrower=Borrower(row.activity.owner), by=by, at=at,
        sent_key=uuid7(), terms=terms,
    )  # fmt: skip


def _hall_at(row: Occurrence) -> Lendable | None:
    """Return the hall that is lent out under the name of the place where it is held; None where there is none."""
    rows = Lendable.objects.filter(kind=Kind.HALL, is_offered=True, name__iexact=row.place_name)
    if row.place is not None:
        rows = rows.filter(Q(village=None) | Q(village=row.place.village_id))
    return rows.order_by("id").first() if row.place_name else None


def _borrows(by: Viewer, owner: uuid.UUID) -> Viewer:
    """Return who borrows for an owner: whoever acts, or the system where the centre writes for those who ring."""
    return by if owner in by.owners or by.is_system else Viewer.system(by.tenant, frozenset({owner}))
