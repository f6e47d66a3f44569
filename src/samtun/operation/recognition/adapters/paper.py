"""Paper by typst: tagged PDF (PDF/UA-1). Texts are data to typst, never source."""

import functools
import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.template.loader import get_template


def paper_pdf(template: str, name: str, data: dict[str, Any]) -> bytes:
    """Return a typst template of a room as PDF; it reads `data` from the input `name`."""
    fonts = Path(settings.ROOT) / "build" / "fonts"
    paths = [fonts] if fonts.is_dir() else []
    return typst.compile(
        _source(template), format="pdf", sys_inputs={name: json.dumps(data)}, pdf_standards=["ua-1"], font_paths=paths
    )


@functools.cache
def _source(name: str) -> Path:
    template: Any = get_template(name)
    return Path(template.template.origin.name)
