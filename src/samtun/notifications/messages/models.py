"""The outbox, what came back, and the questions that a reply can answer."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel


class Question(TenantModel):
    """Something put to a person that a reply by SMS, link or telephone answers. `code` is the number in "JA 27".

    A link to it is made from `nonce` and a keyed hash, and is never stored.
    """

    kind = models.CharField(max_length=40)
    ref_kind = models.CharField(max_length=40)
    ref_id = models.UUIDField()
    to_person = models.UUIDField()
    phone_hash = models.CharField(max_length=64, blank=True)
    code = models.PositiveSmallIntegerField()
    holds_code = models.BooleanField(default=True, help_text="The code is not used again before some days after.")
    nonce = models.CharField(max_length=32)
    owner = TenantKey(Owner)
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    link_until = models.DateTimeField(help_text="The link serves what follows from the answer, until then.")
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=20, blank=True)
    answered_via = models.CharField(max_length=12, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "phone_hash", "code"],
                condition=models.Q(holds_code=True) & ~models.Q(phone_hash=""), name="question_code_once",
            ),
            models.UniqueConstraint(fields=["tenant", "nonce"], name="question_nonce_once"),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["tenant", "ref_kind", "ref_id"], name="question_by_ref"),
            models.Index(fields=["tenant", "phone_hash", "asked_at"], name="question_by_number"),
        ]

    class Privacy:
        personal: ClassVar = {"to_person": "unlink", "phone_hash": "erase", "answer": "erase", "ref_id": "unlink"}
        plain = (
            "kind", "ref_kind", "code", "holds_code", "nonce", "owner", "asked_at", "ends_at", "link_until",
            "answered_at", "answered_via",
        )  # fmt: skip
        purpose = _("To understand a short reply.")
        retention = _("Six months.")


class Message(TenantModel):
    """One message to one person. The text is rendered when it is sent; afterwards only a hash of it stays.

    `to_person` is a plain key: persons stand above. Times are UTC. `not_before` keeps quiet hours.
    """

    class Channel(models.TextChoices):
        """Equal ways out."""

        SMS = "sms"
        EMAIL = "email"
        LETTER = "letter"
        CALL = "call"

    class State(models.TextChoices):
        """Where it is. `unknown` is shown to a person: we do not know whether it arrived."""

        PENDING = "pending"
        SENDING = "sending"
        ACCEPTED = "accepted"
        DELIVERED = "delivered"
        FAILED = "failed"
        UNKNOWN = "unknown"
        CANCELLED = "cancelled"

    notice = models.CharField(max_length=60)
    ref_kind = models.CharField(max_length=40)
    ref_id = models.UUIDField()
    to_person = models.UUIDField(null=True)
    phone_hash = models.CharField(max_length=64, blank=True)
    owner = TenantKey(Owner)
    question = TenantKey(Question, null=True)
    channel = models.CharField(max_length=8, choices=Channel)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    is_ask = models.BooleanField(default=False, help_text="Stopped by STOPP; the others are about something agreed.")
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    provider = models.CharField(max_length=20, blank=True)
    provider_id = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=2, blank=True)
    text_hash = models.CharField(max_length=64, blank=True)
    fault = models.CharField(max_length=120, blank=True)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [
            models.Index(
                fields=["tenant", "not_before"], condition=models.Q(state__in=["pending", "sending"]),
                name="message_to_send",
            ),
            models.Index(fields=["tenant", "ref_kind", "ref_id"], name="message_by_ref"),
            models.Index(fields=["tenant", "phone_hash", "made_at"], name="message_by_number"),
            models.Index(
                fields=["tenant", "owner", "channel"],
                condition=models.Q(state__in=["pending", "unknown", "failed"]), name="message_for_person",
            ),
        ]  # fmt: skip
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="sending") | models.Q(lease_until__isnull=False), name="sending_has_lease"
            ),
        ]

    class Privacy:
        personal: ClassVar = {"to_person": "unlink", "ref_id": "unlink", "phone_hash": "erase"}
        plain = (
            "notice", "ref_kind", "owner", "question", "channel", "state", "is_ask", "made_at", "not_before",
            "expires_at", "attempt", "lease_until", "provider", "provider_id", "sent_at", "settled_at", "language",
            "text_hash", "fault",
        )  # fmt: skip
        purpose = _("To reach people, and to know that they were reached.")
        retention = _("Six months.")


class Inbound(TenantModel):
    """An SMS that came in. The text is kept only while a person must read it.

    `owner` is whoever last wrote to the number, else the municipality. `refusal` is the sentence (message id) with
    which the act it asked for was refused.
    """

    class State(models.TextChoices):
        """What became of it."""

        UNDERSTOOD = "understood"
        ASKED_BACK = "asked_back"
        FOR_A_PERSON = "for_a_person"
        HANDLED = "handled"

    gateway_id = models.CharField(max_length=80)
    phone_hash = models.CharField(max_length=64)
    sealed_phone = models.BinaryField()
    sealed_text = models.BinaryField(null=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=14, choices=State)
    understood_as = models.CharField(max_length=20, blank=True)
    owner = TenantKey(Owner, null=True)
    refusal = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "gateway_id"], name="inbound_once")]
        indexes: ClassVar = [
            models.Index(
                fields=["tenant", "owner", "received_at"], condition=models.Q(state="for_a_person"),
                name="inbound_for_person",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar = {"phone_hash": "erase", "sealed_phone": "erase", "sealed_text": "erase"}
        plain = ("gateway_id", "received_at", "state", "understood_as", "owner", "refusal")
        purpose = _("So that what a person writes reaches someone.")
        retention = _("Text until handled; the rest six months.")


class Stop(TenantModel):
    """That a number has said STOPP: no more asks, until it says START."""

    phone_hash = models.CharField(max_length=64)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "phone_hash"], condition=models.Q(ended_at__isnull=True), name="stop_once"
            ),
        ]

    class Privacy:
        personal: ClassVar = {"phone_hash": "erase"}
        plain = ("since", "ended_at")
        purpose = _("To leave people in peace.")
        retention = _("Until START, and six months more.")
