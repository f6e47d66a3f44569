"""Two rows that turned out to be one thing: what points at the one follows to the other, and can be taken back.

Keys of every room move, one row at a time. A row that cannot move, because the one kept has such a row already, stays
where it is; a room may say what must then hold for the one kept (`register_carry`). All is written in a journal, by
which `take_back` puts everything where it stood.
"""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

from samtun.foundation.models.runtime import SearchWord
from samtun.foundation.uses import pointers

type Journal = dict[str, list[list[Any]]]
type Carry = Callable[[Any, Any], dict[str, Any]]

_carries: dict[str, Carry] = {}
_encode = DjangoJSONEncoder().default


def register_carry(model: type[models.Model], carry: Carry) -> None:
    """Say what the row kept must take over from one that cannot move: `carry(kept row, other row)` → changed fields."""
    _carries[model._meta.label] = carry


def follow(
    model: type[models.Model], *, kind: str, kept: uuid.UUID, other: uuid.UUID, but: Iterable[Any] = ()
) -> Journal:
    """Let all that points at `other` point at `kept`; return the journal, fit for JSON."""
    journal: Journal = {"moved": [], "carried": []}
    for pointing, field, fixed in pointers(model, kind):
        if pointing is SearchWord or pointing in set(but):
            continue
        for row in pointing._default_manager.filter(**{field: other}, **fixed).order_by("pk"):
            if _move(row, field, kept):
                journal["moved"].append([pointing._meta.label, str(row.pk), field])
            elif carry := _carries.get(pointing._meta.label):
                journal["carried"] += _carry(carry, pointing, field, kept, row)
    return journal


def _move(row: models.Model, field: str, to: uuid.UUID) -> bool:
    try:
        with transaction.atomic():
            _rows(type(row), row.pk).update(**{field: to})
    except IntegrityError:
        return False
    return True


def _carry(
    carry: Carry, model: type[models.Model], field: str, kept: uuid.UUID, other: models.Model
) -> list[list[Any]]:
    found = []
    for row in model._default_manager.filter(**{field: kept}).order_by("pk"):
        for name, value in carry(row, _rows(model, other.pk).get()).items():
            before = getattr(row, name)
            if before != value:
                _rows(model, row.pk).update(**{name: value})
                found.append([model._meta.label, str(row.pk), name, plain(before), plain(value)])
    return found


def take_back(journal: Journal, *, kept: uuid.UUID, other: uuid.UUID) -> None:
    """Put what followed back where it stood, where it still points at the one kept; what was carried over goes."""
    for label, key, field in journal["moved"]:
        _rows(apps.get_model(label), key).filter(**{field: kept}).update(**{field: other})
    for label, key, name, before, after in journal["carried"]:
        rows = _rows(apps.get_model(label), key)
        row = rows.first()
        if row is not None and plain(getattr(row, name)) == after:
            rows.update(**{name: before})


def plain(value: Any) -> Any:
    """Return a value as JSON holds it."""
    return value if value is None or isinstance(value, bool | int | float | str) else _encode(value)


def _rows(model: type[models.Model], key: Any) -> Any:
    return model._default_manager.filter(pk=key)
