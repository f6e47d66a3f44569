"""What happened, and who looked. The application may only insert here (decisions 23)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models.base import TenantModel


class AuditEvent(TenantModel):
    """One act: who, as which hat, what, about what. Words, not keys, so that history survives erasure."""

    at = models.DateTimeField()
    account = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    actor = models.CharField(max_length=160)
    hat = models.CharField(max_length=160)
    owners = ArrayField(models.UUIDField(), null=True, help_text="On whose behalf: who may read of it (R112).")
    via = models.CharField(max_length=12)
    act = models.CharField(max_length=80)
    ref_kind = models.CharField(max_length=40)
    ref_id = models.UUIDField()
    words = models.JSONField(default=dict)
    salt = models.BinaryField()
    digest = models.BinaryField()

    class Meta(TenantModel.Meta):
        abstract = False
        indexes: ClassVar = [models.Index(fields=["tenant", "ref_kind", "ref_id", "at"], name="audit_by_ref")]

    class Privacy:
        personal: ClassVar = {
            "account": "unlink",
            "person": "unlink",
            "actor": "words",
            "hat": "words",
            "words": "words",
        }
        plain = ("at", "owners", "via", "act", "ref_kind", "ref_id", "salt", "digest")
        purpose = _("To show who did what, to those concerned and in a dispute.")
        retention = _("Five years; words are erased with the person, the sealed digest stays.")


class AuditSeal(TenantModel):
    """One link of the municipality's chain over audit events, written by the sealer's own role."""

    seq = models.BigIntegerField()
    event = models.UUIDField()
    head = models.BinaryField()
    sealed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "seq"], name="seal_once_per_place"),
            models.UniqueConstraint(fields=["tenant", "event"], name="seal_event_once"),
        ]

    class Privacy:
        plain = ("seq", "event", "head", "sealed_at")


class AccessEntry(models.Model):
    """One reading of personal data: a row a request. Monthly partitions; the table is made by the migration."""

    id = models.UUIDField(primary_key=True)
    tenant = models.ForeignKey("foundation.Municipality", models.DO_NOTHING, db_constraint=False, related_name="+")
    at = models.DateTimeField()
    account = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    hat = models.CharField(max_length=160)
    purpose = models.CharField(max_length=120)
    ref = models.CharField(max_length=120)
    persons = ArrayField(models.UUIDField())
    how = models.CharField(max_length=10)

    class Meta:
        managed = False
        db_table = "foundation_accessentry"

    class Privacy:
        personal: ClassVar = {"account": "unlink", "person": "unlink", "hat": "words", "persons": "unlink"}
        plain = ("at", "purpose", "ref", "how")
        purpose = _("To tell a person who has looked, and to follow up.")
        retention = _("Five years, then the month's partition is dropped.")
