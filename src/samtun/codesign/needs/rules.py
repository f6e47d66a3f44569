"""Who reads and writes needs, what may be told of a number, and what in the words may point at a person."""

import re
import uuid
from collections.abc import Collection

from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clinical import clinical_words

MOST_WORDS = 400
FEW = 5
"""Fewer than this is not told to others than the one who wrote it: a small number points at somebody."""
ACTS = (Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, Permission.REFER)
_NUMBER = re.compile(r"(?<!\d)(?:\+\d{2} ?)?\d(?:[ .]?\d){7,10}(?!\d)")
_ADDRESS = re.compile(r"\S+@\S+")
_CAPITAL = re.compile(r"(?<![.!?:«\"–-])(?<=\s)([A-ZÆØÅ][a-zæøåéèêóòô]{2,})")
_SENTENCE = re.compile(r"[.!?:]\s+$")


def takes_part(viewer: Viewer) -> bool:
    """Tell whether somebody acts for one who takes part, and so reads what is needed."""
    return viewer.is_system or (bool(viewer.owners) and any(viewer.may(p) for p in ACTS))


def writes_for(viewer: Viewer, owner: uuid.UUID) -> bool:
    """Tell whether somebody writes needs down for an owner, and says when they are met."""
    return viewer.is_system or (owner in viewer.owners and any(viewer.may(p) for p in ACTS))


def told_number(number: int | None, *, own: bool) -> tuple[int | None, bool]:
    """Return what may be told of how many think so, and whether it is hidden since they are few."""
    few = number is not None and 0 < number < FEW and not own
    return (None, True) if few else (number, False)


def points_at_somebody(text: str, *, known: Collection[str] = ()) -> list[str]:
    """Return what in a text may point at a person: numbers, addresses, words of illness, names that are no place.

    A question to the one who writes, never a filter. `known` are names of places and organisations, any case.
    """
    found = [m.group().strip() for m in _NUMBER.finditer(text)] + _ADDRESS.findall(text) + list(clinical_words(text))
    places = {part for name in known for part in name.casefold().split()}
    for match in _CAPITAL.finditer(text):
        begins = _SENTENCE.search(text[: match.start(1)])
        if not begins and match.group(1).casefold() not in places:
            found.append(match.group(1))
    return list(dict.fromkeys(found))
