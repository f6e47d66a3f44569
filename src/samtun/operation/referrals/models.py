"""Referrals, and the note in a coordinator's pocket."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.operation.referrals.enums import Became, Kind, State
from samtun.people.consents.models import Consent
from samtun.people.persons.models import Person


class Referral(TenantModel):
    """A word that someone may want a hand, or may give one. A person rings and hears; until then it is nothing more.

    `person` is set when the person has said yes to being passed on, or is the one who offers. A worry stands here
    alone, outside everybody's lists, and its words go when it is settled. `wish` is the id of the help request,
    `network` that of the network it led to. An asker has asked for another, and may want a hand too.
    """

    owner = TenantKey(Owner, db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.WAITS)
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=120, blank=True, help_text="Where they live, in the sender's words.")
    words = models.CharField(max_length=400, blank=True)
    person = TenantKey(Person, null=True, blank=True)
    consent = TenantKey(Consent, models.PROTECT, null=True, blank=True)
    sender = TenantKey(Person, null=True, blank=True)
    sender_owner = TenantKey(Owner, null=True, blank=True)
    sender_name = models.CharField(max_length=160, blank=True)
    sender_phone = models.CharField(max_length=20, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    wish = models.UUIDField(null=True, blank=True)
    network = models.UUIDField(null=True, blank=True)
    became = models.CharField(max_length=10, choices=Became, blank=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=160, blank=True)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [
            models.Index(fields=["tenant", "owner", "state", "-made_at"], name="referral_by_owner"),
            models.Index(fields=["tenant", "sender", "-made_at"], name="referral_by_sender"),
            models.Index(
                fields=["tenant", "wish"], condition=models.Q(wish__isnull=False), name="referral_by_wish"
            ),
            models.Index(
                fields=["tenant", "network"], condition=models.Q(network__isnull=False), name="referral_by_network"
            ),
        ]  # fmt: skip
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(kind=Kind.PASSED_ON) | models.Q(consent__isnull=False), name="passed_on_with_a_yes"
            ),
        ]

    class Privacy:
        personal: ClassVar = {
            "name": "erase", "phone": "erase", "place": "erase", "words": "erase", "person": "unlink",
            "sender": "unlink", "sender_name": "erase", "sender_phone": "erase", "settled_by": "words",
        }  # fmt: skip
        plain = (
            "owner", "kind", "state", "consent", "sender_owner", "tries", "wish", "network", "became", "made_at",
            "settled_at",
        )  # fmt: skip
        purpose = _("So that a person rings and hears whether help is wanted.")
        retention = _("Words, names and numbers until somebody has rung; that it was passed on, three months.")


class PocketNote(TenantModel):
    """What a coordinator was told between the shelves of the shop: her own alone until the person has said yes.

    It has no owner and stands in no search, report, file or list of others. `sent_key` is made on the telephone, so
    that a note sent twice is one.
    """

    author = TenantKey(Person, models.CASCADE)
    sent_key = models.UUIDField()
    words = models.CharField(max_length=400)
    made_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "author", "sent_key"], name="note_sent_once"),
        ]

    class Privacy:
        personal: ClassVar = {"author": "unlink", "words": "erase"}
        plain = ("sent_key", "made_at")
        purpose = _("To remember a word until the person has been asked.")
        retention = _("Fourteen days, or until the person has answered.")
