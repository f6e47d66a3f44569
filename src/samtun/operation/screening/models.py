"""Facts about suitability: shown on a date, never the papers (R62, R64)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.anchoring.responsibilities.models import PolicePurpose
from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.people.persons.models import Person


class PoliceCertificateCheck(TenantModel):
    """That a certificate was shown for a purpose the law lists; never what it said."""

    person = TenantKey(Person, models.CASCADE)
    owner = TenantKey(Owner)
    purpose = TenantKey(PolicePurpose)
    shown_on = models.DateField()
    seen_by = models.CharField(max_length=160)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "person", "owner", "purpose", "shown_on"], name="police_once"),
        ]

    class Privacy:
        personal: ClassVar = {"person": "unlink", "shown_on": "erase", "seen_by": "words"}
        plain = ("owner", "purpose")
        purpose = _("To show that the law's requirement is met.")
        retention = _("Erased when the volunteer leaves.")


class ConfidentialityDeclaration(TenantModel):
    """That a person signed a declaration of confidentiality with an owner."""

    person = TenantKey(Person, models.CASCADE)
    owner = TenantKey(Owner)
    signed_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "person", "owner"], name="declaration_once"),
        ]

    class Privacy:
        personal: ClassVar = {"person": "unlink", "signed_on": "erase"}
        plain = ("owner",)
        purpose = _("To show that confidentiality was promised.")
        retention = _("As the owner decides; erased when the volunteer leaves unless it says otherwise.")


class SuitabilityTalk(TenantModel):
    """That a host has talked with a volunteer without an organisation, and found that tasks with people suit (R62)."""

    person = TenantKey(Person, models.CASCADE)
    owner = TenantKey(Owner)
    held_on = models.DateField()
    held_by = models.CharField(max_length=160)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "person", "owner"], name="talk_once")]

    class Privacy:
        personal: ClassVar = {"person": "unlink", "held_on": "erase", "held_by": "words"}
        plain = ("owner",)
        purpose = _("To know that someone has met the volunteer.")
        retention = _("Erased when the volunteer leaves.")
