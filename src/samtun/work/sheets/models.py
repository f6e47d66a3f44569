"""Sheets for tomorrow, as they were printed."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel


class Sheet(TenantModel):
    """One owner's paper for one day: the PDF, encrypted, and the persons on it, for the access log."""

    owner = TenantKey(Owner)
    day = models.DateField()
    made_at = models.DateTimeField()
    sealed_pdf = models.BinaryField()
    persons = ArrayField(models.UUIDField(), default=list)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "owner", "day"], name="sheet_once_a_day"),
        ]

    class Privacy:
        personal: ClassVar = {"sealed_pdf": "erase", "persons": "unlink"}
        plain = ("owner", "day", "made_at")
        purpose = _("To help those who expect it on a day when nothing but paper works.")
        retention = _("Two days after the day it is for.")
