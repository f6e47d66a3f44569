"""What the acts have in common: the lock, the step written down and told, and what is due on the owner's desk."""

import datetime as dt
import uuid
from collections.abc import Sequence

from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.operation.lending.enums import State, StepKind
from samtun.operation.lending.models import Booking, BookingStep, Lendable
from samtun.operation.lending.notices import BookingTold, TimeFreed
from samtun.operation.lending.queries import whom_to_tell
from samtun.operation.lending.rules import ANSWERED_WITHIN, GOES_ON, lends
from samtun.partners.organisations.queries import opening_hours_of
from samtun.work.todos.actions import close_todos, open_todo

ENDED = frozenset({State.RETURNED, State.DECLINED, State.CANCELLED, State.GIVEN_BACK})
KEPT = dt.timedelta(days=365)


class NotThatStepNow(Refused):
    """That cannot be done now. Look at what stands, and take the step that comes next."""


class WriteWhy(Refused):
    """Write a few words: they are what the other reads."""


class TooLong(Refused):
    """Make it a little shorter, so that there is room for it."""


def kept(lendable_id: uuid.UUID) -> Lendable:
    """Return a thing, its bookings kept from others until the act is done: two never look at the same moment."""
    rows = Lendable.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("owner").get(id=lendable_id)


def locked(booking: Booking) -> Booking:
    """Return a booking as it stands now, its thing kept from others first."""
    thing = kept(booking.lendable_id)
    rows = Booking.objects.select_for_update(of=("self",)).select_related("for_owner", "contact")
    found = rows.get(id=booking.id)
    found.lendable = thing
    return found


def lender_only(by: Viewer, row: Booking) -> None:
    """See that it is an act of those who lend it out; NotYours otherwise."""
    if not lends(by, row.lendable.owner_id):
        raise NotYours


def said(words: str, most: int = 400, *, may_be_empty: bool = False) -> str:
    """Return words without space around; WriteWhy when there are none, TooLong when there are too many."""
    text = words.strip()
    if not text and not may_be_empty:
        raise WriteWhy
    if len(text) > most:
        raise TooLong
    return text


def go_to(row: Booking, state: State, *, at: dt.datetime) -> None:
    """Take a booking on to a state; NotThatStepNow when it does not follow from where it is."""
    if state not in GOES_ON[State(row.state)]:
        raise NotThatStepNow
    row.state = state
    row.ended_at = at if state in ENDED else None
    row.save(update_fields=["state", "ended_at"])


def note(
    row: Booking, kind: StepKind, *, by: Viewer, at: dt.datetime, words: str = "", dates: int = 1, tell: bool = False
) -> BookingStep:
    """Write down a step; `tell` those who borrow on their own channel, never of what they did themselves."""
    who = "" if by.is_system or not by.name else by.who
    step = BookingStep.objects.create(booking=row, kind=kind, at=at, by_words=who[:160], words=words[:400], dates=dates)
    if tell and (row.finishes_at > at or kind == StepKind.RETURNED):
        send(step, row, by=by, at=at)
    return step


def send(step: BookingStep, row: Booking, *, by: Viewer, at: dt.datetime) -> None:
    """Put a step into the outbox to those who borrow."""
    notice = TimeFreed if step.kind == StepKind.FREED else BookingTold
    for person in whom_to_tell(row, at=at):
        if person != by.person:
            queue(
                notice=notice, ref_kind="booking_step", ref_id=step.id, to=person, owner=row.lendable.owner_id,
                by=by, at=at,
            )  # fmt: skip


def desk(rows: Sequence[Booking], *, by: Viewer, at: dt.datetime) -> None:
    """See that a batch is due for an answer on the owner's desk as long as some of it is asked for, once."""
    asked = [row for row in rows if row.state == State.ASKED]
    for row in rows:
        if not asked or row.id != asked[0].id:
            close_todos(ref=Ref("booking", row.id), by=by, at=at, reasons=("answer_booking",))
    if asked:
        first, owner = asked[0], asked[0].lendable.owner_id
        days = ANSWERED_WITHIN.read(wall(at).date())
        open_todo(
            ref=Ref("booking", first.id), reason="answer_booking", about=first.lendable.name[:120],
            due=opening_hours_of(owner).after_days(wall(at), days), owner=owner, audience=Permission.PUBLISH, at=at,
        )  # fmt: skip


def forget_later(rows: Sequence[Booking], *, at: dt.datetime) -> None:
    """See that who it was is erased a year after the last of a batch is over."""
    last = max(rows, key=lambda row: row.finishes_at)
    wait = int((last.finishes_at + KEPT - at).total_seconds()) + 1
    defer("lending.erase", booking_id=last.id, schedule_in=wait)
