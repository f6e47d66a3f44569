"""A design on one A4 as tagged PDF (PDF/UA-1) by typst."""

from dataclasses import asdict, dataclass, field

from samtun.foundation.typesetting import tagged_pdf


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with its lines."""

    title: str
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Paper:
    """All words of the page, in the reader's language. `left` and `right` are its two columns."""

    language: str
    title: str
    state: str
    purpose: str
    address: str
    printed: str
    left: list[Block] = field(default_factory=list)
    right: list[Block] = field(default_factory=list)


def paper_pdf(paper: Paper) -> bytes:
    """Return the page."""
    return tagged_pdf("designs/paper.typ", paper=asdict(paper))
