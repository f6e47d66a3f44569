"""Volunteers, their time and ceiling (the person's, over all hosts), and the ledger of what was done."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.anchoring.responsibilities.models import TaskType
from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.people.persons.models import Person


class Profile(TenantModel):
    """What is true of a person as a volunteer whoever hosts: ceiling, quiet, reach. One row a person.

    `ceiling_times` per `ceiling_per` counts over every organisation (R60). `quiet_until` follows a no.
    """

    class Per(models.TextChoices):
        """The ceiling's period."""

        WEEK = "week"
        MONTH = "month"

    person = TenantKey(Person, models.CASCADE)
    ceiling_times = models.PositiveSmallIntegerField(null=True, blank=True)
    ceiling_per = models.CharField(max_length=5, choices=Per, default=Per.MONTH)
    quiet_until = models.DateField(null=True, blank=True)
    last_asked_on = models.DateField(null=True, blank=True)
    has_car = models.BooleanField(default=False)
    reach_metres = models.PositiveIntegerField(null=True, blank=True)
    languages = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "person"], name="profile_once"),
            models.CheckConstraint(
                condition=models.Q(ceiling_times__isnull=True) | models.Q(ceiling_times__gte=1), name="ceiling_positive"
            ),
        ]

    class Privacy:
        personal: ClassVar = {
            "person": "unlink", "ceiling_times": "erase", "ceiling_per": "erase", "quiet_until": "erase",
            "last_asked_on": "erase", "has_car": "erase", "reach_metres": "erase", "languages": "erase",
        }  # fmt: skip
        plain = ("version",)
        purpose = _("To ask volunteers no more than they have said, and for what suits them.")
        retention = _("Until the volunteer leaves, then at once.")


class Volunteer(TenantModel):
    """That a person is a volunteer with one host. Another host's row about the same person is out of sight."""

    class State(models.TextChoices):
        """Where they are with this host."""

        WAITING = "waiting"
        ACTIVE = "active"
        PAUSED = "paused"
        LEFT = "left"

    person = TenantKey(Person, models.CASCADE)
    host = TenantKey(Owner)
    state = models.CharField(max_length=8, choices=State, default=State.ACTIVE)
    paused_until = models.DateField(null=True, blank=True)
    joined_on = models.DateField()
    insurance_told_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="The host's own; no health words.")
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "person", "host"], name="volunteer_once")]
        indexes: ClassVar = [models.Index(fields=["tenant", "host", "state"], name="volunteer_by_host")]

    class Privacy:
        personal: ClassVar = {"person": "unlink", "note": "erase"}
        plain = ("host", "state", "paused_until", "joined_on", "insurance_told_on", "version")
        purpose = _("To know who will help, with what.")
        retention = _("One year after leaving.")


class Willing(TenantModel):
    """A kind of help that a volunteer wants to give with this host."""

    volunteer = TenantKey(Volunteer, models.CASCADE, related_name="willing")
    task_type = TenantKey(TaskType)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "volunteer", "task_type"], name="willing_once")
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "task_type", "volunteer"], name="willing_by_type")]

    class Privacy:
        personal: ClassVar = {"volunteer": "unlink", "task_type": "erase"}
        purpose = _("To ask only for what a volunteer wants.")
        retention = _("As the volunteer.")


class Slot(TenantModel):
    """A weekly time that usually suits: weekday 0 = Monday, wall times, within a season (months, both included)."""

    profile = TenantKey(Profile, models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    first_month = models.PositiveSmallIntegerField(default=1)
    last_month = models.PositiveSmallIntegerField(default=12)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="slot_order"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="slot_weekday"),
        ]

    class Privacy:
        personal: ClassVar = {
            "profile": "unlink", "weekday": "erase", "starts": "erase", "ends": "erase", "first_month": "erase",
            "last_month": "erase",
        }  # fmt: skip
        purpose = _("To ask at times that suit.")
        retention = _("As the profile.")


class Absence(TenantModel):
    """Dates on which a volunteer is away. No reason is kept."""

    profile = TenantKey(Profile, models.CASCADE, related_name="absences")
    starts = models.DateField()
    ends = models.DateField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="absence_order")
        ]

    class Privacy:
        personal: ClassVar = {"profile": "unlink", "starts": "erase", "ends": "erase"}
        purpose = _("Not to ask those who are away.")
        retention = _("One year.")


class Contribution(TenantModel):
    """One thing done: the only ledger of work (decisions 11). Minutes and metres; paid is marked (R73)."""

    person = TenantKey(Person, models.CASCADE)
    owner = TenantKey(Owner)
    kind = models.CharField(max_length=40)
    ref_kind = models.CharField(max_length=40)
    ref_id = models.UUIDField()
    on = models.DateField()
    minutes = models.PositiveIntegerField(default=0)
    metres = models.PositiveIntegerField(default=0)
    paid = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "person", "ref_kind", "ref_id"], name="contribution_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "person", "on"], name="contribution_by_person")]

    class Privacy:
        personal: ClassVar = {"person": "unlink"}
        plain = ("owner", "kind", "ref_kind", "ref_id", "on", "minutes", "metres", "paid")
        purpose = _("To count hours without asking for reports, and to share tasks fairly.")
        retention = _("While the volunteer is active, and five years more.")


class Engagement(TenantModel):
    """A day a volunteer has promised to something that is not a help request: it counts towards the ceiling (R60).

    Written by the rooms that make the promise, so that those who ask for something else can see that the day is taken.
    `on` and `at` are wall time.
    """

    person = TenantKey(Person, models.CASCADE)
    ref_kind = models.CharField(max_length=40)
    ref_id = models.UUIDField()
    on = models.DateField()
    at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "person", "ref_kind", "ref_id"], name="engagement_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "person", "on"], name="engagement_by_person")]

    class Privacy:
        personal: ClassVar = {"person": "unlink", "on": "erase", "at": "erase", "minutes": "erase"}
        plain = ("ref_kind", "ref_id")
        purpose = _("To ask volunteers no more than they have said, and for what suits them.")
        retention = _("One year.")
