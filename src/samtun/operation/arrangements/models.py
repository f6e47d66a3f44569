"""Standing arrangements, what holds from a day, their pauses, and each date."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop as _

from samtun.anchoring.responsibilities.models import TaskType
from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.operation.arrangements.enums import ArrangementState, EndReason, PauseKind, VisitState
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.volunteers.models import Volunteer
from samtun.people.consents.models import Consent
from samtun.people.persons.models import Person


class Arrangement(TenantModel):
    """Something that lasts between two: what, where, limits, whom to call (R28). When and who stand in its terms.

    `wish` is the help request that asks for a volunteer, or asked last. `place` is empty for the recipient's home.
    """

    owner = TenantKey(Owner)
    recipient = TenantKey(Person, db_index=False)
    task_type = TenantKey(TaskType)
    wish = TenantKey(HelpRequest, models.PROTECT)
    consent = TenantKey(Consent, models.PROTECT, null=True, blank=True)
    place = models.CharField(max_length=80, blank=True)
    limits = models.CharField(max_length=300)
    whom_to_call = models.CharField(max_length=120)
    on_holidays = models.BooleanField(default=False, help_text="Whether it holds on public holidays too.")
    state = models.CharField(max_length=8, choices=ArrangementState, default=ArrangementState.LOOKING)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=160)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=10, choices=EndReason, blank=True)
    end_words = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [
            models.Index(fields=["tenant", "owner", "state"], name="arrangement_by_owner"),
            models.Index(fields=["tenant", "recipient"], name="arrangement_by_recipient"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="ended") | (Q(ended_at__isnull=False) & ~Q(end_reason="")), name="ended_has_reason"
            ),
            models.CheckConstraint(condition=~Q(limits="") & ~Q(whom_to_call=""), name="arrangement_has_plan"),
        ]

    class Privacy:
        personal: ClassVar = {
            "recipient": "unlink", "place": "erase", "limits": "erase", "whom_to_call": "erase", "end_words": "erase",
            "made_by": "words",
        }  # fmt: skip
        plain = (
            "owner", "task_type", "wish", "consent", "on_holidays", "state", "made_at", "ended_at", "end_reason",
            "version",
        )  # fmt: skip
        purpose = _("To let two people meet again and again.")
        retention = _("One year after the end; the contribution rows stay.")


class Term(TenantModel):
    """What holds from a day: who comes, on which weekday (0 = Monday), every so many weeks, when on the wall, minutes.

    A change makes a new term and ends the old one the day before: what held earlier can always be read.
    """

    arrangement = TenantKey(Arrangement, models.CASCADE, related_name="terms")
    volunteer = TenantKey(Volunteer, db_index=False)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True, help_text="The last day, counted in; empty: until someone says.")
    weekday = models.PositiveSmallIntegerField()
    every_weeks = models.PositiveSmallIntegerField()
    at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    agreed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [models.Index(fields=["tenant", "volunteer"], name="term_by_volunteer")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="term_weekday"),
            models.CheckConstraint(condition=Q(every_weeks__in=[1, 2, 4]), name="term_rhythm"),
            models.CheckConstraint(condition=Q(minutes__range=(5, 600)), name="term_minutes"),
        ]

    class Privacy:
        personal: ClassVar = {"volunteer": "unlink"}
        plain = ("arrangement", "starts", "ends", "weekday", "every_weeks", "at", "minutes", "agreed_at")
        purpose = _("To let two people meet again and again.")
        retention = _("As the arrangement.")


class Pause(TenantModel):
    """Days on which nobody comes, both counted in; `ends` empty is until someone says. Lifted is a state.

    `source_id` is what it follows from (an absence, somebody away); no reason is kept beyond the kind.
    """

    arrangement = TenantKey(Arrangement, models.CASCADE, related_name="pauses")
    kind = models.CharField(max_length=9, choices=PauseKind)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=160)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="pause_order"),
            models.UniqueConstraint(
                fields=["tenant", "arrangement", "source_id"],
                condition=Q(source_id__isnull=False, lifted_at__isnull=True), name="pause_once_for_a_source",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar = {"made_by": "words", "kind": "erase"}
        plain = ("arrangement", "starts", "ends", "source_id", "made_at", "lifted_at")
        purpose = _("So that nobody waits in vain.")
        retention = _("As the arrangement.")


class Visit(TenantModel):
    """One date of an arrangement, a walk or a shopping trip too. `on` and `at` are wall time, `minutes` how long.

    `stand_in` is the help request for someone else that one time; what is done there is counted there.
    """

    arrangement = TenantKey(Arrangement, models.CASCADE, related_name="visits")
    term = TenantKey(Term, models.CASCADE, related_name="visits", db_index=False)
    on = models.DateField()
    at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=VisitState, default=VisitState.PLANNED)
    via = models.CharField(max_length=12, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    pause = TenantKey(Pause, models.PROTECT, null=True, blank=True)
    stand_in = TenantKey(HelpRequest, models.PROTECT, null=True, blank=True)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [models.Index(fields=["tenant", "state", "on"], name="visit_by_day")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "term", "on"], name="arranged_visit_once"),
            models.CheckConstraint(condition=~Q(state="paused") | Q(pause__isnull=False), name="paused_by_a_pause"),
        ]

    class Privacy:
        personal: ClassVar = {"state": "erase"}
        plain = (
            "arrangement", "term", "on", "at", "minutes", "via", "said_at", "reminded_at", "pause", "stand_in",
        )  # fmt: skip
        purpose = _("So that both know when they meet, and hours are counted without reports.")
        retention = _("As the arrangement; the contribution row stays.")
