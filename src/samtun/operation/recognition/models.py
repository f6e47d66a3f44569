"""Thanks."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.people.persons.models import Person


class Thanks(TenantModel):
    """That a person should be, or was, thanked by a human: three names a week for each owner (R67)."""

    person = TenantKey(Person, models.CASCADE)
    owner = TenantKey(Owner)
    week_of = models.DateField(help_text="The Monday of the week.")
    for_words = models.CharField(max_length=200)
    words = models.CharField(max_length=300, blank=True, help_text="The recipient's own words, with leave.")
    rung_at = models.DateTimeField(null=True, blank=True)
    rung_by = models.CharField(max_length=160, blank=True)
    card_made_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "owner", "person", "week_of"], name="thanks_once_a_week"),
        ]

    class Privacy:
        personal: ClassVar = {"person": "unlink", "for_words": "words", "words": "erase", "rung_by": "words"}
        plain = ("owner", "week_of", "rung_at", "card_made_at")
        purpose = _("So that everyone is thanked by a human now and then.")
        retention = _("One year.")
