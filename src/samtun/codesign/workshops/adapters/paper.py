"""The report of a workshop on A4 as tagged PDF (PDF/UA-1) by typst."""

import functools
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.template.loader import get_template


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with its lines."""

    title: str
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Paper:
    """All words of the report, in the reader's language."""

    language: str
    title: str
    state: str
    purpose: str
    address: str
    printed: str
    blocks: list[Block] = field(default_factory=list)


def paper_pdf(paper: Paper) -> bytes:
    """Return the report. Texts are data to typst, never source."""
    fonts = Path(settings.ROOT) / "build" / "fonts"
    paths = [fonts] if fonts.is_dir() else []
    return typst.compile(
        _source(), format="pdf", sys_inputs={"paper": json.dumps(asdict(paper))}, pdf_standards=["ua-1"],
        font_paths=paths,
    )  # fmt: skip


@functools.cache
def _source() -> Path:
    template: Any = get_template("workshops/paper.typ")
    return Path(template.template.origin.name)
