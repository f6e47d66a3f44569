"""Frozen dataclasses to JSON and back, by the types of their fields.

A name (`Id`) is text or a whole number, or a list of these. A time without end is null. A code is written with its kind
(`MealWhy.full`). A matrix is `{"places": […], "seconds": [[…]], "metres": [[…]]}`, null where there is no way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from math import inf
from types import NoneType, UnionType
from typing import Any, Literal, TypeAliasType, Union, get_args, get_origin, get_type_hints

import numpy as np

from planning.distances import Matrix
from planning.distances.matrix import Table
from planning.vocabulary.identity import Id
from planning.vocabulary.reason import Code
from planning.vocabulary.roads import Roads

type Path = tuple[str | int, ...]


class Misfit(ValueError):
    """What stands at `path` is not what the form says."""

    def __init__(self, what: str, path: Path) -> None:
        super().__init__(what)
        self.path = path


def to_json(value: Any) -> Any:
    """Turn a value of the engine into what json can write."""
    if isinstance(value, Code):
        return f"{type(value).__name__}.{value.value}"
    if isinstance(value, Matrix):
        return {"places": to_json(value.places), "seconds": _table(value.seconds), "metres": _table(value.metres)}
    if is_dataclass(value):
        return {name: to_json(getattr(value, name)) for name in fields_of(value)}
    if isinstance(value, Mapping):
        if all(isinstance(key, str) for key in value):
            return {key: to_json(one) for key, one in value.items()}
        return [[to_json(key), to_json(one)] for key, one in value.items()]
    if isinstance(value, frozenset | set):
        return [to_json(one) for one in sorted(value, key=repr)]
    if isinstance(value, tuple | list):
        return [to_json(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return None if value == inf else value


def fields_of(kind: Any) -> dict[str, Field[Any]]:
    """Name the fields that a dataclass is built from."""
    return {one.name: one for one in fields(kind) if one.init}


def _table(table: Any) -> list[list[float | None]]:
    return [[None if one == inf else one for one in row] for row in table.tolist()]


def from_json[T](kind: type[T], data: Any, path: Path = ()) -> T:
    """Build a `kind` from what json read. Raises Misfit, with the path to the field, for what does not fit."""
    if not isinstance(data, dict):
        raise Misfit(f"{_told(data)} stands where a {kind.__name__} with its fields belongs.", path)
    hints, known, given = get_type_hints(kind), fields_of(kind), {}
    for name, value in data.items():
        if name not in known:
            raise Misfit(f"A {kind.__name__} has no field {name!r}; it has {', '.join(known)}.", (*path, name))
        given[name] = _read(hints[name], value, (*path, name))
    for name, one in known.items():
        if name not in given and one.default is MISSING and one.default_factory is MISSING:
            raise Misfit(f"{name!r} is missing in this {kind.__name__}.", path)
    try:
        return kind(**given)
    except (ValueError, TypeError) as wrong:
        raise Misfit(str(wrong), path) from None


def _read(hint: Any, value: Any, path: Path) -> Any:
    """Read a value as the type `hint` asks for."""
    if hint is Id:
        return _name(value, path)
    if isinstance(hint, TypeAliasType):
        return _read(hint.__value__, value, path)
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _one_of(get_args(hint), value, path)
    if origin is Literal:
        return _expect(value in get_args(hint), value, f"one of {', '.join(map(str, get_args(hint)))}", path)
    if origin is not None:
        return _collection(origin, get_args(hint), value, path)
    return _plain(hint, value, path)


def _plain(hint: Any, value: Any, path: Path) -> Any:
    if hint is Roads:
        return _matrix(value, path)
    if isinstance(hint, type) and is_dataclass(hint):
        return from_json(hint, value, path)
    if issubclass(hint, Code):
        return _code(value, path)
    if issubclass(hint, Enum):
        _expect(value in [one.value for one in hint], value, f"one of {', '.join(one.value for one in hint)}", path)
        return hint(value)
    if hint in (date, datetime):
        try:
            return hint.fromisoformat(value)
        except (ValueError, TypeError):
            raise Misfit(f"{_told(value)} is not a {hint.__name__} as 2026-11-25.", path) from None
    if hint is float:
        fits = value is None or (isinstance(value, int | float) and not isinstance(value, bool))
        return inf if value is None else float(_expect(fits, value, "a number", path))
    words = {int: "a whole number", str: "text", bool: "true or false"}
    fits = isinstance(value, hint) and (hint is bool or not isinstance(value, bool))
    return _expect(fits, value, words.get(hint, hint.__name__), path)


def _one_of(hints: tuple[Any, ...], value: Any, path: Path) -> Any:
    """Read what may be of several types: null where that is one, else the first that fits."""
    if value is None and NoneType in hints:
        return None
    tried = [hint for hint in hints if hint is not NoneType]
    for hint in tried[:-1]:
        try:
            return _read(hint, value, path)
        except Misfit:
            continue
    return _read(tried[-1], value, path)


def _collection(origin: Any, inside: tuple[Any, ...], value: Any, path: Path) -> Any:
    if issubclass(origin, Mapping):
        return dict(_pair(inside, pair, (*path, at)) for at, pair in _pairs(value, path))
    _expect(isinstance(value, list), value, "a list", path)
    if origin is tuple and inside[-1] is not Ellipsis:
        _expect(len(value) == len(inside), value, f"a list of {len(inside)}", path)
        return tuple(_read(hint, one, (*path, n)) for n, (hint, one) in enumerate(zip(inside, value, strict=True)))
    make: Callable[[Sequence[Any]], Any] = frozenset if origin is frozenset else tuple
    return make([_read(inside[0], one, (*path, n)) for n, one in enumerate(value)])


def _pairs(value: Any, path: Path) -> list[tuple[str | int, Any]]:
    """Give what maps one thing to another as pairs, and where each stands: by its key, or by its number in a list."""
    if isinstance(value, dict):
        return [(key, [key, one]) for key, one in value.items()]
    return list(enumerate(_expect(isinstance(value, list), value, "an object or a list of pairs", path)))


def _pair(inside: tuple[Any, ...], pair: Any, path: Path) -> tuple[Any, Any]:
    _expect(isinstance(pair, list) and len(pair) == 2, pair, "a pair", path)
    return _read(inside[0], pair[0], path), _read(inside[1], pair[1], path)


def _name(value: Any, path: Path) -> Any:
    if isinstance(value, list):
        return tuple(_name(one, (*path, n)) for n, one in enumerate(value))
    return _expect(isinstance(value, str | int) and not isinstance(value, bool), value, "a name", path)


def _matrix(value: Any, path: Path) -> Matrix:
    _expect(isinstance(value, dict) and {"places", "seconds", "metres"} == set(value), value,
            "a matrix with places, seconds and metres", path)  # fmt: skip
    listed = _expect(isinstance(value["places"], list), value["places"], "a list", (*path, "places"))
    places = tuple(_name(one, (*path, "places", n)) for n, one in enumerate(listed))
    seconds, metres = (_square(value[name], len(places), (*path, name)) for name in ("seconds", "metres"))
    try:
        return Matrix(places, seconds, metres)
    except ValueError as wrong:
        raise Misfit(str(wrong), path) from None


def _square(value: Any, size: int, path: Path) -> Table:
    """Read a table of `size` rows and columns, null where there is no way."""
    _expect(isinstance(value, list) and len(value) == size, value, f"a list of {size} rows", path)
    table = np.empty((size, size))
    for n, row in enumerate(value):
        _expect(isinstance(row, list) and len(row) == size, row, f"a row of {size}", (*path, n))
        table[n] = [_plain(float, one, (*path, n, m)) for m, one in enumerate(row)]
    return table


def _code(value: Any, path: Path) -> Code:
    """Find a code by its kind and word."""
    kinds = {kind.__name__: kind for kind in Code.__subclasses__()}
    kind, _, word = value.partition(".") if isinstance(value, str) else ("", "", "")
    _expect(kind in kinds and word in [one.value for one in kinds[kind]], value, "a code", path)
    return kinds[kind](word)


def _expect(fits: bool, value: Any, wanted: str, path: Path) -> Any:
    if not fits:
        raise Misfit(f"{_told(value)} stands where {wanted} belongs.", path)
    return value


def _told(value: Any) -> str:
    """Write a value short enough for a sentence."""
    words = repr(value)
    return words if len(words) < 40 else f"{words[:37]}…"
