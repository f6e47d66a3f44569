"""The dates on paper as tagged PDF (PDF/UA-1) by typst: A4, large type, for the refrigerator door."""

import functools
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.template.loader import get_template


@dataclass(frozen=True, slots=True)
class Dates:
    """All words of one sheet, in its reader's language. `rows` are (date, clock, words when nobody comes)."""

    language: str
    sender: str
    title: str
    lead: str
    rows: list[tuple[str, str, str]]
    empty: str
    foot: list[str]
    printed: str


def dates_pdf(dates: Dates) -> bytes:
    """Return the sheet. Texts are data to typst, never source."""
    fonts = Path(settings.ROOT) / "build" / "fonts"
    paths = [fonts] if fonts.is_dir() else []
    return typst.compile(
        _source(), format="pdf", sys_inputs={"dates": json.dumps(asdict(dates))}, pdf_standards=["ua-1"],
        font_paths=paths,
    )  # fmt: skip


@functools.cache
def _source() -> Path:
    template: Any = get_template("arrangements/dates.typ")
    return Path(template.template.origin.name)
