"""The till: the own number in words, what has come in, and how many paid in each way, counted before the names go."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Count

from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations.actions.line import locked
from samtun.operation.registrations.actions.telling import tell_of_own_page
from samtun.operation.registrations.enums import THEMSELVES, Pays
from samtun.operation.registrations.models import Attendance, Settled, Takings, Till
from samtun.operation.registrations.queries.standing import lines_of
from samtun.operation.registrations.rules import COUNTED_AFTER, HOLDS_PLACE, KEPT, holds_till


class NothingToSettle(Refused):
    """Here nothing is to be paid in: the way of paying has been changed. Look at the list again."""


def write_till(
    *, owner: Owner, number: str, clips: int, price: int | None, by: Viewer, at: dt.datetime
) -> Till:  # fmt: skip
    """Write what those who pay see: the own number in words, how many clips a card has, and its price in øre."""
    if not holds_till(by, owner.id):
        raise NotYours
    with transaction.atomic():
        made, _fresh = Till.objects.update_or_create(
            owner=owner, defaults={"number": " ".join(number.split())[:80], "clips": clips, "price": price}
        )
        record("registrations.till", Ref("till", owner.id), by=by, at=at)
    return made


def note_settled(
    *, occurrence: Occurrence, registration: uuid.UUID, is_settled: bool, by: Viewer, at: dt.datetime
) -> Settled:  # fmt: skip
    """Note that what somebody pays themselves has come in, or that it has not after all. It says how it is."""
    if not holds_till(by, occurrence.activity.owner_id):
        raise NotYours
    with transaction.atomic():
        time = locked(occurrence)
        rows = lines_of(time.activity, time).filter(state__in=HOLDS_PLACE, erased_at=None)
        row = rows.select_related("activity").filter(id=registration).first()
        if row is None:
            raise NotYours
        if is_settled and row.pays not in THEMSELVES:
            raise NothingToSettle
        before = Settled.objects.filter(registration=row, occurrence=time, is_settled=is_settled).first()
        if before is not None:
            return before
        made, _fresh = Settled.objects.update_or_create(
            registration=row, occurrence=time,
            defaults={"is_settled": is_settled, "amount": time.activity.fee if is_settled else None, "noted_at": at},
        )  # fmt: skip
        record("registrations.till", Ref("till", time.activity.owner_id), by=by, at=at)
        if is_settled:
            tell_of_own_page(row, by=by, at=at)
    return made


def count_takings(*, by: Viewer, at: dt.datetime) -> int:
    """Count how many paid in each way, a fortnight after each time, once and for good; return how many times."""
    if not by.is_system:
        raise NotYours
    late = at - COUNTED_AFTER
    rows = Occurrence.objects.filter(ends_at__lt=late, ends_at__gte=at - KEPT)
    came = Attendance.objects.filter(occurrence__in=rows, came=True).exclude(registration__pays="")
    fresh = rows.filter(id__in=came.values("occurrence")).exclude(id__in=Takings.objects.values("occurrence"))
    times = list(fresh.select_related("activity").order_by("id"))
    number: dict[uuid.UUID, dict[str, int]] = {}
    for one in came.values("occurrence", "registration__pays").annotate(n=Count("id")):
        number.setdefault(one["occurrence"], {})[one["registration__pays"]] = one["n"]
    with transaction.atomic():
        Takings.objects.bulk_create(
            [
                Takings(
                    owner_id=time.activity.owner_id, occurrence=time, on=time.on,
                    **{way: number.get(time.id, {}).get(way, 0) for way in Pays.values},
                )
                for time in times
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        if times:
            record("registrations.count_takings", Ref("municipality", by.tenant), by=by, at=at, number=len(times))
    return len(times)
