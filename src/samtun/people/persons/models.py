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
    other_phone = models.CharField(max_length=20, blank=True, help_text="Only to be rung: no message goes to it.")
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
    died_on = models.DateField(null=True, blank=True)
    death_known_at = models.DateTimeField(null=True, blank=True, help_text="Nothing goes to the person from then on.")
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [
            models.Index(fields=["tenant", "phone"], name="person_by_phone"),
            models.Index(fields=["tenant", "other_phone"], name="person_by_other_phone"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(given_name=""), name="person_has_name"),
            models.CheckConstraint(
                condition=models.Q(birth_year__isnull=True) | models.Q(birth_year__range=(1900, 2100)),
                name="person_birth_year",
            ),
        ]

    class Privacy:
        personal: ClassVar = {
            "given_name": "words", "family_name": "words", "phone": "erase", "other_phone": "erase", "email": "erase",
            "birth_year": "erase", "address": "erase", "village": "unlink", "lat": "erase", "lon": "erase",
            "died_on": "erase",
        }  # fmt: skip
        plain = (
            "phone_kind", "address_protected", "language", "do_not_contact", "merged_into", "death_known_at", "version",
        )  # fmt: skip
        purpose = _("To reach a person who asks for or gives help, by telephone, text or letter.")
        retention = _("Until no owner knows the person any more.")

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers to ring, the one that messages go to first."""
        return tuple(number for number in (self.phone, self.other_phone) if number)

    @property
    def is_dead(self) -> bool:
        """Whether it is known here that the person has died."""
        return self.death_known_at is not None

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


class Merge(TenantModel):
    """That two rows were found to be one human: what followed, and what the row kept was before, to split them again.

    `chosen` is field → what was taken from the other row; `before` what stood there.
    """

    kept = TenantKey(Person, models.CASCADE)
    other = TenantKey(Person, models.CASCADE)
    owner = TenantKey(Owner)
    at = models.DateTimeField()
    by = models.CharField(max_length=160)
    chosen = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    journal = models.JSONField(default=dict)
    split_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "other"], condition=models.Q(split_at__isnull=True), name="merged_once"
            ),
        ]

    class Privacy:
        personal: ClassVar = {
            "kept": "unlink", "other": "unlink", "by": "words", "chosen": "erase", "before": "erase",
            "journal": "erase",
        }  # fmt: skip
        plain = ("owner", "at", "split_at")
        purpose = _("To split two persons again who were not the same after all.")
        retention = _("As long as the person.")


class Different(TenantModel):
    """That somebody has said of two rows that look alike: these are two. `one` has the smaller key."""

    one = TenantKey(Person, models.CASCADE)
    other = TenantKey(Person, models.CASCADE)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "one", "other"], name="different_once")]

    class Privacy:
        personal: ClassVar = {"one": "unlink", "other": "unlink"}
        purpose = _("Not to ask again whether two persons are the same.")
        retention = _("As long as the person.")


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


class Passing(TenantModel):
    """That a person has died, who noted it, and who rings those concerned; or that it was a mistake and was undone."""

    person = TenantKey(Person, models.CASCADE)
    died_on = models.DateField(null=True, blank=True)
    known_at = models.DateTimeField()
    noted_by = models.CharField(max_length=160)
    rings = models.CharField(max_length=120, blank=True)
    owners = models.JSONField(default=list, help_text="Keys of the owners that the one who noted it acts for.")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=160, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "person"], condition=models.Q(undone_at__isnull=True), name="passing_once"
            ),
        ]

    class Privacy:
        personal: ClassVar = {
            "person": "unlink", "died_on": "erase", "noted_by": "words", "rings": "words", "undone_by": "words",
        }  # fmt: skip
        plain = ("known_at", "owners", "undone_at")
        purpose = _("So that nobody is written to who has died, and those who were close are rung.")
        retention = _("One year.")


class Stilled(TenantModel):
    """One thing that stopped because somebody died: `before` is what it was (codes and moments), for undoing a mistake.

    `came_back` stays empty until the death is taken back.
    """

    passing = TenantKey(Passing, models.CASCADE, related_name="stilled")
    ref_kind = models.CharField(max_length=40)
    ref_id = models.UUIDField()
    before = models.JSONField(default=dict)
    came_back = models.BooleanField(null=True)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [models.Index(fields=["tenant", "passing", "ref_kind"], name="stilled_by_kind")]

    class Privacy:
        personal: ClassVar = {"ref_id": "unlink"}
        plain = ("passing", "ref_kind", "before", "came_back")
        purpose = _("To undo a mistake exactly.")
        retention = _("Thirty days.")


class Away(TenantModel):
    """That a person is away for a while, stays elsewhere, or has moved. Never why. Empty `ends`: until they say.

    One stands at a time; `ended_at` when they are back, or when it was a mistake.
    """

    class Where(models.TextChoices):
        """All there is to say of it."""

        AWAY = "away"
        ELSEWHERE = "elsewhere"
        MOVED = "moved"

    person = TenantKey(Person, models.CASCADE)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    where = models.CharField(max_length=9, choices=Where, default=Where.AWAY)
    noted_by = models.CharField(max_length=160)
    owners = models.JSONField(default=list, help_text="Keys of the owners that the one who noted it acts for.")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=160, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "person"], condition=models.Q(ended_at__isnull=True), name="away_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")), name="away_order"
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar = {
            "person": "unlink", "starts": "erase", "ends": "erase", "where": "erase", "noted_by": "words",
            "ended_by": "words",
        }  # fmt: skip
        plain = ("owners", "made_at", "ended_at")
        purpose = _("So that nobody comes to a door where nobody is, and nothing is lost meanwhile.")
        retention = _("Three months after they are back.")
