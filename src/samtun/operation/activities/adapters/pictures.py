"""A picture that somebody sends, made anew: turned the right way, small, and without what a camera writes in it.

What cannot be used gives a sentence that says what to do. Nothing of the file as it was sent is kept.
"""

import io
import struct
import zlib
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

from samtun.foundation.imports.tables import MOST_BYTES
from samtun.kernel.errors import Refused

WIDE, NARROW = 1280, 640
WIDE_BYTES, NARROW_BYTES = 160_000, 60_000
"""What a page has room for: the small one is what telephones fetch."""
MOST_PIXELS = 55_000_000
"""A telephone's largest picture; more is a file made to fill the memory."""
LEAST, LEAST_SIDE = 500, 200
READ = ("JPEG", "PNG", "WEBP")
STILL = ("JPEG", "MPO")
"""What shows one picture, even where a telephone has put a second, for other screens, behind it."""
QUALITIES = (80, 70, 60, 50, 40)
HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
MOVES = (b"GIF87a", b"GIF89a")
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error)
"""What Pillow raises for a file that is not whole, or not what it says."""


class NoPicture(Refused):
    """This is no picture that we can show. Choose a photo: a file that ends in .jpg, .png or .webp."""


class NotWhole(Refused):
    """The picture is not whole: something was lost on the way. Send the photo anew from where it was taken."""


class TooLarge(Refused):
    """The picture is too large. Choose one of at most 10 MB, or take a screenshot of it and send that."""


class TooSmall(Refused):
    """The picture is too small or too narrow to be seen well. Choose the photo itself, at least 500 points wide."""


class ItMoves(Refused):
    """The picture moves. Choose one that stands still: some find it hard to read beside something that moves."""


class FromATelephone(Refused):
    """This sort of photo (HEIC) is not shown everywhere. Take a screenshot of it, or send it to yourself as JPEG."""


class ADrawing(Refused):
    """This is a drawing (SVG), which can hold more than a picture. Save it as .png, and choose that file."""


class ADocument(Refused):
    """This is a document (PDF). Choose the photo itself, or take a screenshot of the page."""


class Size(NamedTuple):
    """A picture as it is kept: WebP, and how large it is."""

    content: bytes
    width: int
    height: int


class Pictures(NamedTuple):
    """The same picture in two sizes."""

    wide: Size
    narrow: Size


def made_anew(content: bytes) -> Pictures:
    """Return a picture made anew in two sizes. Refused, with what to do, for what is no picture that can be shown."""
    if not content or len(content) > MOST_BYTES:
        raise TooLarge if content else NotWhole
    _known(content)
    try:
        with Image.open(io.BytesIO(content), formats=READ) as opened:
            drawn = _drawn(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise TooLarge from fault
    except UnidentifiedImageError as fault:
        raise NoPicture from fault
    except BROKEN as fault:
        raise NotWhole from fault
    wide = _fitted(drawn, WIDE)
    if max(wide.size) < LEAST or min(wide.size) < LEAST_SIDE:
        raise TooSmall
    return Pictures(_packed(wide, WIDE_BYTES), _packed(_fitted(wide, NARROW), NARROW_BYTES))


def _known(content: bytes) -> None:
    """Refuse by their first bytes what people send in good faith, each with its own sentence."""
    start = content[:1_024].lstrip().lower()
    if content[4:8] == b"ftyp" and content[8:12] in HEIC:
        raise FromATelephone
    if content[:6] in MOVES:
        raise ItMoves
    if start.startswith(b"%pdf"):
        raise ADocument
    if start.startswith((b"<svg", b"<?xml", b"<!doctype svg")) or b"<svg" in start:
        raise ADrawing


def _drawn(opened: Image.Image) -> Image.Image:
    """Return what is seen, read no larger than needed, turned as the camera was held, on white, and nothing else."""
    width, height = opened.size
    if width * height > MOST_PIXELS:
        raise TooLarge
    if opened.format not in STILL and getattr(opened, "is_animated", False):
        raise ItMoves
    opened.draft("RGB", (WIDE, WIDE))
    opened.load()
    turned = ImageOps.exif_transpose(opened)
    if turned.has_transparency_data:
        seen = turned.convert("RGBA")
        turned = Image.new("RGBA", seen.size, "white")
        turned.alpha_composite(seen)
    clean = Image.new("RGB", turned.size)
    clean.paste(turned.convert("RGB"))
    return clean


def _fitted(picture: Image.Image, most: int) -> Image.Image:
    """Return it within a square, never larger than it was."""
    small = picture.copy()
    small.thumbnail((most, most), Image.Resampling.LANCZOS)
    return small


def _packed(picture: Image.Image, most: int) -> Size:
    """Pack it as well as there is room for."""
    packed = io.BytesIO()
    for quality in QUALITIES:
        packed = io.BytesIO()
        picture.save(packed, "WEBP", quality=quality, method=4)
        if packed.tell() <= most:
            break
    return Size(packed.getvalue(), picture.width, picture.height)
