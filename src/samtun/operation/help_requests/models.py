"""Help requests, their assessment, asks and matches; and who is not to be asked."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.anchoring.responsibilities.models import TaskType
from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.operation.help_requests.enums import AskState, MatchState, Outcome, RequestState, Source
from samtun.operation.volunteers.models import Volunteer
from samtun.people.consents.models import Consent
from samtun.people.persons.models import Person
from samtun.people.places.models import Village


class HelpRequest(TenantModel):
    """What someone would like help with: what, where, when. `on` and `at` are wall time; minutes are how long."""

    owner = TenantKey(Owner)
    recipient = TenantKey(Person)
    asked_by = models.CharField(max_length=120, blank=True, help_text="Who asked, when it was another, in words.")
    asked_by_phone = models.CharField(max_length=20, blank=True)
    consent = TenantKey(Consent, models.PROTECT, null=True, blank=True)
    source = models.CharField(max_length=10, choices=Source)
    task_type = TenantKey(TaskType)
    words = models.CharField(max_length=400, blank=True, help_text="What they said, as they said it.")
    on = models.DateField()
    at = models.TimeField(null=True, blank=True, help_text="Empty: any time that day.")
    minutes = models.PositiveSmallIntegerField()
    village = TenantKey(Village, models.PROTECT, null=True, blank=True)
    state = models.CharField(max_length=10, choices=RequestState)
    asking = models.CharField(max_length=20, choices=TaskType.Asking)
    plan_limits = models.CharField(max_length=300, blank=True)
    plan_whom_to_call = models.CharField(max_length=120, blank=True)
    plan_how_often = models.CharField(max_length=120, blank=True)
    handled_by = models.CharField(max_length=160, blank=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [
            models.Index(fields=["tenant", "owner", "state", "-made_at"], name="request_by_owner"),
            models.Index(fields=["tenant", "recipient", "on"], name="request_by_recipient"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(minutes__range=(5, 600)), name="request_minutes"),
        ]

    class Privacy:
        personal: ClassVar = {
            "recipient": "unlink", "asked_by": "erase", "asked_by_phone": "erase", "words": "erase",
            "plan_limits": "erase", "plan_whom_to_call": "erase", "plan_how_often": "erase", "village": "unlink",
            "close_reason": "erase", "handled_by": "words",
        }  # fmt: skip
        plain = (
            "owner", "consent", "source", "task_type", "on", "at", "minutes", "state", "asking", "made_at", "closed_at",
            "version",
        )  # fmt: skip
        purpose = _("To find someone who can help.")
        retention = _("Six months when nobody was found; one year after it was done.")


class Assessment(TenantModel):
    """Whose task it is: recorded before anyone is asked (R26). The newest counts."""

    request = TenantKey(HelpRequest, models.CASCADE, related_name="assessments")
    outcome = models.CharField(max_length=12, choices=Outcome)
    reason = models.CharField(max_length=300)
    by_words = models.CharField(max_length=160)
    cleared_beforehand = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="assessment_has_reason"),
        ]

    class Privacy:
        personal: ClassVar = {"reason": "erase", "by_words": "words"}
        plain = ("request", "outcome", "cleared_beforehand", "made_at")
        purpose = _("To show that volunteers do not replace what the municipality owes.")
        retention = _("As the request.")


class Veto(TenantModel):
    """Whom a person does not want. No reason; shown to nobody (R31). The volunteer simply never comes up."""

    recipient = TenantKey(Person, models.CASCADE)
    volunteer_person = TenantKey(Person, models.CASCADE)
    made_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "recipient", "volunteer_person"], name="veto_once"),
        ]

    class Privacy:
        personal: ClassVar = {"recipient": "unlink", "volunteer_person": "unlink"}
        plain = ("made_at",)
        purpose = _("So that nobody is sent to a home where they are not wanted.")
        retention = _("Until the recipient takes it back or leaves.")


class Ask(TenantModel):
    """One volunteer asked about one request. Yes, no, or nothing; a no needs no reason and has no price (R02)."""

    request = TenantKey(HelpRequest, models.CASCADE, related_name="asks")
    volunteer = TenantKey(Volunteer)
    state = models.CharField(max_length=10, choices=AskState, default=AskState.SENT)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    via = models.CharField(max_length=12, blank=True)
    answer_by = models.DateTimeField(help_text="When silence counts as no answer, in opening days.")

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "request", "volunteer"], condition=models.Q(state__in=["sent", "yes"]),
                name="ask_open_once",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["tenant", "volunteer", "-asked_at"], name="ask_by_volunteer")]

    class Privacy:
        personal: ClassVar = {"volunteer": "unlink", "state": "erase"}
        plain = ("request", "asked_at", "answered_at", "via", "answer_by")
        purpose = _("To find someone who can help, without asking twice too often.")
        retention = _("As the request.")


class Match(TenantModel):
    """A volunteer who said yes, proposed to the recipient, agreed, done. At most one lives for a request."""

    request = TenantKey(HelpRequest, models.CASCADE, related_name="matches")
    volunteer = TenantKey(Volunteer)
    ask = TenantKey(Ask, models.PROTECT, null=True, blank=True)
    state = models.CharField(max_length=12, choices=MatchState)
    proposed_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    done_via = models.CharField(max_length=12, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "request"], condition=models.Q(state__in=["proposed", "agreed"]),
                name="one_live_match",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="agreed") | models.Q(agreed_at__isnull=False), name="agreed_has_moment"
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["tenant", "volunteer", "state"], name="match_by_volunteer")]

    class Privacy:
        personal: ClassVar = {"volunteer": "unlink"}
        plain = ("request", "ask", "state", "proposed_at", "agreed_at", "ended_at", "minutes", "done_via")
        purpose = _("To let two people meet.")
        retention = _("One year after the end; the contribution row stays.")
