"""The map of whose task each thing is as tagged PDF (PDF/UA-1) by typst: one A4 page."""

import functools
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.template.loader import get_template


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
    """Return the paper. Texts are data to typst, never source; it sets them smaller before it begins a second page."""
    fonts = Path(settings.ROOT) / "build" / "fonts"
    paths = [fonts] if fonts.is_dir() else []
    return typst.compile(
        _source(), format="pdf", sys_inputs={"paper": json.dumps(asdict(paper))}, pdf_standards=["ua-1"],
        font_paths=paths,
    )  # fmt: skip


@functools.cache
def _source() -> Path:
    template: Any = get_template("responsibilities/paper.typ")
    return Path(template.template.origin.name)
