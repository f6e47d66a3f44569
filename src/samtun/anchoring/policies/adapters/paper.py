"""A policy as tagged PDF (PDF/UA-1) by typst: one A4 page, smaller letters before there is a second one."""

import functools
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.template.loader import get_template


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
    """Return the paper. Texts are data to typst, never source."""
    fonts = Path(settings.ROOT) / "build" / "fonts"
    paths = [fonts] if fonts.is_dir() else []
    return typst.compile(
        _source(), format="pdf", sys_inputs={"paper": json.dumps(asdict(paper))}, pdf_standards=["ua-1"],
        font_paths=paths,
    )  # fmt: skip


@functools.cache
def _source() -> Path:
    template: Any = get_template("policies/paper.typ")
    return Path(template.template.origin.name)
