"""Rows of text with the numbers they have in the spreadsheet, the limits, and the reading of CSV."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samtun.foundation.imports.letters import LOST
from samtun.kernel.errors import Refused

MOST_BYTES = 10_000_000
MOST_UNPACKED = 60_000_000
MOST_RATIO = 200
MOST_ROWS = 25_000
MOST_COLUMNS = 60
MOST_IN_A_CELL = 1_000
DELIMITERS = (";", ",", "\t", "|", ":")
LOOKED_AT = 50
FORMULA_SIGNS = frozenset("=+-@")

type Cells = list[str]
type Numbered = tuple[int, Cells]


class BrokenFile(Refused):
    """The file cannot be read. Open it in the spreadsheet program, save it as .xlsx, and try that file."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its headings, and the rows below with their numbers in the file (the first row of a sheet is 1)."""

    headings: tuple[str, ...]
    rows: tuple[Numbered, ...]
    sheet: str = ""
    unread_sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that could be the one meant, and how many rows stand below its headings."""

    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class Sheets:
    """More than one sheet of a workbook holds a list: a person must choose. They stand in the workbook's order."""

    sheets: tuple[Sheet, ...]


def below_headings(widths: Iterable[int], most: int) -> int:
    """Return how many rows `assemble` would find below the headings, at most `most`; `widths` are filled cells a row.

    Nothing is refused here: a sheet over a limit may be one that nobody wants.
    """
    kept, start = 0, 0
    for width in widths:
        kept += bool(width)
        if width > 1 and not start and kept <= LOOKED_AT:
            start = kept
        if kept - max(start, 1) >= most:
            break
    return max(kept - max(start, 1), 0)


def assemble(rows: Iterable[Numbered], *, sheet: str = "", unread: Iterable[str] = ()) -> Table:
    """Make a table: the first row with anything in two cells (or the first row at all) holds the headings.

    Empty rows are left out, and so are columns with neither heading nor content. Whatever is over a limit is refused.
    """
    kept: list[Numbered] = []
    for number, cells in rows:
        row = [_as_typed(" ".join(c.split())) for c in cells]
        while row and not row[-1]:
            row.pop()
        _check(number, row)
        if row:
            kept.append((number, row))
        if len(kept) > MOST_ROWS + LOOKED_AT:
            raise BrokenFile(_too_many())
    start = next((n for n, (_number, row) in enumerate(kept[:LOOKED_AT]) if sum(map(bool, row)) > 1), 0)
    head, body = kept[start : start + 1], kept[start + 1 :]
    if not head or not body:
        raise BrokenFile(_("There is nothing in the file below the headings. Choose the file with the list itself."))
    if len(body) > MOST_ROWS:
        raise BrokenFile(_too_many())
    width = max(len(row) for _number, row in [*head, *body])
    return _shaped(_padded(head[0][1], width), body, width, sheet, tuple(unread))


def _as_typed(cell: str) -> str:
    """Take away the mark that our own lists put before what a spreadsheet would run as a formula (`'+47 …`)."""
    return cell[1:] if cell.startswith("'") and cell[1:2] in FORMULA_SIGNS else cell


def _shaped(headings: Cells, body: list[Numbered], width: int, sheet: str, unread: tuple[str, ...]) -> Table:
    for number, row in body:
        if any(cell and not headings[n] for n, cell in enumerate(row)) and len(row) > _last(headings):
            raise BrokenFile(
                _("Row %(row)d has more cells than there are headings. Look for a stray separator in it, or give "
                  "every column a heading.") % {"row": number}
            )  # fmt: skip
    used = [n for n in range(width) if headings[n] or any(len(row) > n and row[n] for _number, row in body)]
    rows = tuple((number, [row[n] if n < len(row) else "" for n in used]) for number, row in body)
    return Table(tuple(headings[n] for n in used), rows, sheet, unread)


def _last(headings: Cells) -> int:
    return max((n + 1 for n, heading in enumerate(headings) if heading), default=0)


def _padded(row: Cells, width: int) -> Cells:
    return [*row, *([""] * (width - len(row)))]


def _too_many() -> str:
    return _("There are more than %(most)d rows. Divide the file into several.") % {"most": MOST_ROWS}


def _check(number: int, row: Cells) -> None:
    if len(row) > MOST_COLUMNS:
        raise BrokenFile(
            _("Row %(row)d has more than %(most)d columns. Take away the columns that are not needed.")
            % {"row": number, "most": MOST_COLUMNS}
        )
    for cell in row:
        if len(cell) > MOST_IN_A_CELL:
            raise BrokenFile(
                _("A cell in row %(row)d holds more than %(most)d characters. Shorten it, or take the column away.")
                % {"row": number, "most": MOST_IN_A_CELL}
            )
        if LOST in cell:
            raise BrokenFile(
                _("A letter is lost in row %(row)d (“%(text)s”): somebody has saved the file with the wrong letters "
                  "before. Go back to the list it was made from.") % {"row": number, "text": cell[:40]}
            )  # fmt: skip


def read_csv(text: str) -> Table:
    """Read text with separated values. The separator is the one that divides the rows most evenly."""
    text, delimiter = _told(text)
    if "\0" in text:
        raise BrokenFile
    return assemble(_parsed(text, delimiter or _delimiter(text)))


def _told(text: str) -> tuple[str, str]:
    """Read `sep=;`, which some programs write first; row numbers stay as they are."""
    first, newline, rest = text.partition("\n")
    said = first.strip()
    if len(said) == 5 and said.lower().startswith("sep=") and said[4] in DELIMITERS:
        return newline + rest, said[4]
    return text, ""


def _delimiter(text: str) -> str:
    """Return the separator under which most of the first rows have the same number of cells, and more than one."""
    best, best_score = DELIMITERS[0], (0, 0)
    for delimiter in DELIMITERS:
        widths: Counter[int] = Counter()
        try:
            for _number, row in _parsed("".join(_first_lines(text)), delimiter, strict=False):
                if any(row):
                    widths[len(row)] += 1
        except BrokenFile:
            continue
        width, count = max(((w, c) for w, c in widths.items() if w > 1), key=lambda p: (p[1], p[0]), default=(0, 0))
        if (count, width) > best_score:
            best, best_score = delimiter, (count, width)
    return best


def _first_lines(text: str) -> Iterator[str]:
    for n, line in enumerate(io.StringIO(text, newline="")):
        if n >= LOOKED_AT:
            return
        yield line


def _parsed(text: str, delimiter: str, *, strict: bool = True) -> Iterator[Numbered]:
    """Yield rows by the line they begin on. A quotation mark that never closes is refused, with its row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise BrokenFile(
                _("Row %(row)d cannot be read: look for a quotation mark that is opened and never closed, or text "
                  "after a closed one.") % {"row": number}
            ) from fault  # fmt: skip
        yield number, row
