"""A booking of one thing for one time, and what has happened to it."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.operation.lending.enums import HOLDS, Condition, State, StepKind, Via
from samtun.operation.lending.models.lendables import Lendable
from samtun.people.persons.models import Person

WHY = _("To know who has borrowed what, and to reach them.")
KEPT = _("A year after the time is over.")
NOT_TWICE = "booking_not_twice"


class Held(models.Func):
    """The time that nobody else can have, from the first moment to the last, the last one not included."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Booking(TenantModel):
    """One time of one thing. `on`, `starts`, `ends_on` and `ends` are as the clock on the wall shows them.

    `begins_at` and `finishes_at` are the moments they are, `held_until` is when the next can begin, after cleaning.
    `for_owner` is who borrows it, `contact` is the one we talk with. Rows with the same `sent_key` are a batch.
    """

    lendable = TenantKey(Lendable, models.PROTECT, related_name="bookings")
    state = models.CharField(max_length=11, choices=State)
    on = models.DateField()
    starts = models.TimeField()
    ends_on = models.DateField()
    ends = models.TimeField()
    begins_at = models.DateTimeField()
    finishes_at = models.DateTimeField()
    held_until = models.DateTimeField()
    for_owner = TenantKey(Owner, models.PROTECT, null=True, blank=True, related_name="+")
    contact = TenantKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    what = models.CharField(max_length=120, blank=True)
    via = models.CharField(max_length=5, choices=Via, default=Via.WEB)
    ref_kind = models.CharField(max_length=40, blank=True, help_text="What it is for, where another room books.")
    ref_id = models.UUIDField(null=True, blank=True)
    condition = models.CharField(max_length=6, choices=Condition, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    sent_key = models.UUIDField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            ExclusionConstraint(
                name=NOT_TWICE,
                expressions=[
                    ("tenant", RangeOperators.EQUAL), ("lendable", RangeOperators.EQUAL),
                    (Held("begins_at", "held_until"), RangeOperators.OVERLAPS),
                ],
                condition=models.Q(state__in=HOLDS),
            ),
            models.UniqueConstraint(
                fields=["tenant", "sent_key", "lendable", "begins_at"], name="booking_sent_once"
            ),
            models.CheckConstraint(condition=models.Q(finishes_at__gt=models.F("begins_at")), name="booking_order"),
            models.CheckConstraint(
                condition=models.Q(held_until__gte=models.F("finishes_at")), name="booking_held_after"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[State.ASKED, State.WAITING, *HOLDS], ended_at=None)
                | models.Q(
                    state__in=[State.RETURNED, State.DECLINED, State.CANCELLED, State.GIVEN_BACK],
                    ended_at__isnull=False,
                ),
                name="booking_ended_at",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["tenant", "lendable", "begins_at"], name="booking_by_thing"),
            models.Index(fields=["tenant", "for_owner", "begins_at"], name="booking_by_borrower"),
            models.Index(fields=["tenant", "contact"], name="booking_by_contact"),
        ]

    class Privacy:
        personal: ClassVar = {"contact": "unlink", "what": "words"}
        plain = (
            "lendable", "state", "on", "starts", "ends_on", "ends", "begins_at", "finishes_at", "held_until",
            "for_owner", "via", "ref_kind", "ref_id", "condition", "made_at", "ended_at", "erased_at", "sent_key",
        )  # fmt: skip
        purpose = WHY
        retention = KEPT


class BookingStep(TenantModel):
    """What has happened to a booking, or to `dates` of a batch at once; told to who borrows."""

    booking = TenantKey(Booking, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=11, choices=StepKind)
    at = models.DateTimeField()
    by_words = models.CharField(max_length=160, blank=True)
    words = models.CharField(max_length=400, blank=True)
    dates = models.PositiveSmallIntegerField(default=1)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [models.Index(fields=["tenant", "booking", "at"], name="booking_step_by_booking")]

    class Privacy:
        personal: ClassVar = {"by_words": "words", "words": "words"}
        plain = ("booking", "kind", "at", "dates")
        purpose = WHY
        retention = KEPT
