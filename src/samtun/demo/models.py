"""What the demo's telephones, mailboxes and letter boxes hold."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import TenantModel


class Carried(TenantModel):
    """One text, e-mail, call or letter that would have gone out, with its words: of the demo's invented persons only.

    In real use no words are kept. `number` is a telephone number or an e-mail address; `own` means written on that
    telephone. Calls and letters stand here from when somebody is to ring or print, until `settled_at`.
    """

    class Way(models.TextChoices):
        """How it travels."""

        SMS = "sms"
        EMAIL = "email"
        LETTER = "letter"
        CALL = "call"

    way = models.CharField(max_length=6, choices=Way)
    number = models.CharField(max_length=254)
    person = models.UUIDField(null=True)
    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    own = models.BooleanField(default=False)
    reference = models.CharField(max_length=80)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "reference", "way"], name="carried_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "number", "-at"], name="carried_by_number")]

    class Privacy:
        personal: ClassVar = {"number": "erase", "person": "unlink", "heading": "erase", "text": "erase"}
        plain = ("way", "own", "reference", "at", "settled_at")
        purpose = _("To show in the demo what would have been sent. The persons are invented.")
        retention = _("Until the demo is made anew.")


class Loaded(TenantModel):
    """That the loader made this municipality: from which seed, and as of which day."""

    seed = models.PositiveIntegerField()
    on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant"], name="loaded_once")]

    class Privacy:
        plain = ("seed", "on")
