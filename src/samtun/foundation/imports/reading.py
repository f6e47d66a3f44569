"""From the bytes of a file to a table, or to the question which letters it is written in or which sheet is meant."""

from django.utils.translation import gettext as _

from samtun.foundation.imports.letters import Doubt, NotText, decode, settle
from samtun.foundation.imports.tables import MOST_BYTES, BrokenFile, Sheets, Table, read_csv
from samtun.foundation.imports.workbooks import locked, open_zip, read_ods, read_xlsx

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
ZIP = b"PK\x03\x04"


def read(content: bytes, *, encoding: str = "", sheet: str = "") -> tuple[Table, str] | Doubt | Sheets:
    """Return the table and its encoding (empty for workbooks), or what to ask about; BrokenFile for neither.

    What the file is, is seen from its content; its name says nothing. `encoding` and `sheet` are what a person chose.
    """
    if len(content) > MOST_BYTES:
        raise BrokenFile(too_big())
    if not content.strip():
        raise BrokenFile(_("The file is empty. Choose the file with the list itself."))
    if content.startswith(OLD_OFFICE):
        raise BrokenFile(
            _("The file is of the old kind (.xls), or locked with a password. Open it in the spreadsheet program, save "
              "it as .xlsx without a password, and try that file.")
        )  # fmt: skip
    if content.startswith(ZIP):
        found = _workbook(content, sheet)
        return found if isinstance(found, Sheets) else (found, "")
    return _text(content, encoding)


def too_big() -> str:
    """The sentence for a file over the limit."""
    return _("The file is larger than %(most)d MB. Save only the list itself, without pictures, and try again.") % {
        "most": MOST_BYTES // 1_000_000
    }


def _workbook(content: bytes, sheet: str) -> Table | Sheets:
    names = set(open_zip(content).namelist())
    if "xl/workbook.xml" in names:
        return read_xlsx(content, sheet)
    if "content.xml" in names and ODS in content[:200]:
        return read_ods(content, sheet)
    if "EncryptedPackage" in names:
        raise BrokenFile(locked())
    raise BrokenFile(_("This is not a spreadsheet. Choose an .xlsx, .ods or .csv file."))


def _text(content: bytes, encoding: str) -> tuple[Table, str] | Doubt:
    try:
        chosen = encoding or settle(content)
        if isinstance(chosen, Doubt):
            return chosen
        text = decode(content, chosen)
    except NotText as fault:
        raise BrokenFile(_("This is not a spreadsheet. Choose an .xlsx, .ods or .csv file.")) from fault
    if text.lstrip()[:1] in {"<", "{"} or text.startswith(("%PDF", "{\\rtf")):
        raise BrokenFile(_("This is not a spreadsheet. Choose an .xlsx, .ods or .csv file."))
    return read_csv(text), chosen
