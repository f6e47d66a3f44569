"""Which letters a text file is written in. Never guessed: either only one reading makes sense, or a person is asked.

A file that is valid UTF-8 is UTF-8, unless its letters look as if they had been through the wrong reading once
already. Otherwise every encoding that Norwegian programs have used is tried. A reading is *broken* when a sign stands
inside a word (`Bj¢rn`) or a letter is not a Latin one. It is taken without asking only when every other reading is
broken and it is *sure*: its letters are those that Norwegian names are written with, its words are shaped as words
(`HÜland` is not), and no strange sign stands beside a letter. So even two files glued together are asked about.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SINGLE = ("cp1252", "iso-8859-1", "iso-8859-15", "cp850", "cp865", "mac_roman")
"""Candidates by how common they are today; two that give the same text count as one."""
TWICE = "utf-8-twice"
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", TWICE, *SINGLE)
USUAL = frozenset("æøåÆØÅéÉöÖäÄüÜ")
SAFE_SIGNS = frozenset("´-‐–·°«»§€½")
INSIDE_WORDS = frozenset("´-‐–·")
_IRISH = re.compile(r"(?<![^\W\d_])[A-Z]’(?=[A-Z][a-z])")
BESIDE_WORDS = frozenset("°©®™×÷±")
LOST = "\ufffd"
SAMPLES, OPTIONS, SAMPLE = 3, 4, 40
ORDINARY_CONTROLS = frozenset("\t\n\r")
_PIECE = re.compile(rb"[^\t\n\r;,|\"]*[\x80-\xff][^\t\n\r;,|\"]*")
_FOLLOWS = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a"
    "\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
)
_TWICE = re.compile(f"[\u00c2-\u00f4][{_FOLLOWS}]")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the file: the encoding, and up to three pieces of it with the letters that are in doubt."""

    encoding: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """More than one reading makes sense: a person must choose. The likeliest stands first."""

    readings: tuple[Reading, ...]


class NotText(ValueError):
    """The bytes are no text in any encoding known here."""


def settle(content: bytes) -> str | Doubt:
    """Return the encoding of a text file when there is no doubt, else the readings to ask about; NotText for neither.

    Bytes that cannot be text (a picture, a program) give NotText, never a reading full of strange letters.
    """
    if marked := _marked(content):
        return _latin_or_doubt(content, marked)
    if b"\0" in content:
        return _wide(content)
    if content.isascii():
        return "utf-8"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _single(content)
    return _doubt(content, ("utf-8", TWICE)) if _was_read_wrongly(text) else "utf-8"


def decode(content: bytes, encoding: str) -> str:
    """Return the text; NotText when the bytes are not in that encoding, or the encoding is not one of ours."""
    if encoding not in ENCODINGS:
        raise NotText(encoding)
    try:
        if encoding == TWICE:
            return _once_back(content.decode("utf-8-sig"))
        if encoding == "utf-8":
            return content.decode("utf-8-sig")
        return content.decode(encoding).removeprefix("\ufeff")
    except (UnicodeDecodeError, UnicodeEncodeError) as fault:
        raise NotText(encoding) from fault


def with_letters(texts: Iterable[str], most: int = SAMPLES) -> list[str]:
    """Return up to three texts with letters beyond a-z, all different letters first: for a person to look at."""
    return _telling([t for t in texts if not t.isascii()], most)


def _marked(content: bytes) -> str:
    """Return the encoding that a byte order mark tells; empty without one. A mark that lies gives NotText."""
    encoding = ""
    if content.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8"
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    if encoding and _is_strange(decode(content, encoding)):
        raise NotText("a byte order mark before something else")
    return encoding


def _wide(content: bytes) -> str | Doubt:
    """Return which half of UTF-16 it is: in our texts nearly every second byte is zero."""
    even, odd = content[0::2].count(0), content[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) * 3 < len(content) or min(even, odd) or _is_strange(decode(content, encoding)):
        raise NotText("zero bytes")
    return _latin_or_doubt(content, encoding)


def _latin_or_doubt(content: bytes, encoding: str) -> str | Doubt:
    """Ask about UTF-16 with other letters than Latin ones: two files glued together look like that."""
    text = decode(content, encoding)
    if encoding == "utf-8" or all(_is_latin(c) for c in _letters(text)):
        return encoding
    pieces = with_letters(piece.strip()[:SAMPLE] for piece in re.split(r"[\t\n\r;,|\"]+", text))
    return Doubt((Reading(encoding, tuple(pieces)),))


