"""Agenda and minutes as tagged PDF (PDF/UA-1) by typst: A4, large enough to read at a table."""

import functools
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.template.loader import get_template


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
    """Return the paper. Texts are data to typst, never source."""
    fonts = Path(settings.ROOT) / "build" / "fonts"
    paths = [fonts] if fonts.is_dir() else []
    return typst.compile(
        _source(), format="pdf", sys_inputs={"paper": json.dumps(asdict(paper))}, pdf_standards=["ua-1"],
        font_paths=paths,
    )  # fmt: skip


@functools.cache
def _source() -> Path:
    template: Any = get_template("forums/paper.typ")
    return Path(template.template.origin.name)
