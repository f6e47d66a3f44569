"""A reference to any thing, without importing the room it lives in."""

import uuid
from typing import NamedTuple, Self


class Ref(NamedTuple):
    """What a row is about: its kind (`help_request`) and its key. Text form: `help_request:0192…`."""

    kind: str
    id: uuid.UUID

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text form; ValueError when it is not one."""
        kind, _, key = text.partition(":")
        if not kind:
            raise ValueError("A reference needs a kind and a key.")
        return cls(kind, uuid.UUID(key))
