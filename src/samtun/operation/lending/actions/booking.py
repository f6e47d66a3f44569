"""A time is booked, asked for, or waited for. Two never have the same time: the database refuses the second."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.lending.actions.telling import desk, forget_later, go_to, kept, locked, note
from samtun.operation.lending.enums import State, StepKind, Via, Way
from samtun.operation.lending.models import Booking, Lendable
from samtun.operation.lending.models.bookings import NOT_TWICE
from samtun.operation.lending.queries import first_right, nearest, taken
from samtun.operation.lending.rules import Slot, borrows, check_times, held, lends, said_times
from samtun.people.persons.models import Person


class TimeTaken(Refused):
    """That time is taken. Choose another."""

    def __init__(self, times: Sequence[Slot], others: Sequence[Slot] = ()) -> None:
        self.times, self.others = list(times), list(others)
        words = gettext("Taken already: %(times)s.") % {"times": said_times(times)}
        if others:
            words += " " + gettext("Free nearby: %(times)s.") % {"times": said_times(others)}
        super().__init__(words)


class NotOffered(Refused):
    """It is not lent out now. Look at what else there is."""


class FirstRight(Refused):
    """It was just given back, and those who lacked time have it first. Try again tomorrow, or choose another time."""


class WhoIsIt(Refused):
    """Say who borrows it: an organisation, or a name."""


@dataclass(frozen=True, slots=True)
class Borrower:
    """Who borrows: an organisation's owner, or a person; `contact` is the one we talk with.

    `vouched`: a room above has seen that whoever books may do so for that owner.
    """

    owner: Owner | None = None
    contact: Person | None = None
    vouched: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """How a booking is made. `leave_out` the times that are taken; `waits` for a time that is, or is others' first.

    `ref` is what it is for in another room, `via` how it came in, `what` it is for in a few words. `quiet`: whoever
    books tells those who borrow.
    """

    what: str = ""
    via: Via = Via.WEB
    leave_out: bool = False
    waits: bool = False
    ref: Ref | None = None
    quiet: bool = False


def book(
    *, lendable: Lendable, slots: Sequence[Slot], borrower: Borrower, sent_key: uuid.UUID, by: Viewer, at: dt.datetime,
    terms: Terms | None = None,
) -> list[Booking]:  # fmt: skip
    """Book times of a thing, or ask for them where its owner answers; the same page sent twice is booked once.

    `TimeTaken` says which times another has, and what is free nearby; nothing is booked then. Whoever lends it out
    books without asking. The system never does as itself: only for one that lends it out. Rooms above call this in
    their own transaction: all of it holds, or none.
    """
    how = terms or Terms()
    _may(lendable, borrower, how, by)
    with transaction.atomic():
        thing = kept(lendable.id)
        if before := _before(thing, sent_key):
            return before
        if not thing.is_offered:
            raise NotOffered
        check_times(thing, slots, at=at)
        wanted, waiting = _free_of(thing, slots, how, at)
        state = State.WAITING if waiting else _after_first_right(thing, wanted, borrower, how, by, at)
        rows = _insert(thing, wanted, borrower, sent_key, how, state, at)
        ref = Ref("booking", rows[0].id)
        kind = StepKind(state)
        if state == State.BOOKED:
            record("lending.book", ref, by=by, at=at, via=how.via)
        else:
            record("lending.ask", ref, by=by, at=at, via=how.via)
        note(rows[0], kind, by=by, at=at, dates=len(rows), tell=state == State.BOOKED and not how.quiet)
        desk(rows, by=by, at=at)
        forget_later(rows, at=at)
    return rows


def _may(lendable: Lendable, borrower: Borrower, how: Terms, by: Viewer) -> None:
    if borrower.owner is None and borrower.contact is None:
        raise WhoIsIt
    if lends(by, lendable.owner_id):
        return
    ours = borrower.owner is not None and (borrower.vouched or borrows(by, borrower.owner.id))
    if not ours or how.via == Via.PHONE:
        raise NotYours


def _before(thing: Lendable, sent_key: uuid.UUID) -> list[Booking]:
    rows = Booking.objects.filter(sent_key=sent_key, lendable=thing).select_related("for_owner", "contact", "lendable")
    return list(rows.order_by("begins_at", "id"))


def _free_of(thing: Lendable, slots: Sequence[Slot], how: Terms, at: dt.datetime) -> tuple[list[Slot], bool]:
    """Return the times to book, and whether it is to wait for them; TimeTaken when somebody has some of them."""
    lost = taken(thing, slots)
    if not lost:
        return list(slots), False
    rest = [slot for slot in slots if slot not in lost]
    if how.leave_out and rest:
        return rest, False
    if how.waits and not rest:
        return list(slots), True
    raise _taken(thing, lost, at, alone=len(slots) == 1)


def _taken(thing: Lendable, lost: Sequence[Slot], at: dt.datetime, *, alone: bool) -> TimeTaken:
    return TimeTaken(lost, nearest(thing, lost[0], at=at) if alone else ())


def _after_first_right(
    thing: Lendable, slots: Sequence[Slot], borrower: Borrower, how: Terms, by: Viewer, at: dt.datetime
) -> State:  # fmt: skip
    """Return where a booking begins: whoever has first right has it at once, and others wait, but for the owner."""
    first, owner = first_right(thing, slots, at=at), borrower.owner
    if first and owner is not None and owner.id in first:
        return State.BOOKED
    lent = lends(by, thing.owner_id) or (borrower.vouched and owner is not None and owner.id == thing.owner_id)
    if first and not lent:
        if how.waits:
            return State.WAITING
        raise FirstRight
    return State.BOOKED if lent or thing.way == Way.AT_ONCE else State.ASKED


def _insert(
    thing: Lendable, slots: Sequence[Slot], borrower: Borrower, sent_key: uuid.UUID, how: Terms, state: State,
    at: dt.datetime,
) -> list[Booking]:  # fmt: skip
    """Write the rows; TimeTaken when the database knows better than we did."""
    rows = [
        Booking(
            lendable=thing, state=state, on=slot.on, starts=slot.starts, ends_on=slot.ends_on, ends=slot.ends,
            begins_at=slot.begins_at, finishes_at=slot.finishes_at, held_until=held(slot, thing).finishes,
            for_owner=borrower.owner, contact=borrower.contact, what=how.what.strip()[:120], via=how.via,
            ref_kind=how.ref.kind if how.ref else "", ref_id=how.ref.id if how.ref else None, made_at=at,
            sent_key=sent_key,
        )
        for slot in sorted(slots)
    ]  # fmt: skip
    try:
        with transaction.atomic():
            return Booking.objects.bulk_create(rows)
    except IntegrityError as error:
        if NOT_TWICE not in str(error):
            raise
        lost = taken(thing, slots) or list(slots)
        raise _taken(thing, lost, at, alone=len(slots) == 1) from error


def hold(row: Booking, *, at: dt.datetime) -> None:
    """Take a booking on to booked; TimeTaken when somebody else has the time."""
    slot = Slot.from_booking(row)
    if taken(row.lendable, [slot], but=[row.id]):
        raise _taken(row.lendable, [slot], at, alone=True)
    try:
        with transaction.atomic():
            go_to(row, State.BOOKED, at=at)
    except IntegrityError as error:
        if NOT_TWICE not in str(error):
            raise
        raise _taken(row.lendable, [slot], at, alone=True) from error


def claim(*, booking: Booking, by: Viewer, at: dt.datetime) -> Booking:
    """Take a time one has waited for, now that it is free; asked for where the owner answers. The first has it."""
    with transaction.atomic():
        row = locked(booking)
        lent = lends(by, row.lendable.owner_id)
        if not lent and not (row.for_owner_id and borrows(by, row.for_owner_id)):
            raise NotYours
        if row.begins_at < at or row.state != State.WAITING:
            raise NotOffered
        slot = Slot.from_booking(row)
        borrower = Borrower(row.for_owner, row.contact)
        if _after_first_right(row.lendable, [slot], borrower, Terms(), by, at) == State.BOOKED:
            hold(row, at=at)
            kind = StepKind.BOOKED
        else:
            if taken(row.lendable, [slot]):
                raise _taken(row.lendable, [slot], at, alone=True)
            go_to(row, State.ASKED, at=at)
            kind = StepKind.ASKED
        record("lending.claim", Ref("booking", row.id), by=by, at=at)
        note(row, kind, by=by, at=at, tell=kind == StepKind.BOOKED)
        desk([row], by=by, at=at)
    return row
