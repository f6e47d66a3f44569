"""Changing the master key: every municipality's data key is wrapped anew, and every global secret sealed anew.

In batches, each a transaction of its own. Whatever stops it, running it again goes on where it was.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models, transaction

from samtun.foundation import keys
from samtun.foundation.models.runtime import DataKey, KeptForm

BATCH = 200


@dataclass(frozen=True, slots=True)
class Sealed:
    """Where `keys.global_seal` has put secrets: a field, and the place the seal is tied to."""

    model: type[models.Model]
    field: str
    table: str
    column: str


_places: list[Sealed] = [Sealed(KeptForm, "body", "keptform", "body")]


def register(place: Sealed) -> None:
    """Make a place with global secrets known: each must be, or a change of key would make them unreadable."""
    _places.append(place)


def is_unfinished() -> bool:
    """Tell whether something is still wrapped or sealed with an earlier master key."""
    newest = keys.masters()[-1]
    if DataKey.objects.exclude(master=newest).exists():
        return True
    return any(keys.sealed_with(sealed) != newest for place in _places for _, sealed in _rows(place))


def wrap_anew() -> int:
    """Wrap every data key with the newest master key; return how many there were to do."""
    done = 0
    for tenant in list(DataKey.objects.exclude(master=keys.masters()[-1]).values_list("tenant_id", flat=True)):
        with transaction.atomic():
            keys.rotate(tenant)
        done += 1
    return done


def seal_anew() -> int:
    """Seal every global secret with the newest master key; return how many there were to do."""
    newest = keys.masters()[-1]
    done = 0
    for place in _places:
        stale = [key for key, sealed in _rows(place) if keys.sealed_with(sealed) != newest]
        for first in range(0, len(stale), BATCH):
            done += _seal_batch(place, stale[first : first + BATCH], newest)
    return done


def _rows(place: Sealed) -> Iterator[tuple[uuid.UUID, bytes]]:
    """Return key and secret of every row that has one."""
    rows = place.model._default_manager.filter(**{f"{place.field}__isnull": False})
    return rows.order_by("pk").values_list("pk", place.field).iterator()


def _seal_batch(place: Sealed, rows: list[uuid.UUID], newest: str) -> int:
    done = 0
    with transaction.atomic():
        locked = place.model._default_manager.select_for_update(of=("self",)).filter(pk__in=rows).order_by("pk")
        for row in locked:
            sealed = getattr(row, place.field)
            if sealed is None or keys.sealed_with(sealed) == newest:
                continue
            at = {"table": place.table, "column": place.column, "row": row.pk}
            setattr(row, place.field, keys.global_seal(keys.global_open(sealed, **at), **at))
            row.save(update_fields=[place.field])
            done += 1
    return done
