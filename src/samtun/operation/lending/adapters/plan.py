"""The week of a hall on paper as tagged PDF (PDF/UA-1) by typst: A4, large type, for the door of the hall."""

from dataclasses import asdict, dataclass

from samtun.foundation.typesetting import tagged_pdf


@dataclass(frozen=True, slots=True)
class Week:
    """All words of one sheet, in its reader's language. `days` are (weekday, rows of (clock, who))."""

    language: str
    sender: str
    title: str
    lead: str
    days: list[tuple[str, list[tuple[str, str]]]]
    empty: str
    foot: list[str]
    printed: str


def week_pdf(week: Week) -> bytes:
    """Return the sheet."""
    return tagged_pdf("lending/week.typ", week=asdict(week))
