"""Tomorrow's sheet as tagged PDF (PDF/UA-1) by typst: A4, nothing under 14 points."""

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
    """One line: when (or nothing), what, and what stands under it."""

    what: str
    when: str = ""
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a place, or under nothing."""

    rows: list[Row]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One heading of the sheet. `empty` is said when there are no rows."""

    heading: str
    groups: list[Group]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """All words of one sheet, in its reader's language."""

    language: str
    title: str
    sender: str
    printed: str
    page: str
    top: list[str]
    parts: list[Part] = field(default_factory=list)


def paper_pdf(paper: Paper) -> bytes:
    """Return the sheet. Texts are data to typst, never source."""
    fonts = Path(settings.ROOT) / "build" / "fonts"
    paths = [fonts] if fonts.is_dir() else []
    return typst.compile(
        _source(), format="pdf", sys_inputs={"sheet": json.dumps(asdict(paper))}, pdf_standards=["ua-1"],
        font_paths=paths,
    )  # fmt: skip


@functools.cache
def _source() -> Path:
    template: Any = get_template("sheets/sheet.typ")
    return Path(template.template.origin.name)
