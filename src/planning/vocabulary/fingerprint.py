"""A short name for a problem: the same in every process for the same question, another for another."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any


def fingerprint(*parts: object) -> str:
    """Give 16 hexadecimal digits that stand for `parts`.

    Sets and mappings are sorted by how their members are written, so the order that a process happens to keep them in
    does not count; sequences keep theirs.
    """
    return blake2b(_written(parts).encode(), digest_size=8).hexdigest()


def _written(value: object) -> str:
    """Write `value` out in one way only."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return repr(value)
    if is_dataclass(value):
        members = [repr(one) if type(one) in _PLAIN else _written(one) for one in _fields(kind)(value)]
        return f"{kind.__name__}({','.join(members)})"
    if isinstance(value, tuple | list):
        return f"({','.join([_written(one) for one in value])})"
    if isinstance(value, frozenset | set):
        return "{" + ",".join(sorted([_written(one) for one in value])) + "}"
    if isinstance(value, Mapping):
        return "{" + ",".join(sorted([f"{_written(key)}:{_written(one)}" for key, one in value.items()])) + "}"
    return repr(value)


_PLAIN = frozenset({str, int, float, bool, type(None), date})


@cache
def _fields(kind: Any) -> Callable[[object], tuple[object, ...]]:
    """Give what reads the fields that a value of this kind is compared by, all at once."""
    names = [field.name for field in fields(kind) if field.compare]
    return attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, name) for name in names)
