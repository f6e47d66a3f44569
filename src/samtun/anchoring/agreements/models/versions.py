"""Versions of what the parties agree on, and each party's answer."""

from typing import ClassVar

from django.db import models

from samtun.anchoring.agreements.enums import OPEN, How, Meets, Often, Says, Sort, VersionState
from samtun.anchoring.agreements.models.agreements import AGREED, KEPT, Agreement, Party
from samtun.foundation.models import Owner, TenantKey, TenantModel

WAITS = sorted(OPEN)


class Version(TenantModel):
    """Something proposed for all parties to approve: a joint text, a rhythm, an end, or that one takes it over.

    Numbered within its sort. One of each sort waits at a time: a new one takes the place of the one that waits.
    """

    agreement = TenantKey(Agreement, models.CASCADE, related_name="versions")
    sort = models.CharField(max_length=9, choices=Sort)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.WAITING)
    proposed_by = TenantKey(Party, models.PROTECT)
    proposed_by_name = models.CharField(max_length=160)
    proposed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=600, blank=True)
    what = models.CharField(max_length=1200, blank=True)
    when = models.CharField(max_length=300, blank=True)
    arranged = models.CharField(max_length=600, blank=True, help_text="What is made ready, and by whom.")
    money = models.CharField(max_length=600, blank=True)
    follow_up = models.CharField(max_length=600, blank=True)
    warning = models.CharField(max_length=600, blank=True, help_text="Who is told when something is not right.")
    evaluation = models.CharField(max_length=600, blank=True)
    until = models.DateField(null=True, blank=True)
    meets = models.CharField(max_length=14, choices=Meets, blank=True)
    often = models.CharField(max_length=12, choices=Often, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    taken_by = TenantKey(Owner, models.PROTECT, null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "agreement", "sort", "number"], name="version_number"),
            models.UniqueConstraint(
                fields=["tenant", "agreement", "sort"], condition=models.Q(state__in=WAITS), name="version_waits_once"
            ),
            models.UniqueConstraint(
                fields=["tenant", "agreement", "sort"], condition=models.Q(state=VersionState.STANDING),
                name="version_stands_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=WAITS, settled_at=None)
                | (~models.Q(state__in=WAITS) & models.Q(settled_at__isnull=False)),
                name="version_settled_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(sort=Sort.TEXT) | ~models.Q(what=""), name="version_text_has_words"
            ),
            models.CheckConstraint(
                condition=~models.Q(sort__in=[Sort.ENDING, Sort.TAKE_OVER])
                | (~models.Q(why="") & models.Q(ends_on__isnull=False)),
                name="version_end_has_reason",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar = {
            "proposed_by_name": "words", "why": "words", "what": "words", "when": "words", "arranged": "words",
            "money": "words", "follow_up": "words", "warning": "words", "evaluation": "words",
        }  # fmt: skip
        plain = (
            "agreement", "sort", "number", "state", "proposed_by", "proposed_at", "settled_at", "until", "meets",
            "often", "ends_on", "taken_by",
        )  # fmt: skip
        purpose = AGREED
        retention = KEPT


class Duty(TenantModel):
    """What one party does, in one version of the joint text."""

    version = TenantKey(Version, models.CASCADE, related_name="duties")
    party = TenantKey(Party, models.CASCADE)
    words = models.CharField(max_length=600)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "version", "party"], name="duty_once")]

    class Privacy:
        personal: ClassVar = {"words": "words"}
        plain = ("version", "party")
        purpose = AGREED
        retention = KEPT


class Answer(TenantModel):
    """What a party says to a version: who said it, how it came in, and who wrote it down when another did."""

    version = TenantKey(Version, models.CASCADE, related_name="answers")
    party = TenantKey(Party, models.CASCADE)
    says = models.CharField(max_length=3, choices=Says)
    words = models.CharField(max_length=600, blank=True)
    said_by = models.CharField(max_length=160)
    said_on = models.DateField()
    how = models.CharField(max_length=9, choices=How, default=How.HERE)
    noted_by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "version", "party"], name="answer_once"),
            models.CheckConstraint(condition=~models.Q(says=Says.NO) | ~models.Q(words=""), name="objection_has_words"),
            models.CheckConstraint(
                condition=models.Q(how=How.HERE) | ~models.Q(noted_by=""), name="answer_noted_by_somebody"
            ),
        ]

    class Privacy:
        personal: ClassVar = {"words": "words", "said_by": "words", "noted_by": "words"}
        plain = ("version", "party", "says", "said_on", "how", "at")
        purpose = AGREED
        retention = KEPT
