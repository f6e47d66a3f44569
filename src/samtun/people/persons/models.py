"""The human."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.people.places.models import Village


class Person(TenantModel):
    """One natural person in a municipality, whichever hats they wear. Most never log in.

    Name, telephone and home are the person's own and the same for all who know the person; everything else about
    them stands in rooms, with an owner. Who knows the person stands in `KnownTo`.
    """

    class Language(models.TextChoices):
        """What to write to the person in."""

        NB = "nb", "Bokmål"
        NN = "nn", "Nynorsk"
        EN = "en", "English"

    class Reached(models.TextChoices):
        """Whether the telephone can take texts."""

        MOBILE = "mobile"
        LANDLINE = "landline"

    given_name = models.CharField(max_length=60)
    family_name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    phone_kind = models.CharField(max_length=8, choices=Reached, default=Reached.MOBILE)
    email = models.EmailField(blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    address = models.CharField(max_length=120, blank=True)
    village = TenantKey(Village, models.PROTECT, null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    address_protected = models.BooleanField(default=False)
    language = models.CharField(max_length=2, choices=Language, blank=True)
    do_not_contact = models.BooleanField(default=False)
    merged_into = TenantKey("self", models.PROTECT, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [models.Index(fields=["tenant", "phone"], name="person_by_phone")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(given_name=""), name="person_has_name"),
            models.CheckConstraint(
                condition=models.Q(birth_year__isnull=True) | models.Q(birth_year__range=(1900, 2100)),
                name="person_birth_year",
            ),
        ]

    class Privacy:
        personal: ClassVar = {
            "given_name": "words", "family_name": "words", "phone": "erase", "email": "erase", "birth_year": "erase",
            "address": "erase", "village": "unlink", "lat": "erase", "lon": "erase",
        }  # fmt: skip
        plain = ("phone_kind", "address_protected", "language", "do_not_contact", "merged_into", "version")
        purpose = _("To reach a person who asks for or gives help, by telephone, text or letter.")
        retention = _("Until no owner knows the person any more.")

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def initials(self) -> str:
        """What lists show until opened."""
        return (self.given_name[:1] + self.family_name[:1]).upper()


class KnownTo(TenantModel):
    """That an owner knows a person, and from what: without it the person does not exist for that owner."""

    person = TenantKey(Person, models.CASCADE, related_name="known")
    owner = TenantKey(Owner)
    source = models.CharField(max_length=40)
    since = models.DateField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "person", "owner"], name="known_once")]
        indexes: ClassVar = [models.Index(fields=["tenant", "owner", "person"], name="known_by_owner")]

    class Privacy:
        personal: ClassVar = {"person": "unlink"}
        plain = ("owner", "source", "since")
        purpose = _("To keep each organisation's people its own.")
        retention = _("As long as the owner keeps the person.")


class AccountLink(TenantModel):
    """Which person an account is here."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    person = TenantKey(Person, models.CASCADE)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "account"], name="account_once_here"),
            models.UniqueConstraint(fields=["tenant", "person"], name="person_one_account"),
        ]

    class Privacy:
        personal: ClassVar = {"account": "unlink", "person": "unlink"}
        purpose = _("To know who logged in.")
        retention = _("As long as the account.")
