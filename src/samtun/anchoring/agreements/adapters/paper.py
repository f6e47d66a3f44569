"""An agreement as tagged PDF (PDF/UA-1) by typst: one A4 page, large enough to read at a table."""

from dataclasses import asdict, dataclass, field

from samtun.foundation.typesetting import tagged_pdf


@dataclass(frozen=True, slots=True)
class Row:
    """A head, and what stands under it."""

    head: str
    words: str


@dataclass(frozen=True, slots=True)
class Paper:
    """All words of one paper, in the reader's language. `signs` without words get a line to sign on."""

    language: str
    title: str
    state: str
    parties_title: str
    signs_title: str
    printed: str
    notes: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    parties: list[Row] = field(default_factory=list)
    signs: list[Row] = field(default_factory=list)


def paper_pdf(paper: Paper) -> bytes:
    """Return the paper. It sets them smaller before it begins a second page."""
    return tagged_pdf("agreements/paper.typ", paper=asdict(paper))
