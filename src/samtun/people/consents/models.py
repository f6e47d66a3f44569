"""Consent records (R76)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.people.persons.models import Person


class Consent(TenantModel):
    """That a person, or one who may for them, said yes to something being passed on. Can be withdrawn at once."""

    class Basis(models.TextChoices):
        """Who said yes."""

        SELF = "self"
        NEXT_OF_KIN = "next_of_kin"
        GUARDIAN = "guardian"

    class Form(models.TextChoices):
        """How it was said."""

        ORAL = "oral"
        WRITTEN = "written"

    person = TenantKey(Person, models.CASCADE)
    basis = models.CharField(max_length=12, choices=Basis)
    given_by = models.CharField(max_length=120)
    what = models.CharField(max_length=200)
    passed_to = TenantKey(Owner)
    owner = TenantKey(Owner)
    purpose = models.CharField(max_length=200)
    form = models.CharField(max_length=8, choices=Form)
    given_on = models.DateField()
    registered_by = models.CharField(max_length=160)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(what="") & ~models.Q(purpose=""), name="consent_says_what"),
        ]

    class Privacy:
        personal: ClassVar = {"person": "unlink", "given_by": "words", "registered_by": "words", "what": "words"}
        plain = ("basis", "passed_to", "owner", "purpose", "form", "given_on", "withdrawn_at")
        purpose = _("To show that what was passed on was allowed.")
        retention = _("Three years after the end of what it allowed.")
