"""What is on offer as a booklet in large type, tagged PDF (PDF/UA-1) by typst."""

import functools
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.template.loader import get_template


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
    """Return the booklet. Texts are data to typst, never source."""
    fonts = Path(settings.ROOT) / "build" / "fonts"
    paths = [fonts] if fonts.is_dir() else []
    return typst.compile(
        _source(), format="pdf", sys_inputs={"booklet": json.dumps(asdict(booklet))}, pdf_standards=["ua-1"],
        font_paths=paths,
    )  # fmt: skip


@functools.cache
def _source() -> Path:
    template: Any = get_template("catalogue/booklet.typ")
    return Path(template.template.origin.name)
