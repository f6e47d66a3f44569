"""A policy as tagged PDF (PDF/UA-1) by typst: one A4 page, smaller letters before there is a second one."""

from dataclasses import asdict, dataclass, field

from samtun.foundation.typesetting import tagged_pdf


@dataclass(frozen=True, slots=True)
class Row:
    """A goal: its words, who answers by when and how far, and what is done to reach it."""

    head: str
    facts: str
    measures: list["Row"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Paper:
    """All words of one paper, in the reader's language."""

    language: str
    title: str
    words: str
    measures_title: str
    printed: str
    notes: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def paper_pdf(paper: Paper) -> bytes:
    """Return the paper."""
    return tagged_pdf("policies/paper.typ", paper=asdict(paper))
