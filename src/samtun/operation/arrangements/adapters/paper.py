"""The dates on paper as tagged PDF (PDF/UA-1) by typst: A4, large type, for the refrigerator door."""

from dataclasses import asdict, dataclass

from samtun.foundation.typesetting import tagged_pdf


@dataclass(frozen=True, slots=True)
class Dates:
    """All words of one sheet, in its reader's language. `rows` are (date, clock, words when nobody comes)."""

    language: str
    sender: str
    title: str
    lead: str
    rows: list[tuple[str, str, str]]
    empty: str
    foot: list[str]
    printed: str


def dates_pdf(dates: Dates) -> bytes:
    """Return the sheet."""
    return tagged_pdf("arrangements/dates.typ", dates=asdict(dates))
