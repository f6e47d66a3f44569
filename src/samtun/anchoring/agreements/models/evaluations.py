"""Evaluations: each party's word, what recipients said, and what an organisation says of it openly."""

from typing import ClassVar

from django.db import models

from samtun.anchoring.agreements.enums import How
from samtun.anchoring.agreements.models.agreements import AGREED, KEPT, Agreement, Party
from samtun.foundation.models import Owner, TenantKey, TenantModel


class Evaluation(TenantModel):
    """One evaluation. It is done when every party has said its word, and recipients are heard, or why not (R06)."""

    agreement = TenantKey(Agreement, models.CASCADE, related_name="evaluations")
    due_on = models.DateField()
    began_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    recipients_said = models.CharField(max_length=1200, blank=True)
    unheard_because = models.CharField(max_length=400, blank=True)
    recipients_noted_by = models.CharField(max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "agreement"], condition=models.Q(done_at=None), name="evaluation_goes_on_once"
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None) | ~models.Q(recipients_said="") | ~models.Q(unheard_because=""),
                name="evaluation_heard_recipients",
            ),
        ]

    class Privacy:
        personal: ClassVar = {"recipients_said": "words", "unheard_because": "words", "recipients_noted_by": "words"}
        plain = ("agreement", "due_on", "began_at", "done_at")
        purpose = AGREED
        retention = KEPT


class PartyWord(TenantModel):
    """What a party says in an evaluation."""

    evaluation = TenantKey(Evaluation, models.CASCADE, related_name="words")
    party = TenantKey(Party, models.CASCADE)
    words = models.CharField(max_length=1200)
    said_by = models.CharField(max_length=160)
    said_on = models.DateField()
    how = models.CharField(max_length=9, choices=How, default=How.HERE)
    noted_by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "evaluation", "party"], name="party_word_once"),
            models.CheckConstraint(
                condition=models.Q(how=How.HERE) | ~models.Q(noted_by=""), name="party_word_noted_by_somebody"
            ),
        ]

    class Privacy:
        personal: ClassVar = {"words": "words", "said_by": "words", "noted_by": "words"}
        plain = ("evaluation", "party", "said_on", "how", "at")
        purpose = AGREED
        retention = KEPT


class Comment(TenantModel):
    """What an organisation says openly about an evaluation: its own words, which no other party changes (R110)."""

    evaluation = TenantKey(Evaluation, models.CASCADE, related_name="comments")
    owner = TenantKey(Owner)
    words = models.CharField(max_length=1200)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=160)
    taken_down_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "evaluation", "owner"], name="comment_once")]

    class Privacy:
        personal: ClassVar = {"words": "words", "published_by": "words"}
        plain = ("evaluation", "owner", "published_at", "taken_down_at")
        purpose = AGREED
        retention = KEPT
