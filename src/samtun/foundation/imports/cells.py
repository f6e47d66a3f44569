"""How one cell is read. What cannot be read raises BadCell with a sentence; nothing is guessed or cut off."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_noop as _

from samtun.foundation.forms import PhoneField
from samtun.foundation.imports.registry import BadCell, Known, fold

FAULTS = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "Err:502", "Err:508", "#NAVN?", "#VERDI!"}
YES = {"ja", "j", "x", "1", "yes", "y", "true", "sann", "har", "harbil", "v"}
NO = {"nei", "n", "0", "no", "false", "usann", "harikke", "ikkje", "ikke"}
LANGUAGES = {
    "nb": {"nb", "bokmål", "bm", "norsk", "norskbokmål"},
    "nn": {"nn", "nynorsk", "norsknynorsk"},
    "en": {"en", "engelsk", "english"},
}
_phones = PhoneField(required=False)


def text(most: int) -> Any:
    """Read words of at most so many characters."""

    def read(cell: str, known: Known) -> str:
        if cell in FAULTS:
            raise BadCell(_("“%(text)s” is a mistake the spreadsheet itself shows. Mend the formula."), text=cell)
        if any(ord(c) < 32 or 127 <= ord(c) < 160 for c in cell):
            raise BadCell(_("There are signs that nobody can read in this cell. Write it anew."))
        if len(cell) > most:
            raise BadCell(
                _("“%(text)s …” is longer than %(most)d characters. Make it shorter."), text=cell[:30], most=most
            )
        return cell

    return read


def name(cell: str, known: Known) -> str:
    """Read a name: letters, and no number."""
    found = text(60)(cell, known)
    if any(c.isdigit() for c in found) or not any(c.isalpha() for c in found) or "@" in found:
        raise BadCell(_("“%(text)s” is no name. Is it the right column?"), text=cell[:40])
    if "?" in found:
        raise BadCell(_("There is a question mark in the name “%(text)s”. Has a letter been lost?"), text=cell[:40])
    return str(found)


def phone(cell: str, known: Known) -> str:
    """Read a telephone number as people write it; of two, none is chosen for them."""
    if re.fullmatch(r"\d+[.,]?\d*[eE]\+?\d+", cell.replace(" ", "")):
        raise BadCell(
            _("“%(text)s” is a number the spreadsheet has shortened. Make the column text, and write it anew."),
            text=cell,
        )
    if re.search(r"\d\s*[/,;]\s*\+?\d|\d\s+(og|eller)\s+\+?\d", cell):
        raise BadCell(_("“%(text)s” is more than one number. Keep one of them."), text=cell[:40])
    try:
        found = _phones.clean(cell)
    except ValidationError as fault:
        raise BadCell(_("“%(text)s” is no telephone number that can be called."), text=cell[:40]) from fault
    return str(found)


def email(cell: str, known: Known) -> str:
    """Read an e-mail address."""
    found = cell.strip("<> ").removeprefix("mailto:")
    try:
        validate_email(found)
    except ValidationError as fault:
        raise BadCell(_("“%(text)s” is no e-mail address."), text=cell[:60]) from fault
    return found


def birth_year(cell: str, known: Known) -> int:
    """Read a year, or the year of a date. A national identity number is never taken in."""
    if len(re.sub(r"\D", "", cell)) == 11:
        raise BadCell(_("A national identity number stands here. Take the column away: it must not be kept."))
    this_year: int = known["year"]
    found = re.search(r"(?<!\d)(19\d\d|20\d\d)(?!\d)", cell)
    if found is None:
        raise BadCell(_("“%(text)s” is no year of birth with four digits, such as 1938."), text=cell[:20])
    year = int(found[1])
    if year > this_year:
        raise BadCell(_("The year %(year)d has not been yet."), year=year)
    return year


def year_or_day(cell: str, known: Known) -> str:
    """Read a date as 2026-11-27, 27.11.2026 or a year; returned as an ISO day."""
    iso = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?: .*)?", cell)
    dotted = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", cell)
    if iso:
        return cell[:10]
    if dotted:
        return f"{dotted[3]}-{int(dotted[2]):02}-{int(dotted[1]):02}"
    if re.fullmatch(r"(19|20)\d\d", cell):
        return f"{cell}-01-01"
    raise BadCell(_("“%(text)s” is no date such as 27.11.2026."), text=cell[:20])


def tick(cell: str, known: Known) -> bool:
    """Read yes or no."""
    folded = fold(cell)
    if folded in YES:
        return True
    if folded in NO:
        return False
    raise BadCell(_("Write “ja” or “nei” here, not “%(text)s”."), text=cell[:20])


def language(cell: str, known: Known) -> str:
    """Read which language to write in."""
    folded = fold(cell)
    for code, words in LANGUAGES.items():
        if folded in words:
            return code
    raise BadCell(_("“%(text)s” is not one of bokmål, nynorsk and English."), text=cell[:20])


def one_of(what: str) -> Any:
    """Read the name of one of the things in `known[what]`, by folded name."""

    def read(cell: str, known: Known) -> Any:
        found = known[what].get(fold(cell))
        if found is None:
            raise BadCell(
                _("“%(text)s” is not one of these: %(choices)s."), text=cell[:40], choices=known[f"{what}_words"]
            )
        return found

    return read


def several_of(what: str) -> Any:
    """Read names divided by comma, semicolon or a new line."""

    def read(cell: str, known: Known) -> list[Any]:
        return [one_of(what)(part.strip(), known) for part in re.split(r"[,;/]| og ", cell) if part.strip()]

    return read


def given_and_family(whole: str) -> tuple[str, str]:
    """Divide a whole name: `Lie, Kari` or `Kari Lie`; the last word is the family name."""
    if "," in whole:
        family, _comma, given = (part.strip() for part in whole.partition(","))
        return given or family, family if given else ""
    given, _space, family = whole.rpartition(" ")
    return (given, family) if given else (family, "")
