"""What points at a row: keys of every room, and references by kind. For asking whether something may be undone."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.db import models

from samtun.foundation.models.base import TenantModel
from samtun.foundation.models.runtime import SearchWord
from samtun.foundation.models.tenancy import Owner

type Uses = dict[uuid.UUID, set[str]]
BATCH = 5_000


def uses_of(
    model: type[models.Model], ids: Collection[uuid.UUID], *, kind: str, but: Collection[type[models.Model]] = (),
    owner: Owner | None = None,
) -> Uses:  # fmt: skip
    """Return for each row that something points at the labels of those models, `but` not counted.

    `kind` is the row's kind in references; `to_person` is a plain key to a person. With an `owner`, only what is that
    owner's counts.
    """
    found: Uses = defaultdict(set)
    wanted = list(ids)
    for other, field, fixed in pointers(model, kind):
        whose = ""
        if other in but or other is SearchWord:
            continue
        if owner is not None:
            whose = next((f.name for f in other._meta.local_fields if f.is_relation and f.related_model is Owner), "")
            if not whose:
                continue
        narrowed = fixed | ({whose: owner.id} if owner is not None else {})
        for start in range(0, len(wanted), BATCH):
            rows: Any = other._default_manager.filter(**{f"{field}__in": wanted[start : start + BATCH]}, **narrowed)
            for key in rows.values_list(field, flat=True).distinct():
                found[key].add(other._meta.label)
    return found


def pointers(model: type[models.Model], kind: str) -> Iterator[tuple[type[models.Model], str, dict[str, Any]]]:
    """Yield every way to point at a row: the model, its field, and what else must hold (the kind of a reference)."""
    for other in apps.get_models():
        if not issubclass(other, TenantModel):
            continue
        names = {f.name for f in other._meta.local_fields}
        for field in other._meta.local_fields:
            if field.is_relation and field.related_model is model:
                yield other, field.attname, {}
            elif kind == "person" and field.name == "to_person" and not field.is_relation:
                yield other, field.name, {}
        if {"ref_kind", "ref_id"} <= names and other._meta.app_label != "foundation":
            yield other, "ref_id", {"ref_kind": kind}


def delete_unused(model: type[models.Model], ids: Collection[Any]) -> None:
    """Delete rows that `uses_of` has found nothing pointing at, without looking for such again.

    The database looks at the end of the transaction, and refuses all of it when something points there after all.
    """
    wanted = list(ids)
    for start in range(0, len(wanted), BATCH):
        rows: Any = model._default_manager.filter(pk__in=wanted[start : start + BATCH])
        rows._raw_delete(rows.db)
