"""Letters as tagged PDF (PDF/UA-1) by typst: A4, large print, the address where window envelopes show it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from samtun.foundation.typesetting import qr_svg, tagged_pdf


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
    """Return one PDF with all letters, each from a page 1 of its own."""
    data = [asdict(each) | {"qr": qr_svg(each.link)} for each in letters]
    return tagged_pdf("channels/letter.typ", letters=data)
