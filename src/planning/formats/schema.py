"""JSON Schema of our own form, made from the dataclasses, so that the two cannot differ."""

from collections.abc import Mapping
from dataclasses import MISSING, is_dataclass
from datetime import date, datetime
from enum import Enum
from inspect import getdoc
from json import dumps
from types import NoneType, UnionType
from typing import Any, Literal, TypeAliasType, Union, get_args, get_origin, get_type_hints

from planning.formats.typed import fields_of
from planning.vocabulary.identity import Id
from planning.vocabulary.reason import Code
from planning.vocabulary.roads import Roads

NAME = {"anyOf": [{"type": ["string", "integer"]}, {"type": "array"}]}
WAYS = {"type": "array", "items": {"type": "array", "items": {"type": ["number", "null"]}}}
MATRIX = {
    "type": "object",
    "description": "Seconds and metres between places; row and column follow places, null where there is no way.",
    "properties": {"places": {"type": "array", "items": NAME}, "seconds": WAYS, "metres": WAYS},
    "required": ["places", "seconds", "metres"],
    "additionalProperties": False,
}
PLAIN: dict[Any, dict[str, Any]] = {
    int: {"type": "integer"},
    float: {"type": ["number", "null"]},
    str: {"type": "string"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}

type Schema = dict[str, Any]


def schema_of(title: str, problem: type, plan: type) -> Schema:
    """Describe a file of one kind: its kind, the problem, and the plan before or the answer."""
    defs: Schema = {}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": {
            "kind": {"const": title},
            "problem": _of(problem, defs),
            "previous": {"anyOf": [{"type": "null"}, _of(plan, defs)]},
            "plan": _of(plan, defs),
        },
        "required": ["kind"],
        "$defs": dict(sorted(defs.items())),
    }


def written_schema(title: str, problem: type, plan: type) -> str:
    """Write the schema as it stands in docs/reference/planning."""
    return dumps(schema_of(title, problem, plan), indent=1, ensure_ascii=False) + "\n"


def _of(hint: Any, defs: Schema) -> Schema:
    """Describe one type; dataclasses go to `defs`."""
    if hint is Id:
        return NAME
    if isinstance(hint, TypeAliasType):
        return _of(hint.__value__, defs)
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return {"anyOf": [_of(one, defs) for one in inside]}
    if origin is Literal:
        return {"enum": list(inside)}
    if origin is not None:
        return _collection(origin, inside, defs)
    if hint is Roads:
        return MATRIX
    if isinstance(hint, type) and is_dataclass(hint):
        return _dataclass(hint, defs)
    if isinstance(hint, type) and issubclass(hint, Code):
        return {"type": "string", "pattern": r"^[A-Za-z]+\.[a-z_]+$"}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [one.value for one in hint]}
    return PLAIN[hint]


def _collection(origin: Any, inside: tuple[Any, ...], defs: Schema) -> Schema:
    if issubclass(origin, Mapping):
        return {"type": ["object", "array"]}
    if origin is tuple and inside[-1] is not Ellipsis:
        return {"type": "array", "prefixItems": [_of(one, defs) for one in inside], "minItems": len(inside)}
    return {"type": "array", "items": _of(inside[0], defs)}


def _dataclass(kind: type, defs: Schema) -> Schema:
    if kind.__name__ not in defs:
        defs[kind.__name__] = {}
        hints = get_type_hints(kind)
        known = fields_of(kind)
        defs[kind.__name__] = {
            "type": "object",
            "description": (getdoc(kind) or "").replace("\n", " "),
            "properties": {name: _of(hints[name], defs) for name in known},
            "required": [
                name for name, one in known.items() if one.default is MISSING and one.default_factory is MISSING
            ],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{kind.__name__}"}
