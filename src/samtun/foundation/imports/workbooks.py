"""Reading .xlsx and .ods. Nothing is calculated, nothing outside the file is fetched, and bombs are refused."""

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, cast

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from django.utils.translation import gettext as _

from samtun.foundation.imports.tables import (
    LOOKED_AT,
    MOST_COLUMNS,
    MOST_RATIO,
    MOST_ROWS,
    MOST_UNPACKED,
    BrokenFile,
    Cells,
    Numbered,
    Sheet,
    Sheets,
    Table,
    assemble,
    below_headings,
)

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
MOST_PARTS = 2_000
SMALL = 1_000_000
FAR = 200_000
"""A row number beyond which nobody keeps a list: what stands there is a stray cell, or a bomb."""
XML_FAULTS = (ParseError, DefusedXmlException)
BOOK_FAULTS = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError)
"""What openpyxl raises over a broken workbook, beside the faults of the packing and the XML."""
ZIP_FAULTS = (
    zlib.error,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
)
"""What zipfile raises: NotImplementedError for a packing it does not know, RuntimeError for a part with a password."""


def open_zip(content: bytes) -> zipfile.ZipFile:
    """Open a packed file, refusing one that would unpack to something enormous, or that is locked."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
    except (*ZIP_FAULTS, ValueError) as fault:
        raise BrokenFile from fault
    parts = packed.infolist()
    unpacked = sum(p.file_size for p in parts)
    swollen = any(p.file_size > SMALL and p.file_size > MOST_RATIO * max(p.compress_size, 1) for p in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or swollen:
        raise BrokenFile(
            _("The file would fill the machine when it is opened. Save only the list itself as .csv, and try that.")
        )
    if any(p.flag_bits & 1 for p in parts):
        raise BrokenFile(locked())
    return packed


def locked() -> str:
    """The sentence for a file with a password."""
    return _("The file is locked with a password. Save it without one, and try again.")


def _choice(names: Sequence[str], rows_in: Callable[[str, int], int], chosen: str) -> tuple[str, list[str]] | Sheets:
    """Return the sheet to read and those that are not, or the sheets to ask about when more than one holds a list.

    `rows_in(name, most)` counts rows below the headings of one sheet. A sheet without any is no list.
    """
    lists = [name for name in names if rows_in(name, 1)]
    if chosen and chosen not in lists:
        raise BrokenFile
    if len(lists) > 1 and not chosen:
        return Sheets(tuple(Sheet(name, rows_in(name, MOST_ROWS + 1)) for name in lists))
    if not (read := chosen or next(iter(lists or names), "")):
        raise BrokenFile(_("There is nothing in the file. Choose the file with the list itself."))
    return read, [name for name in lists if name != read]


def read_xlsx(content: bytes, sheet: str = "") -> Table | Sheets:
    """Read the only visible sheet with a list in it, or the one chosen; of formulas, the result that was saved."""
    from openpyxl import load_workbook  # inline: slow to import, and wanted a few times a year

    packed = open_zip(content)
    if "xl/workbook.xml" not in packed.namelist():
        raise BrokenFile
    try:
        has_formulas = any(
            b"<f" in packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/sheet")
        )
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        names = [s.title for s in book.worksheets if s.sheet_state == "visible"]
        picked = _choice(names, lambda name, most: below_headings(_widths(book[name]), most), sheet)
        if isinstance(picked, Sheets):
            return picked
        name, unread = picked
        table = assemble(_sheet_rows(book[name]), sheet=name, unread=unread)
        if has_formulas:
            _refuse_empty_formulas(content, name)
    except (*XML_FAULTS, *ZIP_FAULTS, *BOOK_FAULTS) as fault:
        raise BrokenFile from fault
    return table


def _widths(sheet: Any) -> Iterator[int]:
    """Yield how many cells of each row hold something, as far down as anybody keeps a list."""
    sheet.reset_dimensions()
    for row in islice(sheet.iter_rows(values_only=True), FAR):
        yield sum(bool(as_text(value).strip()) for value in row)


def _sheet_rows(sheet: Any) -> Iterator[Numbered]:
    """Yield rows as text. The size that a sheet says it has is not believed."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > FAR:
            raise BrokenFile(far_down(number))
        if len(row) > MOST_COLUMNS and any(v is not None for v in row[MOST_COLUMNS:]):
            raise BrokenFile(
                _("Row %(row)d has more than %(most)d columns. Take away the columns that are not needed.")
                % {"row": number, "most": MOST_COLUMNS}
            )
        yield number, [as_text(value) for value in row[:MOST_COLUMNS]]


def far_down(number: int) -> str:
    """The sentence for something far below the list."""
    return _(
        "Something stands as far down as row %(row)d. Delete the empty rows below the list, save and try again."
    ) % {"row": number}


