"""What is on offer as a booklet in large type, tagged PDF (PDF/UA-1) by typst."""

from dataclasses import asdict, dataclass, field

from samtun.foundation.typesetting import tagged_pdf


@dataclass(frozen=True, slots=True)
class Entry:
    """One offer."""

    title: str
    about: str
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """A shelf with its offers."""

    title: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Booklet:
    """All words of the booklet, in the reader's language."""

    language: str
    title: str
    lead: str
    printed: str
    address: str
    none: str
    parts: list[Part] = field(default_factory=list)


def booklet_pdf(booklet: Booklet) -> bytes:
    """Return the booklet."""
    return tagged_pdf("catalogue/booklet.typ", booklet=asdict(booklet))
