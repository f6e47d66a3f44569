"""How a person wants to be reached."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import TenantKey, TenantModel
from samtun.people.persons.models import Person


class Preference(TenantModel):
    """One row a person. Without a row: SMS to a mobile, a call to a landline, the municipality's form of Norwegian."""

    class Channel(models.TextChoices):
        """Equal ways of being reached."""

        SMS = "sms"
        EMAIL = "email"
        LETTER = "letter"
        CALL = "call"

    person = TenantKey(Person, models.CASCADE, related_name="preferences")
    channel = models.CharField(max_length=8, choices=Channel)
    large_print = models.BooleanField(default=True)
    chooses_for_me = models.BooleanField(
        default=False, help_text="The recipient has said once for all: choose for me, no need to ask about the name."
    )
    asks_stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "person"], name="preference_once")]

    class Privacy:
        personal: ClassVar = {"person": "unlink", "channel": "erase", "large_print": "erase"}
        plain = ("chooses_for_me", "asks_stopped_at")
        purpose = _("To reach a person as they want to be reached.")
        retention = _("As long as the person.")
