"""What the engine calls people and things by: an opaque value, never a name or a number that means something."""

from collections.abc import Callable, Hashable, Iterable
from hashlib import blake2b

type Id = Hashable


def lot(seed: Id) -> Callable[[Id], bytes]:
    """Draw a lot for each one among equals, anew for each `seed`; sort by it.

    Two who are equal by the rules must stand in some order, and that order may not follow the name or the
    age of the row, or the same person would always stand first. Built on `repr`, so it is the same in every process.
    """
    begun = blake2b(repr(seed).encode() + b"|", digest_size=8)

    def draw(one: Id) -> bytes:
        mixed = begun.copy()
        mixed.update(repr(one).encode())
        return mixed.digest()

    return draw


def as_figure(one: Id) -> str | int:
    """Give an id as a figure of a reason: text and numbers as they are, anything else as it is written."""
    return one if isinstance(one, str | int) else repr(one)


def once(names: Iterable[Id], what: str) -> set[Id]:
    """Collect `names`. Raises ValueError when one comes twice; `what` is what they name."""
    seen: set[Id] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"The {what} {name!r} stands twice.")
        seen.add(name)
    return seen
