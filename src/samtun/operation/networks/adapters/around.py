"""The sheet for the kitchen table as tagged PDF (PDF/UA-1) by typst: one A4 page, as large as there is room for."""

from dataclasses import asdict, dataclass, field

from samtun.foundation.typesetting import tagged_pdf


@dataclass(frozen=True, slots=True)
class Line:
    """One around the person: first name, what, when; a number for the network contact only."""

    name: str
    what: str = ""
    when: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class AroundSheet:
    """All words of one sheet, in the person's language."""

    language: str
    title: str
    name: str
    contact: str
    sender: str
    sender_phone: str
    ring: str
    printed: str
    lines: list[Line] = field(default_factory=list)


def sheet_pdf(sheet: AroundSheet) -> bytes:
    """Return the sheet."""
    return tagged_pdf("networks/around.typ", sheet=asdict(sheet))
