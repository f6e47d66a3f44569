"""Bookings, for those who lend and those who borrow."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from samtun.foundation import exports, recipients, refs
from samtun.foundation.audit import saw
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.operation.lending.enums import HOLDS, OPEN, State
from samtun.operation.lending.models import Booking, BookingStep
from samtun.operation.lending.queries.taking_out import tables
from samtun.operation.lending.rules import Slot, Span, borrows, sees_lent
from samtun.partners.organisations.queries import who_answers_for
from samtun.people.persons.models import Person

RELATED = ("lendable__owner", "for_owner", "contact")
MOST = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A booking on a list, with how many dates were asked for at once, and whether others ask for the same time."""

    row: Booking
    slot: Slot
    dates: int
    last: dt.date
    others: int

    @property
    def who(self) -> str:
        """Who borrows it."""
        return who_borrows(self.row)


def who_borrows(row: Booking) -> str:
    """Return who has a booking, in words: the organisation, else the person."""
    if row.for_owner:
        return row.for_owner.name
    return row.contact.full_name if row.contact else ""


def title_of(row: Booking) -> str:
    """Return what a booking is called where no name must stand."""
    return f"{row.lendable.name}, {Slot.from_booking(row)}"


def booking_for(viewer: Viewer, booking: uuid.UUID) -> Booking:
    """Return one for those who lend it out or borrow it, who is behind it logged as shown; NotYours otherwise."""
    found = Booking.objects.select_related(*RELATED).filter(id=booking).first()
    if found is None or not _sees(viewer, found):
        raise NotYours
    saw(found.contact_id)
    return found


def _sees(viewer: Viewer, row: Booking) -> bool:
    lent = sees_lent(viewer, row.lendable.owner_id)
    return lent or (row.for_owner_id is not None and borrows(viewer, row.for_owner_id))


def batch_of(row: Booking) -> list[Booking]:
    """Return all that was booked in the same act of the same thing, by time."""
    rows = Booking.objects.filter(sent_key=row.sent_key, lendable=row.lendable_id).select_related(*RELATED)
    return list(rows.order_by("begins_at", "id"))


def asked_of(viewer: Viewer, *, at: dt.datetime) -> list[Line]:
    """Return what is asked for and waits for an answer, a line for each act; who asks is logged as listed."""
    return _lines(_lent(viewer).filter(state=State.ASKED, finishes_at__gte=at).order_by("made_at", "begins_at", "id"))


def arrives_today(viewer: Viewer, *, on: dt.date) -> list[Line]:
    """Return what is handed over or comes back on a day."""
    today = Q(on=on, state__in=[State.BOOKED, State.HANDED_OVER, State.RETURNED])
    back = Q(ends_on=on, state__in=[State.HANDED_OVER, State.RETURNED])
    return _each(_lent(viewer).filter(today | back).order_by("begins_at", "id"))


def late_of(viewer: Viewer, *, at: dt.datetime) -> list[Line]:
    """Return what should have come back."""
    return _each(_lent(viewer).filter(state=State.HANDED_OVER, finishes_at__lt=at).order_by("finishes_at", "id"))


def coming_of(viewer: Viewer, *, on: dt.date) -> list[Line]:
    """Return what is booked after a day, the first first."""
    return _each(_lent(viewer).filter(state__in=HOLDS, on__gt=on).order_by("begins_at", "id"))


def borrowed_by(viewer: Viewer, *, at: dt.datetime) -> list[Line]:
    """Return what the hat's owners borrow from now on, a line for each act."""
    rows = Booking.objects.filter(for_owner__in=viewer.owners, finishes_at__gte=at, state__in=[*OPEN, State.DECLINED])
    return _lines(rows.select_related(*RELATED).order_by("begins_at", "id"))


def _lent(viewer: Viewer) -> QuerySet[Booking]:
    return Booking.objects.filter(lendable__owner__in=viewer.owners).select_related(*RELATED)


def _each(rows: QuerySet[Booking]) -> list[Line]:
    """Return a line for each booking."""
    found = list(rows[:MOST])
    saw(*(row.contact_id for row in found), how="listed")
    return [Line(row, Slot.from_booking(row), 1, row.on, 0) for row in found]


def _lines(rows: QuerySet[Booking]) -> list[Line]:
    """Return a line for each act and state, the first of its dates standing for all."""
    together: dict[tuple[uuid.UUID, uuid.UUID, str], list[Booking]] = {}
    for row in rows[: MOST * 10]:
        together.setdefault((row.sent_key, row.lendable_id, row.state), []).append(row)
    groups = list(together.values())[:MOST]
    saw(*(group[0].contact_id for group in groups), how="listed")
    return [
        Line(group[0], Slot.from_booking(group[0]), len(group), group[-1].on, _others(group, groups))
        for group in groups
    ]


def _others(group: list[Booking], groups: list[list[Booking]]) -> int:
    """Return how many other acts ask for some of the same time."""
    if group[0].state != State.ASKED:
        return 0
    spans = [Span(row.begins_at, row.held_until) for row in group]
    return sum(
        any(Span(row.begins_at, row.held_until).over(span) for row in other for span in spans)
        for other in groups
        if other is not group and other[0].lendable_id == group[0].lendable_id and other[0].state == State.ASKED
    )


def steps_of(row: Booking) -> list[BookingStep]:
    """Return what has happened to all that was booked in the same act, the first first."""
    rows = BookingStep.objects.filter(booking__sent_key=row.sent_key, booking__lendable=row.lendable_id)
    return list(rows.select_related("booking").order_by("at", "id"))


def whom_to_tell(row: Booking, *, at: dt.datetime) -> list[uuid.UUID]:
    """Return who hears of a booking: the one we talk with, else those who answer for whoever borrows."""
    if row.contact_id:
        return [row.contact_id]
    return who_answers_for(row.for_owner_id, on=wall(at).date()) if row.for_owner_id else []


def _find(viewer: Viewer, booking: uuid.UUID) -> tuple[str, str] | None:
    found = Booking.objects.select_related("lendable").filter(id=booking).first()
    if found is None or not _sees(viewer, found):
        return None
    return title_of(found), reverse("booking", args=[found.id])


def _contact_gone(step_id: uuid.UUID) -> bool:
    """Tell whether the one who borrowed for themselves has died: nothing more is said of it."""
    row = BookingStep.objects.filter(id=step_id).values_list("booking__contact", "booking__for_owner").first()
    if row is None or row[0] is None or row[1] is not None:
        return False
    return Person.objects.filter(id=row[0], death_known_at__isnull=False).exists()


exports.register("lending", tables)
recipients.register_about("booking_step", _contact_gone)
refs.register(refs.RefKind("booking", _find))