def _single(content: bytes) -> str | Doubt:
    """Choose among the encodings of one byte a letter."""
    texts: dict[str, str] = {}
    for encoding in SINGLE:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text not in texts.values() and not _is_strange(text):
            texts[encoding] = text
    whole = [encoding for encoding, text in texts.items() if not _is_broken(text)]
    if not texts:
        raise NotText("no encoding fits")
    if len(whole) == 1 and _is_sure(texts[whole[0]]):
        return whole[0]
    ranked = sorted(texts, key=lambda e: (e not in whole, _oddness(texts[e])))
    return _doubt(content, ranked[:OPTIONS])


def _doubt(content: bytes, encodings: Sequence[str]) -> Doubt:
    pieces = _telling([p for p in (found.strip() for found in _PIECE.findall(content)) if p], SAMPLES)
    return Doubt(tuple(Reading(e, tuple(_shown(p, e) for p in pieces)) for e in encodings))


def _shown(piece: bytes, encoding: str) -> str:
    try:
        return decode(piece, encoding)[:SAMPLE]
    except NotText:
        return ""


def _telling[T: (str, bytes)](pieces: Sequence[T], most: int) -> list[T]:
    """Return few pieces that together show as many of the letters in doubt as possible, in the order of the file."""
    chosen: dict[T, None] = {}
    shown: set[object] = set()
    for fresh_only in (True, False):
        for piece in pieces:
            own = {c for c in piece if (c if isinstance(c, int) else ord(c)) > 127}
            if len(chosen) < most and piece not in chosen and (own - shown or not fresh_only):
                chosen[piece] = None
                shown |= own
    return list(chosen)


def _is_strange(text: str) -> bool:
    """Whether control characters stand in it: then it is no text, or not in this encoding."""
    return any(unicodedata.category(c) == "Cc" and c not in ORDINARY_CONTROLS for c in set(text))


def _letters(text: str) -> set[str]:
    return {c for c in set(text) if not c.isascii() and unicodedata.category(c)[0] == "L"}


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")


def _is_broken(text: str) -> bool:
    """Whether the reading cannot be right: a letter that is not Latin, a sign inside a word, a drawing beside one."""
    if not all(_is_latin(c) for c in _letters(text)):
        return True
    text = _IRISH.sub("O'", text)
    signs = {c for c in set(text) if not c.isascii() and not c.isspace()} - _letters(text) - INSIDE_WORDS
    drawn = {c for c in signs if unicodedata.category(c) in {"Sm", "So"} and c not in BESIDE_WORDS}
    inside = bool(signs) and re.search(rf"[^\W\d_][{_class(signs)}][^\W\d_]", text)
    beside = bool(drawn) and re.search(rf"[{_class(drawn)}][^\W\d_]|[^\W\d_][{_class(drawn)}]", text)
    return bool(inside or beside)


def _is_sure(text: str) -> bool:
    """Whether nothing in the reading is out of the ordinary."""
    text = _IRISH.sub("O'", text)
    if not _letters(text) <= USUAL:
        return False
    words = (w for w in re.findall(r"[^\W\d_]+", text) if not w.isascii())
    if not all(w.islower() or w.isupper() or (w[0].isupper() and w[1:].islower()) for w in words):
        return False
    signs = {c for c in set(text) if not c.isascii() and not c.isspace()} - _letters(text) - SAFE_SIGNS
    return not (signs and re.search(rf"[{_class(signs)}][^\W\d_]|[^\W\d_][{_class(signs)}]", text))


def _class(signs: set[str]) -> str:
    return re.escape("".join(sorted(signs)))


def _oddness(text: str) -> tuple[int, int]:
    """Order for asking: fewest words with a capital in the middle, then fewest unusual letters."""
    shape = len(re.findall(r"[a-zæøå][^\Wa-zæøå\d_A-Z](?=[a-zæøå])", text))
    capitals = sum(1 for m in re.finditer(r"[a-z]([^\W\d_])", text) if m[1].isupper())
    return capitals, shape + len(_letters(text) - USUAL)


def _was_read_wrongly(text: str) -> bool:
    """Whether UTF-8 shows the marks of having been read as something else and saved again (`BjÃ¸rn`)."""
    if not _TWICE.search(text):
        return False
    try:
        return _once_back(text) != text
    except (UnicodeDecodeError, UnicodeEncodeError):
        return False


def _once_back(text: str) -> str:
    return text.encode("cp1252").decode("utf-8")
