"""The login. Global: one account may be linked to a person in several municipalities (decisions 2)."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.kernel.ids import uuid7


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by address or number."""


class Account(AbstractBaseUser):
    """Who can log in: by one-time code to `email` or `phone`, or by password with a second factor."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True, null=True)
    phone = models.CharField(max_length=20, unique=True, null=True)
    totp_secret = models.BinaryField(null=True)
    totp_last_step = models.BigIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    last_login = None

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(email__isnull=False) | models.Q(phone__isnull=False), name="account_reachable"
            ),
        ]

    class Privacy:
        personal: ClassVar = {"email": "erase", "phone": "erase", "password": "erase", "totp_secret": "erase"}
        plain = ("totp_last_step", "is_active")
        purpose = _("To let a person log in.")
        retention = _("Until the person leaves; then at once.")

    def __str__(self) -> str:
        return f"account {self.id}"

    @property
    def has_second_factor(self) -> bool:
        """Tell whether a password and a second factor are set up."""
        return self.totp_secret is not None and self.has_usable_password()


class LoginCode(models.Model):
    """A one-time code and link: ten minutes, once, same browser (decisions 19).

    Neither is stored: both are derived from `id` with the link key, so a copy of the database holds no live login.
    `account` is filled by the job that sends it, never while the one who asks waits: known and unknown cost the same.
    Only a row for `LOGIN` lets anybody in; the others hold an address that is to be proved, or was left and is told.
    """

    class Purpose(models.TextChoices):
        """What the address is for."""

        LOGIN = "login"
        NEW_ADDRESS = "new_address"
        OLD_ADDRESS = "old_address"

    class Way(models.TextChoices):
        """What was typed."""

        PHONE = "phone"
        EMAIL = "email"

    id = models.UUIDField(primary_key=True, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    purpose = models.CharField(max_length=11, choices=Purpose, default=Purpose.LOGIN)
    way = models.CharField(max_length=5, choices=Way)
    sealed_address = models.BinaryField()
    browser_hash = models.CharField(max_length=64)
    then = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["browser_hash"], name="login_code_by_browser")]

    class Privacy:
        personal: ClassVar = {"account": "unlink", "sealed_address": "erase", "browser_hash": "erase", "then": "erase"}
        plain = ("purpose", "way", "made_at", "used_at", "tries")
        purpose = _("To let a person log in without a password.")
        retention = _("One day.")
