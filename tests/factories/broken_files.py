"""Files as they come: right ones in every format and encoding, and the same ones broken in every way we know.

`letters_of` is what the file truly says; a reading is silently wrong when it gives another name without asking.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from samtun.foundation.imports.letters import Doubt, decode
from samtun.foundation.imports.reading import read
from samtun.foundation.imports.tables import BrokenFile, read_csv
from tests.factories import sheets

GIVEN = (
    "Bjørg", "Pål", "Åse", "Ærling", "Kari", "Ola", "Søren", "Håkon", "Øystein", "René", "Zoë", "Jürgen", "Mæhle",
    "BJØRN", "ÅSTA", "Ånund", "Sæbjørg", "Kåre", "Ingebjørg", "Solveig", "André", "Tomás", "Ragnhild", "Gunvor",
)  # fmt: skip
FAMILY = (
    "Sæther", "Åsen", "Nordmann", "Løvås", "Ødegård", "Bjørnstad", "Brekke", "Æsøy", "Grønås", "O’Brien", "Müller",
    "Håland", "Nesheim", "Fjørtoft", "Skår", "Fjelde", "Bræin", "LØKEN", "Sjåstad", "Lie",
)  # fmt: skip
SEPARATORS = (";", ",", "\t", "|", ":")
NEWLINES = ("\n", "\r\n", "\r")
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Sent:
    """A file and what it truly says: rows of (given name, family name, telephone)."""

    content: bytes
    truth: tuple[tuple[str, ...], ...]
    how: str
    encoding: str = ""


def make(chance: random.Random) -> Sent:
    """A right file: few or many rows, any format, encoding, separator and quoting."""
    people = tuple(
        (chance.choice(GIVEN), chance.choice(FAMILY), f"9{chance.randrange(10**7):07}")
        for _ in range(chance.choice((1, 2, 3, 8, 30)))
    )
    rows = [("Fornavn", "Etternavn", "Mobil"), *people]
    how = chance.choice(("csv", "csv", "csv", "csv", "xlsx", "ods"))
    if how == "xlsx":
        return Sent(sheets.as_xlsx(rows), people, how)
    if how == "ods":
        return Sent(sheets.as_ods(rows), people, how)
    encoding = chance.choice([e for e in sheets.ENCODINGS if fits(rows, e)])
    content = sheets.as_csv(rows, encoding, chance.choice(SEPARATORS), chance.choice(NEWLINES))
    return Sent(content, people, how, encoding)


def fits(rows: sheets.Rows, encoding: str) -> bool:
    """Whether all letters can be written in an encoding."""
    try:
        sheets.as_csv(rows, encoding)
    except UnicodeEncodeError:
        return False
    return True


def cut(content: bytes, chance: random.Random) -> bytes:
    """The end is missing."""
    return content[: chance.randrange(len(content))]


def stray(content: bytes, chance: random.Random) -> bytes:
    """Bytes of another kind in the middle."""
    at = chance.randrange(len(content))
    return content[:at] + chance.randbytes(chance.choice((1, 2, 20))) + content[at:]


def flipped(content: bytes, chance: random.Random) -> bytes:
    """One byte is another."""
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ chance.randrange(1, 256)]) + content[at + 1 :]


def zeros(content: bytes, chance: random.Random) -> bytes:
    """A piece is zeros, as after a disk that was full."""
    at = chance.randrange(len(content))
    return content[:at] + b"\0" * chance.choice((1, 16, 400)) + content[at + 16 :]


def unclosed(content: bytes, chance: random.Random) -> bytes:
    """A quotation mark that never closes."""
    at = content.find(b"\n", chance.randrange(len(content)))
    return content[: at + 1] + b'"' + content[at + 1 :]


def headless(content: bytes, chance: random.Random) -> bytes:
    """The beginning is missing."""
    return content[chance.randrange(1, 40) :]


BREAKS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    cut, stray, flipped, zeros, unclosed, headless,
)  # fmt: skip


def silently_wrong(sent: Sent, reader: Callable[[bytes], object] = read) -> list[str]:
    """Return names that a right file would give without asking and does not say; a refusal of it too."""
    try:
        found = reader(sent.content)
    except BrokenFile as refusal:
        return [f"a right file was refused: {refusal.message}"]
    if isinstance(found, Doubt):
        return _not_offered(sent, found)
    table, _encoding = found
    got = tuple(tuple(cells) for _number, cells in table.rows)
    return [f"{g} is not {t}" for g, t in zip(got, sent.truth, strict=False) if g != t] + (
        ["rows are missing"] if len(got) != len(sent.truth) else []
    )


def _not_offered(sent: Sent, doubt: Doubt) -> list[str]:
    readings = [tuple(tuple(c) for _n, c in read_csv(decode(sent.content, r.encoding)).rows) for r in doubt.readings]
    same = [r for r in doubt.readings if r.samples and len(r.samples) <= 3]
    faults = [] if sent.truth in readings else ["the right reading is not among those asked about"]
    return faults + ([] if len(same) == len(doubt.readings) else ["a reading without names to look at"])


def survives(content: bytes) -> str:
    """Return what became of a broken file in one word: asked, refused or read. Anything else is raised."""
    try:
        found = read(content)
    except BrokenFile as refusal:
        return "refused" if refusal.message else "refused without a sentence"
    return "read" if isinstance(found, tuple) else "asked"


def glued(first: Sent, second: Sent) -> tuple[bytes, str]:
    """Two files after one another, perhaps in two encodings, and what they truly say."""
    return first.content + second.content, told(first.content, first.encoding) + told(second.content, second.encoding)


def told(content: bytes, encoding: str) -> str:
    """Return what the bytes say in the encoding they were written in, broken as they may be."""
    return content.decode("cp1252" if encoding == "iso-8859-1" else encoding, "replace")


def strange_letters(content: bytes, truth: str) -> list[str]:
    """Return words with letters that a broken text file gives without asking, and that it does not truly say."""
    try:
        found = read(content)
    except BrokenFile:
        return []
    if not isinstance(found, tuple):
        return []
    table, _encoding = found
    words = {w for _n, cells in table.rows for cell in cells for w in WORD.findall(cell) if not w.isascii()}
    return sorted(w for w in words if w not in truth)
