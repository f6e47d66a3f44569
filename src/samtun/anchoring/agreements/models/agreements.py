"""An agreement and its parties."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.anchoring.agreements.enums import Because, Form, How, Meets, Often, State
from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.people.persons.models import Person

AGREED = _("To know what is agreed between whom, who answers for it, and whom to talk with.")
KEPT = _("As long as the agreement stands, and ten years after.")


class Agreement(TenantModel):
    """What two or more owners have agreed. `since` is the day it holds from; `until` the last day, if there is one.

    `evaluate_by`: the day the next evaluation is due; None when it is only noted, which nobody is reminded of.
    `ends_on`: the last day, when all have agreed to end it, and who takes it over.
    """

    form = models.CharField(max_length=8, choices=Form)
    state = models.CharField(max_length=10, choices=State)
    name = models.CharField(max_length=120)
    words = models.CharField(max_length=600, blank=True, help_text="What was said, of one that is only noted.")
    started_by = TenantKey(Owner)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=160)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    until_agreed_at = models.DateTimeField(null=True, blank=True)
    meets = models.CharField(max_length=14, choices=Meets, blank=True)
    often = models.CharField(max_length=12, choices=Often, blank=True)
    rhythm_chosen_at = models.DateTimeField(null=True, blank=True)
    evaluate_by = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    taken_by = TenantKey(Owner, models.PROTECT, null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=10, choices=Because, blank=True)
    ended_words = models.CharField(max_length=600, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=[State.BEING_MADE, State.STANDS], ended_at=None)
                | (~models.Q(state__in=[State.BEING_MADE, State.STANDS]) & models.Q(ended_at__isnull=False)),
                name="agreement_ended_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.STANDS) | models.Q(since__isnull=False), name="agreement_stands_since"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.TAKEN_OVER) | models.Q(taken_by__isnull=False),
                name="agreement_taken_by",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "state"], name="agreement_by_state")]

    class Privacy:
        personal: ClassVar = {"name": "words", "words": "words", "made_by": "words", "ended_words": "words"}
        plain = (
            "form", "state", "started_by", "made_at", "since", "until", "until_agreed_at", "meets", "often",
            "rhythm_chosen_at", "evaluate_by", "ends_on", "taken_by", "ended_at", "ended_because",
        )  # fmt: skip
        purpose = AGREED
        retention = KEPT

    def __str__(self) -> str:
        return self.name


class Party(TenantModel):
    """That an owner is in an agreement: its own goal and gain, whom to talk with, its own backing, and its last day.

    `backed_words` and `backed_on`: what its own board or council decided about it, and when (R12).
    """

    agreement = TenantKey(Agreement, models.CASCADE, related_name="parties")
    owner = TenantKey(Owner)
    goal = models.CharField(max_length=300, blank=True)
    gain = models.CharField(max_length=300, blank=True)
    said_by = models.CharField(max_length=160, blank=True)
    said_how = models.CharField(max_length=9, choices=How, blank=True)
    noted_by = models.CharField(max_length=160, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    contact = TenantKey(Person, models.PROTECT, null=True, blank=True)
    deputy = TenantKey(Person, models.PROTECT, null=True, blank=True)
    backed_words = models.CharField(max_length=300, blank=True)
    backed_on = models.DateField(null=True, blank=True)
    stops_on = models.DateField(null=True, blank=True)
    stop_words = models.CharField(max_length=600, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "agreement", "owner"], name="party_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "owner"], name="party_by_owner"),
            models.Index(fields=["tenant", "contact"], name="party_by_contact"),
        ]

    class Privacy:
        personal: ClassVar = {
            "goal": "words", "gain": "words", "said_by": "words", "noted_by": "words", "contact": "unlink",
            "deputy": "unlink", "backed_words": "words", "stop_words": "words",
        }  # fmt: skip
        plain = ("agreement", "owner", "said_how", "said_at", "backed_on", "stops_on", "left_at")
        purpose = AGREED
        retention = KEPT
