"""What can be taken in from a spreadsheet. A room registers each kind in its `importer` module.

`take` writes some hundred rows at a time, through the room's own actions. A trial run calls the very same and is then
rolled back, so what it says is what will happen.
"""

import datetime as dt
import unicodedata
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer

type Known = dict[str, Any]
"""What cells are read against: villages and kinds of help by name, today's year. Made once for a run."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about a row: its English text and the values in it, translated when it is shown."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return gettext(self.text) % self.values if self.values else gettext(self.text)


class BadCell(Exception):
    """A cell cannot be read as what its column is said to hold."""

    def __init__(self, sentence: str, /, **values: Any) -> None:
        super().__init__(sentence)
        self.said = Said(sentence, values)


@dataclass(frozen=True, slots=True)
class Column:
    """Something a column of the file can hold.

    `headings` are what people call it, in small letters without signs, the word that tells most first.
    """

    key: str
    title: str | Promise
    headings: tuple[str, ...]
    read: Callable[[str, Known], Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read: its number in the file, what it says, and what an earlier import made of the same row.

    `has_own_number` when the list itself numbers its rows: then it is by that number that it is known again.
    """

    number: int
    facts: dict[str, Any]
    known_as: uuid.UUID | None = None
    has_own_number: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row: `new`, `filled`, `known`, `again` (said above in the file) or `wrong`.

    `ref` is the thing's key; `made` is what undoing needs, empty when nothing was changed.
    """

    number: int
    kind: str
    ref: uuid.UUID | None = None
    said: tuple[Said, ...] = ()
    made: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trace:
    """What a run has made of one row, for undoing it."""

    number: int
    ref: uuid.UUID
    made: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of import, of things of one `kind` of reference. All functions answer within the open scope.

    `missing` gives the sentence for columns that must be there; `check` what is wrong with a row as a whole;
    `same_as` the words by which the same row is known again when the sheet has no numbers of its own; `used` what has
    been done since with the things a run made (nothing: it can be undone).
    """

    key: str
    kind: str
    title: str | Promise
    lead: str | Promise
    columns: tuple[Column, ...]
    may: Callable[[Viewer], bool]
    known: Callable[[Viewer, dt.date], Known]
    missing: Callable[[set[str]], Said | None]
    check: Callable[[dict[str, Any]], list[Said]]
    same_as: Callable[[dict[str, Any]], str]
    name_of: Callable[[dict[str, Any]], str]
    take: Callable[[Sequence[Row], Owner, Viewer, dt.datetime], list[Outcome]]
    used: Callable[[Sequence[Trace], Owner], dict[int, list[str]]]
    undo: Callable[[Sequence[Trace], Owner, Viewer, dt.datetime], None]
    back: str
    order: int = 50


SOURCE_ID = "source_id"
NUMBERS = frozenset({
    "id", "nr", "nummer", "medlemsnr", "medlemsnummer", "medlnr", "kundenr", "løpenr", "løpenummer", "refnr",
    "personid", "memberid", "frivilligid", "frivillignr",
})  # fmt: skip
"""Headings over the list's own numbers."""
_importers: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    """Make a kind of import known."""
    _importers[importer.key] = importer


def importers_for(viewer: Viewer) -> list[Importer]:
    """Return the kinds that the viewer may take in."""
    return sorted((i for i in _importers.values() if i.may(viewer)), key=lambda i: i.order)


def importer_called(key: str) -> Importer | None:
    """Return the kind of this name; None when no room has it."""
    return _importers.get(key)


def fold(text: str) -> str:
    """Return small letters and digits only, accents gone but æ ø å kept: for comparing headings and names."""
    small = unicodedata.normalize("NFC", text).casefold()
    bare = (c if c in "æøåäö" else unicodedata.normalize("NFD", c)[0] for c in small)
    return "".join(c for c in bare if c.isalnum())


def guess(importer: Importer, headings: Sequence[str]) -> dict[int, str]:
    """Return which column of the file holds what, from its headings: exact words first, then words they begin with.

    Of several headings for the same, the word that stands first in `Column.headings` wins: a column called “Mobil”
    is the mobile even when one called “Telefon” stands before it.
    """
    own = next((n for n, heading in enumerate(headings) if fold(heading) in NUMBERS), None)
    found: dict[int, str] = {} if own is None else {own: SOURCE_ID}
    taken: set[str] = set()
    folded = [fold(heading) for heading in headings]
    for fits in (_exactly, _begins):
        ranked = sorted(
            (rank, n, place)
            for n, heading in enumerate(folded)
            for place, column in enumerate(importer.columns)
            for rank, word in enumerate(column.headings)
            if fits(heading, word)
        )
        for _rank, n, place in ranked:
            key = importer.columns[place].key
            if n not in found and key not in taken:
                found[n] = key
                taken.add(key)
    return found


def _exactly(heading: str, word: str) -> bool:
    return heading == word


def _begins(heading: str, word: str) -> bool:
    return len(word) > 3 and heading.startswith(word)
