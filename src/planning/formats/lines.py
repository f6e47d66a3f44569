"""On which line of a JSON text a field stands."""

import re
from json import JSONDecoder

_SPACE = re.compile(r"\s*")
_READ = JSONDecoder().raw_decode
"""Read the value that begins at a place of a text; gives it, and where it ends."""

type Path = tuple[str | int, ...]


def line_of(text: str, path: Path) -> int:
    """Give the line of what stands at `path`, or of the last part of the way there that is there."""
    at, wanted = _skip(text, 0), list(path)
    while wanted:
        found = _member(text, at, wanted.pop(0))
        if found is None:
            break
        at = found
    return text.count("\n", 0, at) + 1


def field_of(path: Path) -> str:
    """Write a path as `doors[3].boxes[0].portions`."""
    return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in path).lstrip(".")


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _member(text: str, at: int, wanted: str | int) -> int | None:
    """Where one member of the object or list at `at` begins."""
    ends, number = {"{": "}", "[": "]"}.get(text[at], ""), 0
    if not ends:
        return None
    at = _skip(text, at + 1)
    while text[at] != ends:
        name: str | int = number
        if ends == "}":
            name, at = _READ(text, at)
            at = _skip(text, _skip(text, at) + 1)
        if name == wanted:
            return at
        at = _skip(text, _READ(text, at)[1])
        if text[at] == ",":
            at = _skip(text, at + 1)
        number += 1
    return None
