"""Who pays how, for the cashier alone; what one's own card holds; and what may be told of a month (R49, R80)."""

import calendar
import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Sum

from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.small import Told, tell
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations.enums import THEMSELVES, Pays
from samtun.operation.registrations.models import Attendance, Clip, Registration, Settled, Takings, Till
from samtun.operation.registrations.queries.standing import lines_of
from samtun.operation.registrations.rules import COUNTED_AFTER, HOLDS_PLACE, KEPT, holds_till, reference_of
from samtun.people.persons.models import Person
from samtun.people.persons.queries import everyone_of

AHEAD = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class CashLine:
    """One who pays for a time: how, whether they came, what is to come in, and whether it has."""

    row: Registration
    time: Occurrence
    came: bool | None
    is_due: bool
    is_settled: bool
    reference: str
    left: int | None


@dataclass(frozen=True, slots=True)
class Card:
    """What is left on somebody's clip card; under nothing is what they have come without clips for."""

    person: Person
    left: int

    @property
    def boxes(self) -> range:
        """Return one box to cross off on paper for each clip that is left."""
        return range(max(self.left, 0))


@dataclass(frozen=True, slots=True)
class Paying:
    """What one sees oneself of how one pays: the way, one's card, the number to pay to, one's reference.

    `hides_card` is that nothing is told of the card yet, whether there is one or not.
    """

    pays: str
    left: int | None
    had_card: bool
    number: str
    reference: str
    hides_card: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """That it is in order for a time. `amount` is øre, only of what was paid by themselves; how is not told."""

    names: list[str]
    amount: int | None


def till_owner(viewer: Viewer) -> Owner:
    """Return whose till a cashier keeps; NotYours for everybody else."""
    owner = Owner.objects.filter(id__in=viewer.owners).order_by("name", "id").first()
    if owner is None or not holds_till(viewer, owner.id):
        raise NotYours
    return owner


def till_of(owner: uuid.UUID) -> Till:
    """Return what is written at a till; as it is to begin with when nothing is."""
    return Till.objects.filter(owner=owner).first() or Till(owner_id=owner)


def cash(viewer: Viewer, occurrence: Occurrence) -> list[CashLine]:
    """Return who pays how for a time, by name, for the cashier of who holds it and nobody else."""
    if not holds_till(viewer, occurrence.activity.owner_id):
        raise NotYours
    rows = lines_of(occurrence.activity, occurrence).filter(state__in=HOLDS_PLACE, erased_at=None).exclude(pays="")
    found = list(rows.select_related("contact", "person").order_by("name", "id"))
    came = dict(Attendance.objects.filter(occurrence=occurrence).values_list("registration", "came"))
    settled = set(Settled.objects.filter(occurrence=occurrence, is_settled=True).values_list("registration", flat=True))
    left = _left(occurrence.activity.owner_id)
    return [
        CashLine(
            row=row, time=occurrence, came=came.get(row.id), is_due=row.pays in THEMSELVES,
            is_settled=row.id in settled, reference=_reference(row, occurrence),
            left=left.get(row.contact_id or row.person_id, 0) if row.pays == Pays.CLIP else None,
        )
        for row in found
    ]  # fmt: skip


def _reference(row: Registration, occurrence: Occurrence) -> str:
    return reference_of(row.id, occurrence.id) if row.pays == Pays.INVOICE else ""


def _left(owner: uuid.UUID) -> dict[uuid.UUID | None, int]:
    rows = Clip.objects.filter(owner=owner, person__isnull=False).values("person").order_by("person")
    return dict(rows.annotate(left=Sum("change")).values_list("person", "left"))


def left_on(person: uuid.UUID, owner: uuid.UUID) -> int:
    """Return what is left on somebody's clip card at an owner's; what is missing is under nothing."""
    rows = Clip.objects.filter(owner=owner, person__in=everyone_of(person))
    return rows.aggregate(left=Sum("change"))["left"] or 0


def cards(viewer: Viewer, owner: uuid.UUID) -> list[Card]:
    """Return every clip card at a till, those that lack clips first."""
    if not holds_till(viewer, owner):
        raise NotYours
    left = _left(owner)
    people = Person.objects.in_bulk([key for key in left if key])
    found = [Card(people[key], number) for key, number in left.items() if key in people]
    return sorted(found, key=lambda one: (one.left >= 0, one.person.full_name))


