"""The owner answers one who asks: yes to all that was asked for at once, or no with a way on."""

import datetime as dt

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.refs import Ref
from samtun.operation.lending.actions.booking import TimeTaken, hold
from samtun.operation.lending.actions.telling import (
    NotThatStepNow,
    desk,
    go_to,
    lender_only,
    locked,
    note,
    said,
)
from samtun.operation.lending.enums import State, StepKind
from samtun.operation.lending.models import Booking
from samtun.operation.lending.queries import batch_of, nearest, taken
from samtun.operation.lending.rules import Slot, said_times


def accept(*, booking: Booking, by: Viewer, at: dt.datetime, words: str = "", leave_out: bool = False) -> list[Booking]:
    """Say yes to all of a batch that is asked for. `leave_out`: times that another has got meanwhile get a no.

    TimeTaken says which those are when they are not to be left out; nothing is done then.
    """
    text = said(words, may_be_empty=True)
    with transaction.atomic():
        rows = _asked(booking, by)
        slots = [Slot.from_booking(row) for row in rows]
        lost = taken(rows[0].lendable, slots)
        if lost and (not leave_out or len(lost) == len(slots)):
            raise TimeTaken(lost, nearest(rows[0].lendable, lost[0], at=at))
        yes = [row for row, slot in zip(rows, slots, strict=True) if slot not in lost]
        no = [row for row, slot in zip(rows, slots, strict=True) if slot in lost]
        for row in yes:
            hold(row, at=at)
        for row in no:
            go_to(row, State.DECLINED, at=at)
        record("lending.accept", Ref("booking", yes[0].id), by=by, at=at)
        note(yes[0], StepKind.BOOKED, by=by, at=at, words=text, dates=len(yes), tell=True)
        if no:
            missing = said_times(lost)
            note(no[0], StepKind.DECLINED, by=by, at=at, words=missing, dates=len(no), tell=True)
        desk(rows, by=by, at=at)
    return rows


def decline(*, booking: Booking, words: str, by: Viewer, at: dt.datetime) -> list[Booking]:
    """Say no to all of a batch that is asked for, with why and what else could be done."""
    text = said(words)
    with transaction.atomic():
        rows = _asked(booking, by)
        for row in rows:
            go_to(row, State.DECLINED, at=at)
        record("lending.decline", Ref("booking", rows[0].id), by=by, at=at)
        note(rows[0], StepKind.DECLINED, by=by, at=at, words=text, dates=len(rows), tell=True)
        desk(rows, by=by, at=at)
    return rows


def _asked(booking: Booking, by: Viewer) -> list[Booking]:
    """Return what is asked for in the same act as a booking, kept; NotThatStepNow when nothing is."""
    first = locked(booking)
    lender_only(by, first)
    keys = [row.id for row in batch_of(first) if row.state == State.ASKED]
    rows = Booking.objects.select_for_update(of=("self",)).select_related("for_owner", "contact")
    found = list(rows.filter(id__in=keys, state=State.ASKED).order_by("begins_at", "id"))
    if not found:
        raise NotThatStepNow
    for row in found:
        row.lendable = first.lendable
    return found
