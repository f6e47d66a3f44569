"""A card of thanks as tagged PDF (PDF/UA-1) by typst: A5 lying down, large, with room for a signature."""

import functools
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.template.loader import get_template


@dataclass(frozen=True, slots=True)
class Card:
    """The words of one card, in its reader's language. `done` names kinds of help, never how many."""

    language: str
    heading: str
    text: str
    rest: str
    greeting: str
    sender: str
    done: list[str] = field(default_factory=list)
    quote: str = ""
    quote_from: str = ""


def card_pdf(card: Card) -> bytes:
    """Return the card. Texts are data to typst, never source."""
    fonts = Path(settings.ROOT) / "build" / "fonts"
    paths = [fonts] if fonts.is_dir() else []
    return typst.compile(
        _source(), format="pdf", sys_inputs={"card": json.dumps(asdict(card))}, pdf_standards=["ua-1"],
        font_paths=paths,
    )  # fmt: skip


@functools.cache
def _source() -> Path:
    template: Any = get_template("recognition/card.typ")
    return Path(template.template.origin.name)
