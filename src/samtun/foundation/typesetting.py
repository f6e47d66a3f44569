"""Sheets, letters and posters as tagged PDF (PDF/UA-1) by typst, in our own type."""

import functools
import json
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.template.loader import get_template


def tagged_pdf(template: str, **words: Any) -> bytes:
    """Return a room's typst template as PDF; it reads each of `words` from the input of that name, as JSON.

    Texts are data to typst, never source.
    """
    fonts = Path(settings.ROOT) / "build" / "fonts"
    return typst.compile(
        _source(template), format="pdf", sys_inputs={name: json.dumps(each) for name, each in words.items()},
        pdf_standards=["ua-1"], font_paths=[fonts] if fonts.is_dir() else [],
    )  # fmt: skip


def qr_svg(address: str, *, border: int = 2) -> str:
    """Return an address as a QR code that typst can draw, `border` modules of white around it; empty for none."""
    if not address:
        return ""
    drawing = str(segno.make(address, error="m", micro=False).svg_inline(border=border))
    return drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


@functools.cache
def _source(name: str) -> Path:
    template: Any = get_template(name)
    return Path(template.template.origin.name)
