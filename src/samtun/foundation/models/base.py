"""What every table of a municipality has: a UUIDv7, the municipality, and a declaration of its personal data."""

import uuid
from typing import Any, ClassVar

from django.db import models

from samtun.foundation.scope import current_tenant, in_scope
from samtun.kernel.ids import uuid7


class Privacy:
    """The shape of a model's inner class `Privacy`: every field is personal or plain, with purpose and retention.

    `personal` maps a field to how it is scrubbed (`erase`, `unlink`, `words`); `plain` names the rest. `id` and
    `tenant` are always plain. A test fails for a field in neither or both.
    """

    personal: ClassVar[dict[str, str]] = {}
    plain: ClassVar[tuple[str, ...]] = ()
    purpose: ClassVar[str] = ""
    retention: ClassVar[str] = ""


class TenantQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows of one municipality."""


class TenantManager[M: models.Model](models.Manager[M]):
    """The ordinary way to rows: those of the open scope's municipality. Row-level security is the second lock."""

    def get_queryset(self) -> models.QuerySet[M]:
        """Refuse outside a scope, rather than answer with nothing."""
        return super().get_queryset().filter(tenant_id=current_tenant())


class TenantKey(models.ForeignKey):
    """A key between tables of a municipality. The database constraint is the composite one, from the migration."""

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        kwargs.setdefault("related_name", "+")
        super().__init__(to, on_delete, **kwargs)


def _tenant_default() -> uuid.UUID | None:
    return current_tenant() if in_scope() else None


class TenantModel(models.Model):
    """Base of all tables of a municipality."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tenant = models.ForeignKey(
        "foundation.Municipality", models.PROTECT, default=_tenant_default, editable=False, related_name="+",
        db_index=False,
    )  # fmt: skip

    objects = TenantManager()
    unscoped = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "unscoped"
        default_manager_name = "objects"
