"""A season of a hall that is shared out among clubs: who is asked, what each wishes for, and what each gets."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.text import capfirst
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.operation.lending.enums import SeasonState, Via, Why
from samtun.operation.lending.models.lendables import Lendable
from samtun.people.persons.models import Person

WHY = _("To share out fixed times fairly, and to tell each what it got.")
KEPT = _("Who it was a year after the season is over; how the times were shared out for good.")


class Season(TenantModel):
    """Fixed weekly times of one hall between two dates, shared out among those who wish for them.

    `weekdays` (0 = Monday) and `opens` to `closes` are what is shared. `lot` is drawn when it is opened, and settles
    what nothing else does. `leaves_out` are public holidays, Christmas Eve with them. `answer` is read by everyone.
    """

    lendable = TenantKey(Lendable, models.PROTECT, related_name="seasons")
    name = models.CharField(max_length=80)
    starts = models.DateField()
    ends = models.DateField()
    weekdays = ArrayField(models.PositiveSmallIntegerField())
    opens = models.TimeField()
    closes = models.TimeField()
    deadline = models.DateField()
    leaves_out = models.BooleanField(default=True)
    state = models.CharField(max_length=9, choices=SeasonState, default=SeasonState.OPEN)
    lot = models.PositiveIntegerField()
    answer = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    sent_key = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "sent_key"], name="season_sent_once"),
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="season_dates"),
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="season_hours"),
            models.CheckConstraint(condition=models.Q(deadline__lt=models.F("starts")), name="season_deadline"),
            models.CheckConstraint(condition=models.Q(weekdays__len__gt=0), name="season_has_days"),
            models.CheckConstraint(
                condition=models.Q(state__in=[SeasonState.OPEN, SeasonState.PROPOSED], settled_at=None)
                | models.Q(state__in=[SeasonState.DECIDED, SeasonState.CANCELLED], settled_at__isnull=False),
                name="season_settled_at",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "lendable", "starts"], name="season_by_thing")]

    class Privacy:
        plain = (
            "lendable", "name", "starts", "ends", "weekdays", "opens", "closes", "deadline", "leaves_out", "state",
            "lot", "answer", "made_at", "settled_at", "erased_at", "sent_key", "version",
        )  # fmt: skip
        purpose = WHY
        retention = KEPT

    def __str__(self) -> str:
        return self.name


class SeasonClub(TenantModel):
    """One that is asked, or has wished without being asked. `minutes` a week is what it wishes for in all.

    `wished_at` is empty until it has wished. `contact` is the one we talk with, else those who answer for it.
    """

    season = TenantKey(Season, models.CASCADE, related_name="clubs")
    for_owner = TenantKey(Owner, models.PROTECT, related_name="+")
    contact = TenantKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    minutes = models.PositiveSmallIntegerField(default=0)
    for_children = models.BooleanField(default=False)
    words = models.CharField(max_length=300, blank=True)
    via = models.CharField(max_length=5, choices=Via, default=Via.WEB)
    made_at = models.DateTimeField()
    wished_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "season", "for_owner"], name="season_club_once"),
            models.CheckConstraint(
                condition=models.Q(wished_at=None) | models.Q(minutes__gt=0), name="season_club_wishes_some"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "for_owner"], name="season_club_by_owner"),
            models.Index(fields=["tenant", "contact"], name="season_club_by_contact"),
        ]

    class Privacy:
        personal: ClassVar = {"contact": "unlink", "words": "words"}
        plain = ("season", "for_owner", "minutes", "for_children", "via", "made_at", "wished_at")
        purpose = WHY
        retention = KEPT


class SeasonTime(TenantModel):
    """A weekly time: wished for, `rank` 1 the dearest; or given, `rank` 0 where a person chose it.

    `why` says how it went with a wish. What is given is a proposal until the season is decided.
    """

    club = TenantKey(SeasonClub, models.CASCADE, related_name="times")
    is_given = models.BooleanField(default=False)
    rank = models.PositiveSmallIntegerField()
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    why = models.CharField(max_length=6, choices=Why, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "club", "is_given", "weekday", "starts"], name="season_time_once"
            ),
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="season_time_order"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="season_time_weekday"),
        ]

    class Privacy:
        plain = ("club", "is_given", "rank", "weekday", "starts", "ends", "why")

    def __str__(self) -> str:
        clock = f"{time_format(self.starts, 'H.i')}–{time_format(self.ends, 'H.i')}"
        return f"{capfirst(str(WEEKDAYS[self.weekday]))} {clock}"
