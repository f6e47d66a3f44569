"""Sessions, counters, keys, settings, events, search words: what keeps the house running."""

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models.base import TenantKey, TenantModel
from samtun.foundation.models.tenancy import Owner


class SessionManager(BaseSessionManager):
    """Django's manager, for our own table."""


class Session(AbstractBaseSession):
    """A login on a device. `provider` and `sid` let an identity provider end it later (R107)."""

    account = models.UUIDField(null=True, db_index=True)
    provider = models.CharField(max_length=20, blank=True)
    sid = models.CharField(max_length=120, blank=True)
    last_seen = models.DateTimeField(null=True)

    objects: ClassVar[SessionManager] = SessionManager()

    class Privacy:
        personal: ClassVar = {"account": "unlink", "session_data": "erase", "session_key": "erase", "sid": "erase"}
        plain = ("expire_date", "provider", "last_seen")
        purpose = _("To know that the one who logged in is still the one who asks.")
        retention = _("Deleted at logout, after 30 minutes idle, or after 12 hours.")


class Counter(models.Model):
    """Rate limits: how often something was tried in a window. Unlogged: lost in a crash, by choice."""

    key = models.CharField(max_length=120, primary_key=True)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Privacy:
        personal: ClassVar = {"key": "erase"}
        plain = ("window", "count")
        purpose = _("To stop guessing of codes and flooding; keys are hashes.")
        retention = _("One day.")


class Visit(TenantModel):
    """When a page was last opened by somebody wearing a hat: the desk says what has happened since.

    `away_since` is what it tells from, on the day `back_at`.
    """

    account = models.UUIDField()
    place = models.CharField(max_length=80, help_text="The page, and the key of the hat.")
    last_at = models.DateTimeField()
    away_since = models.DateTimeField(null=True, blank=True)
    back_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "account", "place"], name="visit_once"),
        ]

    class Privacy:
        personal: ClassVar = {"account": "unlink", "last_at": "erase", "away_since": "erase", "back_at": "erase"}
        plain = ("place",)
        purpose = _("To tell you what has happened while you were away. Nobody else sees it.")
        retention = _("As long as the login; only the latest time is kept.")


class Tie(TenantModel):
    """One thing rests on another across the floors: a design on a need, an agreement on a goal (ADR 27).

    Ended, never deleted: what a thing once rested on is part of its story.
    """

    lower_kind = models.CharField(max_length=40)
    lower_id = models.UUIDField()
    upper_kind = models.CharField(max_length=40)
    upper_id = models.UUIDField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "lower_id", "upper_id", "lower_kind", "upper_kind"],
                condition=models.Q(ended_at=None), name="tie_once",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["tenant", "upper_id"], condition=models.Q(ended_at=None), name="tie_upper"),
        ]

    class Privacy:
        plain = ("lower_kind", "lower_id", "upper_kind", "upper_id", "made_at", "ended_at")
        purpose = _("To show what a service rests on, and what rests on it.")
        retention = _("As long as the things it ties together.")


class KeptForm(models.Model):
    """What was typed when the session had expired: encrypted, an hour, for the same account only (decisions 10)."""

    key = models.UUIDField(primary_key=True)
    account = models.UUIDField()
    path = models.CharField(max_length=300)
    body = models.BinaryField()
    kept_at = models.DateTimeField()

    class Privacy:
        personal: ClassVar = {"account": "unlink", "body": "erase", "path": "erase"}
        plain = ("key", "kept_at")
        purpose = _("So that nothing typed is lost when a session runs out.")
        retention = _("One hour.")


class DataKey(models.Model):
    """A municipality's data key, wrapped by the master key that stands in a file (decisions 24)."""

    tenant = models.ForeignKey("foundation.Municipality", models.PROTECT, related_name="+")
    master = models.CharField(max_length=40)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant"], name="one_data_key")]

    class Privacy:
        plain = ("master", "wrapped", "made_at")


class Setting(TenantModel):
    """One choice of a municipality, from a day on. Which there are stands in the registry (decisions 14)."""

    key = models.CharField(max_length=60)
    value = models.JSONField()
    valid_from = models.DateField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "key", "valid_from"], name="setting_once_a_day"),
        ]

    class Privacy:
        plain = ("key", "value", "valid_from")


class EventRow(TenantModel):
    """A fact that happened, written in the transaction of the act (decisions 8)."""

    name = models.CharField(max_length=80)
    payload = models.JSONField()
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False

    class Privacy:
        plain = ("name", "payload", "at")


class EventDelivery(TenantModel):
    """That one receiver has handled one event: receivers run at least once, and act once."""

    event = TenantKey(EventRow)
    receiver = models.CharField(max_length=120)
    done_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "event", "receiver"], name="event_received_once"),
        ]

    class Privacy:
        plain = ("event", "receiver", "done_at")


class SearchWord(TenantModel):
    """A word that finds a thing: filled by actions, matched by prefix through a btree (decisions 16)."""

    word = models.CharField(max_length=60, db_collation="C")
    ref_kind = models.CharField(max_length=40)
    ref_id = models.UUIDField()
    weight = models.PositiveSmallIntegerField(default=1)
    owner = TenantKey(Owner)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "ref_kind", "ref_id", "owner", "word"], name="search_word_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "ref_kind", "word", "owner"], name="search_by_word"),
        ]

    class Privacy:
        personal: ClassVar = {"word": "erase", "ref_id": "unlink"}
        plain = ("ref_kind", "weight", "owner")
        purpose = _("To find a person or a thing from a few letters.")
        retention = _("As long as the thing it finds.")