def card_of(viewer: Viewer, owner: uuid.UUID, person: uuid.UUID) -> tuple[Card, list[Clip]]:
    """Return one card with what was written on it, newest first."""
    if not holds_till(viewer, owner):
        raise NotYours
    rows = list(
        Clip.objects.filter(owner=owner, person=person)
        .select_related("person", "occurrence")
        .order_by("-made_at", "id")
    )
    holder = rows[0].person if rows else None
    if holder is None:
        raise NotYours
    return Card(holder, sum(row.change for row in rows)), rows


def invoices(viewer: Viewer, owner: uuid.UUID) -> list[CashLine]:
    """Return those who came, pay by invoice and have not paid yet: what the cashier writes by hand."""
    if not holds_till(viewer, owner):
        raise NotYours
    paid = Settled.objects.filter(
        registration=OuterRef("registration"), occurrence=OuterRef("occurrence"), is_settled=True
    )
    marks = Attendance.objects.filter(
        ~Exists(paid), came=True, registration__pays=Pays.INVOICE, registration__activity__owner=owner,
        registration__erased_at=None,
    )  # fmt: skip
    related = ("registration__contact", "occurrence__activity")
    return [
        CashLine(
            row=mark.registration, time=mark.occurrence, came=True, is_due=True, is_settled=False,
            reference=reference_of(mark.registration_id, mark.occurrence_id), left=None,
        )
        for mark in marks.select_related(*related).order_by("occurrence__starts_at", "registration__name", "id")
    ]  # fmt: skip


def times_paid_for(viewer: Viewer, owner: uuid.UUID, *, at: dt.datetime) -> list[Occurrence]:
    """Return the times with a price whose list is still there, the newest first."""
    if not holds_till(viewer, owner):
        raise NotYours
    rows = Occurrence.objects.filter(
        activity__owner=owner, is_free=False, ends_at__gt=at - KEPT, starts_at__lt=at + AHEAD
    ).exclude(activity__sign_up="open")
    return list(rows.select_related("activity").order_by("-starts_at")[:100])


def month_told(
    viewer: Viewer, owner: uuid.UUID, year: int, month: int, *, at: dt.datetime
) -> tuple[list[Takings], Told] | None:  # fmt: skip
    """Return the times of a month and what may be told of them; None until all of it has been counted.

    A month is told once it is over and counted, and as it was counted: what is told now and what is told later can then
    not be taken from each other. No sum of money stands there: prices that differ would give the counts away.
    """
    if not holds_till(viewer, owner):
        raise NotYours
    first = dt.date(year, month, 1)
    last = first.replace(day=calendar.monthrange(year, month)[1])
    if at.date() <= last + COUNTED_AFTER + dt.timedelta(days=2):
        return None
    rows = list(
        Takings.objects.filter(owner=owner, on__range=(first, last)).select_related("occurrence").order_by("on")
    )
    return rows, tell([[getattr(row, way) for way in Pays.values] for row in rows])


def paying(rows: list[Registration], occurrence: Occurrence | None, *, is_proved: bool = True) -> Paying | None:
    """Return how those who signed up together pay, for their own page; None when nothing is chosen.

    What was on the card before is told only to whoever `is_proved` to be its holder.
    """
    row = rows[0]
    if not row.pays:
        return None
    owner, holder = row.activity.owner_id, row.contact_id or row.person_id
    clips = row.pays == Pays.CLIP and holder is not None and is_proved
    mine = Clip.objects.filter(owner=owner, person__in=everyone_of(holder)) if clips and holder else Clip.objects.none()
    return Paying(
        pays=str(Pays(row.pays).label), left=max(left_on(holder, owner), 0) if clips and holder else None,
        had_card=mine.filter(change__gt=0).exclude(how="used").exists(),
        number=till_of(owner).number if row.pays == Pays.NUMBER else "",
        reference=_reference(row, occurrence) if occurrence else "",
        hides_card=row.pays == Pays.CLIP and not is_proved,
    )  # fmt: skip


def receipt(rows: list[Registration], occurrence: Occurrence) -> Receipt | None:
    """Return that it is in order for a time, for those of a page who came; None while something is to come in."""
    came = set(Attendance.objects.filter(occurrence=occurrence, came=True).values_list("registration", flat=True))
    there = [row for row in rows if row.id in came and row.pays]
    paid = dict(
        Settled.objects.filter(occurrence=occurrence, is_settled=True, registration__in=there).values_list(
            "registration", "amount"
        )
    )
    if not there or any(row.pays in THEMSELVES and row.id not in paid for row in there):
        return None
    amounts = [amount for amount in paid.values() if amount]
    return Receipt(names=[row.name for row in there], amount=sum(amounts) or None)
