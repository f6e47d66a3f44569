"""The key is handed over and comes back; a booking is cancelled, or given back so that others can have the time."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.operation.lending.actions.telling import (
    NotThatStepNow,
    desk,
    go_to,
    lender_only,
    locked,
    note,
    said,
    send,
)
from samtun.operation.lending.enums import Condition, State, StepKind
from samtun.operation.lending.models import Booking
from samtun.operation.lending.notices import SeasonFreed
from samtun.operation.lending.queries import batch_of, first_until, lacking_of, taken, whom_to_tell_of
from samtun.operation.lending.rules import Slot, borrows, lends
from samtun.partners.organisations.queries import opening_hours_of
from samtun.work.todos.actions import open_todo


def hand_over(*, booking: Booking, by: Viewer, at: dt.datetime) -> Booking:
    """Note that the key or the thing is handed over."""
    with transaction.atomic():
        row = locked(booking)
        lender_only(by, row)
        go_to(row, State.HANDED_OVER, at=at)
        record("lending.hand_over", Ref("booking", row.id), by=by, at=at)
        note(row, StepKind.HANDED_OVER, by=by, at=at)
    return row


def take_back(*, booking: Booking, condition: Condition, words: str, by: Viewer, at: dt.datetime) -> Booking:
    """Note that it has come back and how it was; what is broken is something to do for the owner."""
    text = said(words, may_be_empty=condition == Condition.FINE)
    with transaction.atomic():
        row = locked(booking)
        lender_only(by, row)
        early = row.finishes_at > at
        go_to(row, State.RETURNED, at=at)
        row.condition = condition
        row.save(update_fields=["condition"])
        record("lending.take_back", Ref("booking", row.id), by=by, at=at)
        note(row, StepKind.RETURNED, by=by, at=at, words=text, tell=condition == Condition.BROKEN)
        if condition == Condition.BROKEN:
            owner = row.lendable.owner_id
            open_todo(
                ref=Ref("lendable", row.lendable_id), reason="thing_broken", about=row.lendable.name[:120],
                due=opening_hours_of(owner).after_days(wall(at), 1), owner=owner, audience=Permission.PUBLISH, at=at,
            )  # fmt: skip
        if early:
            _freed(row, by=by, at=at)
    return row


def cancel(
    *, booking: Booking, words: str, whole: bool, by: Viewer, at: dt.datetime, vouched: bool = False,
    tell: bool = True, unties: bool = False,
) -> list[Booking]:  # fmt: skip
    """Cancel a booking, or the whole batch from there on. The owner says why; the record stays.

    `vouched`: a room above has seen that they act for those who borrow it.
    """
    with transaction.atomic():
        row = locked(booking)
        lent, ours = lends(by, row.lendable.owner_id), vouched or _ours(row, by)
        if not lent and not ours:
            raise NotYours
        text = said(words, may_be_empty=ours)
        rows = [r for r in _from_here(row, whole=whole) if r.state in {State.ASKED, State.WAITING, State.BOOKED}]
        if not rows:
            raise NotThatStepNow
        held = [r for r in rows if r.state == State.BOOKED]
        for one in rows:
            go_to(one, State.CANCELLED, at=at)
        _untie(rows if unties else ())
        record("lending.cancel", Ref("booking", row.id), by=by, at=at)
        note(rows[0], StepKind.CANCELLED, by=by, at=at, words=text, dates=len(rows), tell=tell)
        desk(batch_of(row), by=by, at=at)
        if vouched or (ours and not lent):
            for one in held:
                _freed(one, by=by, at=at)
    return rows


def give_back(
    *, booking: Booking, whole: bool, by: Viewer, at: dt.datetime, vouched: bool = False, tell: bool = True,
    unties: bool = False,
) -> list[Booking]:  # fmt: skip
    """Give back time that is not needed, one date or the rest of the batch; who waits for it hears.

    Of a season those hear first who got less than they wished for, and have first right to it; the others a day later.
    `unties`: what it was booked for is held at another time now, and it is no longer for that. `vouched` as in cancel.
    """
    with transaction.atomic():
        row = locked(booking)
        if not vouched and not _ours(row, by) and not lends(by, row.lendable.owner_id):
            raise NotYours
        rows = [r for r in _from_here(row, whole=whole) if r.state == State.BOOKED and r.finishes_at > at]
        if not rows:
            raise NotThatStepNow
        for one in rows:
            go_to(one, State.GIVEN_BACK, at=at)
        _untie(rows if unties else ())
        record("lending.give_back", Ref("booking", row.id), by=by, at=at)
        step = note(rows[0], StepKind.GIVEN_BACK, by=by, at=at, dates=len(rows), tell=tell)
        if lacking := lacking_of(row):
            for line in lacking:
                for person in whom_to_tell_of(line.club, at=at):
                    queue(
                        notice=SeasonFreed, ref_kind="booking_step", ref_id=step.id, to=person,
                        owner=row.lendable.owner_id, by=by, at=at,
                    )  # fmt: skip
            for one in rows:
                wait = int((first_until(one) - at).total_seconds()) + 1
                defer("lending.freed", booking_id=one.id, schedule_in=wait)
        else:
            for one in rows:
                _freed(one, by=by, at=at)
    return rows


def freed_for_all(*, booking: Booking, by: Viewer, at: dt.datetime) -> None:
    """Tell everyone else who waits that a time given back is free, when first right to it is over; none has it yet."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        row = locked(booking)
        if row.state == State.GIVEN_BACK and row.begins_at > at and not taken(row.lendable, [Slot.from_booking(row)]):
            _freed(row, by=by, at=at)


def _untie(rows: Sequence[Booking]) -> None:
    for one in rows:
        one.ref_kind, one.ref_id = "", None
        one.save(update_fields=["ref_kind", "ref_id"])


def _ours(row: Booking, by: Viewer) -> bool:
    return row.for_owner_id is not None and borrows(by, row.for_owner_id)


def _from_here(row: Booking, *, whole: bool) -> list[Booking]:
    """Return a booking, or it and those of its batch that come after, kept."""
    if not whole:
        return [row]
    keys = [r.id for r in batch_of(row) if r.begins_at >= row.begins_at]
    rows = Booking.objects.select_for_update(of=("self",)).select_related("for_owner", "contact")
    found = list(rows.filter(id__in=keys).order_by("begins_at", "id"))
    for one in found:
        one.lendable = row.lendable
    return found


def _freed(row: Booking, *, by: Viewer, at: dt.datetime) -> None:
    """Tell those who wait for the time, and those who got a no because of it, that it is free."""
    near = Booking.objects.filter(
        Q(state=State.WAITING) | Q(state=State.DECLINED), lendable=row.lendable_id, begins_at__gt=at,
        begins_at__lt=row.held_until, held_until__gt=row.begins_at,
    )  # fmt: skip
    for other in near.exclude(sent_key=row.sent_key).select_related("for_owner", "contact").order_by("made_at", "id"):
        other.lendable = row.lendable
        step = note(other, StepKind.FREED, by=Viewer.system(by.tenant), at=at)
        send(step, other, by=by, at=at)
