"""Feedback that goes up, and each thing that has happened to it on the way down again (R04)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.evaluation.feedback.enums import FeedbackState, Hears, Settled, StepKind, Via
from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.people.persons.models import Person


class Feedback(TenantModel):
    """What somebody says about a thing, and how far the answer has come. `owner` is who is to answer.

    `ref_kind` and `ref_id` say what it is about and `title` what that was called, in words that name nobody; empty for
    something else. Who said it: `sender` is a person here, `sender_name`, `phone` and `email` is one who is not, and
    all empty is without a name; `hears` is how the answer goes. `from_owner` is an organisation that raises it as its
    own matter, and `is_public` its choice that everyone may read it. `due` is when an answer is promised.
    `sent_hash` knows the same page sent twice; `follow_hash` is what the sender's own address is looked up by.
    """

    owner = TenantKey(Owner)
    ref_kind = models.CharField(max_length=20, blank=True)
    ref_id = models.UUIDField(null=True, blank=True)
    title = models.CharField(max_length=120, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    sender = TenantKey(Person, models.CASCADE, null=True, blank=True)
    sender_name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(max_length=160, blank=True)
    hears = models.CharField(max_length=6, choices=Hears, default=Hears.PAGE)
    via = models.CharField(max_length=5, choices=Via)
    from_owner = TenantKey(Owner, null=True, blank=True)
    is_public = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=FeedbackState, default=FeedbackState.RECEIVED)
    settled = models.CharField(max_length=7, choices=Settled, blank=True)
    reopened = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    due = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    sent_hash = models.CharField(max_length=43)
    follow_hash = models.CharField(max_length=43)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "sent_hash"], name="feedback_sent_once"),
            models.UniqueConstraint(fields=["tenant", "follow_hash"], name="feedback_followed_by_one"),
            models.CheckConstraint(
                condition=~models.Q(state=FeedbackState.CLOSED)
                | models.Q(answered_at__isnull=False)
                | models.Q(settled__in=[Settled.LEFT]),
                name="feedback_closed_with_answer",
            ),
            models.CheckConstraint(
                condition=models.Q(is_public=False) | models.Q(from_owner__isnull=False),
                name="feedback_public_by_organisation",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "owner", "state", "-made_at"], name="feedback_by_owner"),
            models.Index(fields=["tenant", "ref_kind", "ref_id"], name="feedback_by_thing"),
            models.Index(fields=["tenant", "sender"], name="feedback_by_sender"),
        ]

    class Privacy:
        personal: ClassVar = {
            "ref_id": "unlink", "words": "words", "sender": "unlink", "sender_name": "erase", "phone": "erase",
            "email": "erase", "follow_hash": "erase", "sent_hash": "erase",
        }  # fmt: skip
        plain = (
            "owner", "ref_kind", "title", "hears", "via", "from_owner", "is_public", "state", "settled", "reopened",
            "made_at", "due", "answered_at", "closed_at", "erased_at", "version",
        )  # fmt: skip
        purpose = _("To answer what people say about a service, and make it better.")
        retention = _("Words, names and numbers a year after it is closed; how long each step took remains.")


class FeedbackStep(TenantModel):
    """One thing that happened to a feedback. `words` go to the sender, `public_words` stand open to everyone.

    `to` names the forum it was passed up to, `ref_kind` and `ref_id` the matter there, `on` the day of the meeting.
    """

    feedback = TenantKey(Feedback, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=11, choices=StepKind)
    at = models.DateTimeField()
    by_words = models.CharField(max_length=160, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    public_words = models.CharField(max_length=1000, blank=True)
    to = models.CharField(max_length=120, blank=True)
    ref_kind = models.CharField(max_length=20, blank=True)
    ref_id = models.UUIDField(null=True, blank=True)
    on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [models.Index(fields=["tenant", "feedback", "at"], name="step_by_feedback")]

    class Privacy:
        personal: ClassVar = {"by_words": "words", "words": "words", "public_words": "words"}
        plain = ("feedback", "kind", "at", "to", "ref_kind", "ref_id", "on")
        purpose = _("To answer what people say about a service, and make it better.")
        retention = _("Words, names and numbers a year after it is closed; how long each step took remains.")
