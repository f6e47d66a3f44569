"""What is wrong with a file, and where."""

from math import isfinite


class FileError(ValueError):
    """A file that cannot be read: what is wrong, on which line, in which field; each where it is known."""

    def __init__(self, what: str, *, line: int | None = None, field: str = "") -> None:
        self.what, self.line, self.field = what, line, field
        where = ", ".join(part for part in (f"line {line}" if line else "", field) if part)
        super().__init__(f"{where}: {what}" if where else what)


def number(word: str, line: int, field: str) -> float:
    """Read a number. Raises FileError for what is none."""
    try:
        found = float(word)
    except ValueError:
        raise FileError(f"{word!r} is not a number.", line=line, field=field) from None
    if not isfinite(found):
        raise FileError(f"{word!r} is no number that one can count with.", line=line, field=field)
    return found


def whole(word: str, line: int, field: str) -> int:
    """Read a whole number. Raises FileError for what is none."""
    try:
        return int(word)
    except ValueError:
        raise FileError(f"{word!r} is not a whole number.", line=line, field=field) from None
