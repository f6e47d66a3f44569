"""A zip of tables as bytes come in from anywhere: bounded in size and memory, and every fault a sentence."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from samtun.kernel.errors import Refused

LONGEST = 32_768
"""Bytes in a line: a longer one is no table."""
BUFFER = 131_072
GRACE = 10_000_000
"""Bytes under which a table may be packed however tightly."""


BROKEN = (OSError, zipfile.BadZipFile, zlib.error, EOFError)
"""What a zip that is missing, cut off or overwritten ends in, wherever in it one reads."""
PACKED_AS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
LOCKED = 0x1
"""The flag of a member that wants a password."""


class Unreadable(Refused):
    """This is no timetable that can be read."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most. All of Norway is some two thousand million bytes, packed about ten to one."""

    whole: int = 12_000_000_000
    table: int = 8_000_000_000
    small: int = 600_000_000
    packed: int = 80


class Tables:
    """The tables of an open zip."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive, self._limits = archive, limits
        self._members = {one.filename: one for one in archive.infolist()}
        if sum(one.file_size for one in self._members.values()) > limits.whole:
            raise Unreadable("The file is much larger than any timetable when it is unpacked. It was not read.")

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def rows(
        self, name: str, needed: Sequence[str], wanted: Sequence[str] = ()
    ) -> Iterator[tuple[int, list[str]]]:  # fmt: skip
        """Give the lines of a table with their numbers: the needed columns, then the wanted, "" where there is none."""
        member = self._members.get(name)
        if member is None:
            raise Unreadable(f"The file has no {name}. Fetch it anew: perhaps it was cut off, or is another kind.")
        most = self._limits.table if name == "stop_times.txt" else self._limits.small
        if member.file_size > most or (
            member.file_size > GRACE and member.file_size > self._limits.packed * max(member.compress_size, 1)
        ):
            raise Unreadable(f"{name} is much larger than in any timetable when it is unpacked. It was not read.")
        if member.compress_type not in PACKED_AS or member.flag_bits & LOCKED:
            raise Unreadable(f"{name} is locked, or packed in a way that is not read here. Fetch it anew.")
        # Buffered: the zip's own readline gives more than was asked for, however long the line.
        with self._archive.open(member) as packed, io.BufferedReader(cast(io.RawIOBase, packed), BUFFER) as raw:
            yield from _table(name, csv.reader(_lines(name, raw), strict=True), needed, wanted)


def _table(
    name: str, lines: Iterator[list[str]], needed: Sequence[str], wanted: Sequence[str]
) -> Iterator[tuple[int, list[str]]]:  # fmt: skip
    try:
        head = [column.strip() for column in next(lines, [])]
        if missing := [column for column in needed if column not in head]:
            raise Unreadable(f"{name} lacks the column {', '.join(missing)}.")
        places = [head.index(column) if column in head else len(head) for column in (*needed, *wanted)]
        width = len(head)
        for number, line in enumerate(lines, start=2):
            if len(line) == width:
                line.append("")
                yield number, [line[place] for place in places]
            elif line:
                raise Unreadable(f"Line {number} of {name} has {len(line)} columns where the heading has {width}.")
    except csv.Error as fault:
        raise Unreadable(f"{name} is no table of columns: {fault}.") from fault


def _lines(name: str, raw: IO[bytes]) -> Iterator[str]:
    number, codec = 0, "utf-8-sig"
    while line := raw.readline(LONGEST):
        number += 1
        if len(line) == LONGEST and not line.endswith(b"\n"):
            raise Unreadable(f"Line {number} of {name} is longer than any line of a table.")
        try:
            yield line.decode(codec)
        except UnicodeDecodeError as fault:
            raise Unreadable(f"Line {number} of {name} is not written in UTF-8.") from fault
        codec = "utf-8"


@contextmanager
def opened(path: Path, limits: Limits) -> Iterator[Tables]:
    """Open a zip of tables; what is wrong with it as a zip is said in a sentence."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield Tables(archive, limits)
    except BROKEN as fault:
        raise Unreadable(f"The file is no whole zip file ({fault}). Fetch it anew.") from fault
