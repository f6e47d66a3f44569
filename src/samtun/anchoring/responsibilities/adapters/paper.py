"""The map of whose task each thing is as tagged PDF (PDF/UA-1) by typst: one A4 page."""

from dataclasses import asdict, dataclass, field

from samtun.foundation.typesetting import tagged_pdf


@dataclass(frozen=True, slots=True)
class Paper:
    """All words of one paper, in the reader's language. `rows`: the task, then who has each part, then what is wrong.

    `heads` name the columns.
    """

    language: str
    title: str
    lead: str
    printed: str
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def paper_pdf(paper: Paper) -> bytes:
    """Return the paper. It sets them smaller before it begins a second page."""
    return tagged_pdf("responsibilities/paper.typ", paper=asdict(paper))
