"""Municipality-wide grants of a role."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.foundation.viewer import Role
from samtun.people.persons.models import Person

GRANTED = [Role.MUNICIPAL_ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.SUPPLIER_SUPPORT]


class Grant(TenantModel):
    """That a person has a role for the whole municipality, from one date until another, which is outside."""

    person = TenantKey(Person, models.CASCADE)
    role = models.CharField(max_length=40, choices=[(r.value, r.value) for r in GRANTED])
    owner = TenantKey(Owner)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")), name="grant_dates"
            ),
            models.UniqueConstraint(
                fields=["tenant", "person", "role"], condition=models.Q(ends__isnull=True), name="grant_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(role="supplier_support") | models.Q(ends__isnull=False), name="grant_support_ends"
            ),
        ]

    class Privacy:
        personal: ClassVar = {"person": "unlink"}
        plain = ("role", "owner", "starts", "ends")
        purpose = _("To know who may do what.")
        retention = _("Two years after the end.")
