"""Lists of friends, call-outs, and who was asked."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.anchoring.responsibilities.models import TaskType
from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.operation.callouts.enums import CallOutState, TurnOut
from samtun.operation.volunteers.models import Volunteer
from samtun.people.persons.models import Person


class FriendsList(TenantModel):
    """People who have said that they can be called out."""

    owner = TenantKey(Owner)
    name = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "owner", "name"], name="friends_list_name")]

    class Privacy:
        personal: ClassVar[dict[str, str]] = {}
        plain = ("owner", "name", "made_at")
        purpose = _("To call out those who have said that they can come.")
        retention = _("As long as the owner keeps the list.")


class Friend(TenantModel):
    """One on the list; or a school class or company, through the adult who answers for it, counting as so many."""

    friends_list = TenantKey(FriendsList, models.CASCADE, related_name="friends")
    volunteer = TenantKey(Volunteer, models.CASCADE)
    group_name = models.CharField(max_length=80, blank=True)
    counts = models.PositiveSmallIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "friends_list", "volunteer"], name="friend_once"),
            models.CheckConstraint(condition=models.Q(counts__range=(1, 60)), name="friend_counts"),
        ]

    class Privacy:
        personal: ClassVar = {"volunteer": "unlink", "group_name": "erase"}
        plain = ("friends_list", "counts")
        purpose = _("To call out those who have said that they can come.")
        retention = _("As the volunteer.")


class CallOut(TenantModel):
    """A need of several hands. `on` and `at` are wall time, `minutes` how long, `needed` how many."""

    owner = TenantKey(Owner)
    friends_list = TenantKey(FriendsList, models.PROTECT)
    task_type = TenantKey(TaskType)
    words = models.CharField(max_length=120, help_text="What it is, as it stands in the text; nobody's name.")
    place = models.CharField(max_length=80)
    on = models.DateField()
    at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=CallOutState, default=CallOutState.OPEN)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=160)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [models.Index(fields=["tenant", "owner", "-on"], name="call_out_by_owner")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(minutes__range=(5, 600)), name="call_out_minutes"),
            models.CheckConstraint(condition=models.Q(needed__range=(1, 60)), name="call_out_needed"),
        ]

    class Privacy:
        personal: ClassVar = {"made_by": "words"}
        plain = (
            "owner", "friends_list", "task_type", "words", "place", "on", "at", "minutes", "needed", "state", "made_at",
        )  # fmt: skip
        purpose = _("To fill a need of several hands, first come.")
        retention = _("One year.")


class Asked(TenantModel):
    """One who was asked in a call-out, and what they said. A no needs no reason.

    `companion` comes along: the volunteer's mentor, as the plan was when the yes was counted in.
    """

    call_out = TenantKey(CallOut, models.CASCADE, related_name="asked")
    volunteer = TenantKey(Volunteer)
    group_name = models.CharField(max_length=80, blank=True)
    counts = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=TurnOut, default=TurnOut.SENT)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    via = models.CharField(max_length=12, blank=True)
    companion = TenantKey(Person, models.PROTECT, null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "call_out", "volunteer"], name="asked_once_in_a_call_out"),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "volunteer", "-asked_at"], name="asked_by_volunteer")]

    @property
    def along(self) -> Person | None:
        """Who comes along, while they live and the one asked comes."""
        comes = self.state == TurnOut.YES and self.companion is not None and not self.companion.is_dead
        return self.companion if comes else None

    class Privacy:
        personal: ClassVar = {"volunteer": "unlink", "companion": "unlink", "group_name": "erase", "state": "erase"}
        plain = ("call_out", "counts", "asked_at", "answered_at", "via")
        purpose = _("To fill a need of several hands, first come.")
        retention = _("One year; the contribution row stays.")
