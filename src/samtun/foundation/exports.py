"""What an owner takes out of the house: each room says what it holds for an owner, and one file is made of all.

A room registers in its `queries` module: `exports.register("volunteers", tables)`, where `tables(owner)` gives only
that owner's rows. Cells that a spreadsheet would run as a formula are made plain text in the CSV; the JSON is exact.
"""

import csv
import datetime as dt
import hashlib
import io
import json
import uuid
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from samtun.foundation.audit import saw

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of rows: a name fit for a file, columns, rows of plain values, the persons in them, and files beside."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    persons: frozenset[uuid.UUID] = field(default_factory=frozenset)
    files: dict[str, bytes] = field(default_factory=dict)


type Tables = Callable[[uuid.UUID], Iterable[Table]]
_rooms: dict[str, Tables] = {}


def register(room: str, tables: Tables) -> None:
    """Make known what a room holds for an owner."""
    if room in _rooms:
        raise ValueError(f"The room {room} has registered its export twice.")
    _rooms[room] = tables


def rooms() -> tuple[str, ...]:
    """Return the rooms that have registered."""
    return tuple(sorted(_rooms))


def tables_of(owner: uuid.UUID) -> dict[str, Table]:
    """Return all an owner has, by `room/name`."""
    return {f"{room}/{table.name}": table for room in rooms() for table in _rooms[room](owner)}


def archive(owner: uuid.UUID, *, name: str, at: dt.datetime) -> bytes:
    """Return a ZIP with JSON and CSV of each table and a manifest; the persons in it are logged as exported."""
    files: dict[str, bytes] = {}
    counts: dict[str, int] = {}
    persons: set[uuid.UUID] = set()
    for path, table in tables_of(owner).items():
        files[f"{path}.json"] = as_json(table)
        files[f"{path}.csv"] = as_csv(table)
        files |= {f"{path}/{name}": content for name, content in table.files.items()}
        counts[path] = len(table.rows)
        persons |= table.persons
    saw(*persons, how="exported")
    manifest = {
        "made_at": at.isoformat(timespec="seconds"), "owner": {"id": str(owner), "name": name}, "rows": counts,
        "files": {path: hashlib.sha256(content).hexdigest() for path, content in files.items()},
    }  # fmt: skip
    files["manifest.json"] = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for path, content in files.items():
            bundle.writestr(zipfile.ZipInfo(path, at.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def as_json(table: Table) -> bytes:
    """Return the rows as a list of objects."""
    rows = [dict(zip(table.columns, map(_plain, row), strict=True)) for row in table.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def as_csv(table: Table) -> bytes:
    """Return the rows for a spreadsheet: semicolons and a byte order mark, as Norwegian ones expect."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(_cell, table.columns))
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | list | dict) else str(value)


def _cell(value: Any) -> Any:
    value = _plain(value)
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return "" if value is None else value
