"""Spreadsheets for tests: the same rows as .xlsx, .ods and .csv in every encoding. All names are invented."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from openpyxl import Workbook

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-1", "cp865", "mac_roman")
HEAD = ("Fornavn", "Etternavn", "Mobil", "E-post", "Grend")
PEOPLE = (
    ("Bjørg", "Sæther", "900 00 101", "bjorg@eksempel.test", ""),
    ("Pål", "Åsen", "90000102", "", ""),
    ("Kari", "Nordmann", "+47 900 00 103", "kari@eksempel.test", ""),
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)

type Rows = Sequence[Sequence[object]]


def as_csv(rows: Rows, encoding: str = "utf-8", delimiter: str = ";", newline: str = "\r\n") -> bytes:
    """Text with separated values, quoted where needed."""

    def cell(value: object) -> str:
        text = str(value)
        quoted = any(sign in text for sign in (delimiter, '"', "\n", "\r"))
        return '"' + text.replace('"', '""') + '"' if quoted else text

    return "".join(delimiter.join(cell(v) for v in row) + newline for row in rows).encode(encoding)


def as_xlsx(rows: Rows, **others: Rows) -> bytes:
    """A workbook with one sheet, and perhaps others after it."""
    book = Workbook()
    for name, own in {"Liste": rows, **others}.items():
        sheet = book.create_sheet(name)
        for row in own:
            sheet.append(list(row))
    del book["Sheet"]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_ods(rows: Rows, head: str = "", tail: str = "", styles: str = "", after: str = "") -> bytes:
    """An OpenDocument spreadsheet; `tail` is XML after the rows, `styles` before the body, `after` more sheets."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(str(v))}</text:p></table:table-cell>'
            for v in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return ods_of(
        f"{head}<office:document-content {SPACES}>{styles}<office:body><office:spreadsheet>"
        f'<table:table table:name="Liste">{cells}{tail}</table:table>{after}'
        "</office:spreadsheet></office:body></office:document-content>"
    )


def ods_of(content: str, **parts: str) -> bytes:
    """Pack content.xml as an .ods."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo("mimetype"), ODS)
        packed.writestr("content.xml", '<?xml version="1.0" encoding="UTF-8"?>' + content)
        for name, text in parts.items():
            packed.writestr(name, text)
    return out.getvalue()
