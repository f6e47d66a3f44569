"""Tomorrow's sheet as tagged PDF (PDF/UA-1) by typst: A4, nothing under 14 points."""

from dataclasses import asdict, dataclass, field

from samtun.foundation.typesetting import tagged_pdf


@dataclass(frozen=True, slots=True)
class Row:
    """One line: when (or nothing), what, and what stands under it."""

    what: str
    when: str = ""
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a place, or under nothing."""

    rows: list[Row]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One heading of the sheet. `empty` is said when there are no rows."""

    heading: str
    groups: list[Group]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """All words of one sheet, in its reader's language."""

    language: str
    title: str
    sender: str
    printed: str
    page: str
    top: list[str]
    parts: list[Part] = field(default_factory=list)


def paper_pdf(paper: Paper) -> bytes:
    """Return the sheet."""
    return tagged_pdf("sheets/sheet.typ", sheet=asdict(paper))
