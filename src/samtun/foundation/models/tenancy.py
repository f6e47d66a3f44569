"""The municipality, the owners inside it, and what one owner shares with another."""

from typing import ClassVar

from django.db import models

from samtun.foundation.models.base import TenantKey, TenantModel
from samtun.kernel.ids import uuid7


class Municipality(models.Model):
    """The tenant. Global: found by host name before any scope is open."""

    class Language(models.TextChoices):
        """The main form of Norwegian."""

        NB = "nb", "Bokmål"
        NN = "nn", "Nynorsk"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    shared_name = models.CharField(max_length=80, help_text="What the shared pages are called: nobody's tool alone.")
    host = models.CharField(max_length=120, unique=True)
    language = models.CharField(max_length=2, choices=Language, default=Language.NB)
    phone = models.CharField(max_length=20, blank=True)
    sms_number = models.CharField(max_length=20, unique=True, null=True)
    privacy_email = models.EmailField(blank=True)
    accessibility_url = models.URLField(blank=True)
    population = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = "municipality"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(language__in=["nb", "nn"]), name="municipality_language"),
        ]

    class Privacy:
        plain = (
            "slug", "name", "shared_name", "host", "language", "phone", "sms_number", "privacy_email",
            "accessibility_url", "population", "is_demo",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Owner(TenantModel):
    """The controller of rows about persons (R86): municipality, centre, unit, organisation. The walls stand here."""

    class Kind(models.TextChoices):
        """What sort of body answers for the rows."""

        MUNICIPALITY = "municipality"
        CENTRE = "centre"
        UNIT = "unit"
        ORGANISATION = "organisation"
        BUSINESS = "business"

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=120)
    left_on = models.DateField(null=True, blank=True, help_text="When it left Samtun with its rows.")

    class Meta(TenantModel.Meta):
        abstract = False

    class Privacy:
        plain = ("kind", "name", "left_on")

    def __str__(self) -> str:
        return self.name


class Share(TenantModel):
    """What one owner lets another see: one kind of rows, for a named purpose, until a date."""

    class What(models.TextChoices):
        """Kinds of rows that can be shared."""

        VOLUNTEERS = "volunteers"
        REQUESTS = "requests"

    giver = TenantKey(Owner)
    receiver = TenantKey(Owner)
    what = models.CharField(max_length=12, choices=What)
    purpose = models.CharField(max_length=200)
    starts = models.DateField()
    ends = models.DateField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="share_ends_after_start"),
            models.CheckConstraint(condition=~models.Q(purpose=""), name="share_has_purpose"),
            models.CheckConstraint(condition=~models.Q(giver=models.F("receiver")), name="share_with_another"),
        ]

    class Privacy:
        plain = ("giver", "receiver", "what", "purpose", "starts", "ends")
