"""The sheet for the kitchen table as tagged PDF (PDF/UA-1) by typst: one A4 page, as large as there is room for."""

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
    """One around the person: first name, what, when; a number for the network contact only."""

    name: str
    what: str = ""
    when: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class AroundSheet:
    """All words of one sheet, in the person's language."""

    language: str
    title: str
    name: str
    contact: str
    sender: str
    sender_phone: str
    ring: str
    printed: str
    lines: list[Line] = field(default_factory=list)


def sheet_pdf(sheet: AroundSheet) -> bytes:
    """Return the sheet. Texts are data to typst, never source."""
    fonts = Path(settings.ROOT) / "build" / "fonts"
    paths = [fonts] if fonts.is_dir() else []
    return typst.compile(
        _source(), format="pdf", sys_inputs={"sheet": json.dumps(asdict(sheet))}, pdf_standards=["ua-1"],
        font_paths=paths,
    )  # fmt: skip


@functools.cache
def _source() -> Path:
    template: Any = get_template("networks/around.typ")
    return Path(template.template.origin.name)