def as_text(value: Any) -> str:
    """Return a cell as a person would have typed it: whole numbers without decimals, days as 2026-11-27."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _refuse_empty_formulas(content: bytes, name: str) -> None:
    """Refuse formulas without a saved result: they would silently be empty cells."""
    from openpyxl import load_workbook  # inline: as above

    formulas = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)[name]
    results = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)[name]
    formulas.reset_dimensions()
    results.reset_dimensions()
    both = zip(formulas.iter_rows(values_only=True), results.iter_rows(values_only=True), strict=False)
    for number, (said, shown) in enumerate(both, 1):
        for formula, result in zip(said, shown, strict=False):
            if isinstance(formula, str) and formula.startswith("=") and result is None:
                raise BrokenFile(
                    _("There is a formula in row %(row)d without a result. Open the file in the spreadsheet program, "
                      "save it, and try again.") % {"row": number}
                )  # fmt: skip


def read_ods(content: bytes, sheet: str = "") -> Table | Sheets:
    """Read the only sheet with a list in it, or the one chosen."""
    packed = open_zip(content)
    try:
        if b"encryption-data" in packed.read("META-INF/manifest.xml"):
            raise BrokenFile(locked())
    except KeyError:
        pass
    except (*ZIP_FAULTS, ValueError) as fault:
        raise BrokenFile from fault
    try:
        with packed.open("content.xml") as inside:
            sheets = {s.name: s for s in _ods_sheets(inside) if s.rows or s.trouble}
    except (*XML_FAULTS, *ZIP_FAULTS, KeyError, ValueError) as fault:
        raise BrokenFile from fault
    picked = _choice(list(sheets), lambda name, most: sheets[name].below(most), sheet)
    if isinstance(picked, Sheets):
        return picked
    name, unread = picked
    if trouble := sheets[name].trouble:
        raise trouble
    return assemble(sheets[name].rows, sheet=name, unread=unread)


@dataclass(slots=True)
class _OdsSheet:
    """The rows of one sheet that hold something, or why it cannot be read: it may be one that nobody wants."""

    name: str = ""
    rows: list[Numbered] = field(default_factory=list)
    number: int = 0
    trouble: BrokenFile | None = None

    def below(self, most: int) -> int:
        """How many rows stand below the headings; of a sheet with trouble one at least, so that it can be chosen."""
        return below_headings((sum(map(bool, row)) for _n, row in self.rows), most) or int(self.trouble is not None)

    def take(self, row: Any) -> None:
        """Take one row element, as many times as it is repeated."""
        times, at = _repeated(row, "number-rows-repeated"), self.number + 1
        self.number += times
        try:
            cells = _ods_cells(row, at)
            if not any(cells):
                return
            if at > FAR:
                raise BrokenFile(far_down(at))
            if len(self.rows) + times > MOST_ROWS + LOOKED_AT:
                raise BrokenFile(
                    _("There are more than %(most)d rows. Divide the file into several.") % {"most": MOST_ROWS}
                )
        except BrokenFile as fault:
            self.trouble = self.trouble or fault
        else:
            self.rows.extend((at + n, cells) for n in range(times))


def _ods_sheets(inside: Any) -> Iterator[_OdsSheet]:
    """Yield the sheets that are not hidden. Repeated empty rows and cells are counted, never made."""
    sheet, hidden = _OdsSheet(), set()
    for event, element in iterparse(inside, events=("start", "end")):
        if event == "start":
            sheet = _OdsSheet() if element.tag == TABLE + "table" else sheet
        elif element.tag == STYLE + "style":
            properties = element.find(STYLE + "table-properties")
            if properties is not None and properties.get(TABLE + "display") == "false":
                hidden.add(element.get(STYLE + "name", "-"))
        elif element.tag == TABLE + "table-row":
            sheet.take(element)
            element.clear()
        elif element.tag == TABLE + "table":
            sheet.name = element.get(TABLE + "name", "")
            if element.get(TABLE + "style-name") not in hidden:
                yield sheet
            element.clear()


def _ods_cells(row: Any, number: int) -> Cells:
    cells: Cells = []
    gap = 0
    for cell in row:
        if cell.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
            continue
        times, text = _repeated(cell, "number-columns-repeated"), _ods_text(cell)
        if not text:
            gap += times
            continue
        if len(cells) + gap + times > MOST_COLUMNS:
            raise BrokenFile(
                _("Row %(row)d has more than %(most)d columns. Take away the columns that are not needed.")
                % {"row": number, "most": MOST_COLUMNS}
            )
        cells += [""] * gap + [text] * times
        gap = 0
    return cells


def _repeated(element: Any, name: str) -> int:
    return max(1, int(element.get(TABLE + name, "1")))


def _ods_text(cell: Any) -> str:
    """Return a cell as a person would have typed it; notes and comments are not part of it."""
    kind = cell.get(OFFICE + "value-type", "")
    if kind in {"float", "currency"} and (value := cell.get(OFFICE + "value")):
        return as_text(float(value))
    if kind == "date" and (value := cell.get(OFFICE + "date-value")):
        return cast("str", value).removesuffix("T00:00:00").replace("T", " ")
    if kind == "boolean":
        return "1" if cell.get(OFFICE + "boolean-value") == "true" else "0"
    return "\n".join("".join(_spoken(p)) for p in cell.findall(TEXT + "p")).strip()


def _spoken(paragraph: Any) -> Iterator[str]:
    """Yield the text of a paragraph; `text:s` stands for spaces, `text:tab` and `text:line-break` for themselves."""
    yield paragraph.text or ""
    for part in paragraph:
        if part.tag == TEXT + "s":
            yield " " * min(_spaces(part), 20)
        elif part.tag in {TEXT + "tab", TEXT + "line-break"}:
            yield " "
        else:
            yield from _spoken(part)
        yield part.tail or ""


def _spaces(part: Any) -> int:
    text = part.get(TEXT + "c", "1")
    return int(text) if text.isdecimal() and len(text) < 4 else 1
