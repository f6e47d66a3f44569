"""Letters as tagged PDF (PDF/UA-1) by typst: A4, large print, the address where window envelopes show it."""

import functools
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.template.loader import get_template


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. `address` has a line for each line; `link` becomes a QR code, and is printed beside it."""

    name: str
    address: str
    heading: str
    text: str
    language: str
    sender: str
    telephone: str
    printed: str
    words: dict[str, str]
    link: str = ""
    large: bool = True


def letters_pdf(letters: Sequence[Letter]) -> bytes:
    """Return one PDF with all letters, each from a page 1 of its own. Texts are data to typst, never source."""
    data = [asdict(each) | {"qr": _qr(each.link)} for each in letters]
    fonts = Path(settings.ROOT) / "build" / "fonts"
    paths = [fonts] if fonts.is_dir() else []
    return typst.compile(
        _source(), format="pdf", sys_inputs={"letters": json.dumps(data)}, pdf_standards=["ua-1"],
        font_paths=paths,
    )  # fmt: skip


@functools.cache
def _source() -> Path:
    template: Any = get_template("channels/letter.typ")
    return Path(template.template.origin.name)


def _qr(link: str) -> str:
    if not link:
        return ""
    drawing = str(segno.make(link, error="m").svg_inline(border=2))
    return drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
