"""What the engine calls people and things by: an opaque value, never a name or a number that means something."""

from collections.abc import Hashable
from hashlib import blake2b

type Id = Hashable


def drawn_by_lot(seed: Id, one: Id) -> bytes:
    """A fixed place in the queue for `one` among equals, drawn anew for each `seed`.

    Two who are equal by the rules must stand in some order, and that order may not follow the name or the
    age of the row, or the same person would always stand first. Built on `repr`, so it is the same in every process.
    """
    return blake2b(f"{seed!r}|{one!r}".encode(), digest_size=8).digest()
