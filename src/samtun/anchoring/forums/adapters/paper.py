"""Agenda and minutes as tagged PDF (PDF/UA-1) by typst: A4, large enough to read at a table."""

from dataclasses import asdict, dataclass, field

from samtun.foundation.typesetting import tagged_pdf


@dataclass(frozen=True, slots=True)
class Line:
    """One item: what was said of it, each a paragraph, and what was decided."""

    title: str
    source: str
    said: list[str] = field(default_factory=list)
    decided: str = ""
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """All words of one paper, in the reader's language."""

    language: str
    title: str
    forum: str
    when: str
    place: str
    approved: str
    seats_title: str
    printed: str
    seats: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def paper_pdf(paper: Paper) -> bytes:
    """Return the paper."""
    return tagged_pdf("forums/paper.typ", paper=asdict(paper))
