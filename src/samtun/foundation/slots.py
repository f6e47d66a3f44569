"""Fragments that rooms show on pages of rooms below, which never import them (house E)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from samtun.foundation.viewer import Viewer
from samtun.kernel.refs import Ref


@dataclass(frozen=True, slots=True)
class Fragment:
    """What to show: a template of the room that shows it, which reads `it`."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


type Show = Callable[[Viewer, Ref, dt.date], Fragment | None]

_slots: dict[str, list[tuple[int, Show]]] = {}


def register(kind: str, show: Show, *, order: int = 50) -> None:
    """Show something on the page of one kind of thing: `show(viewer, ref, today)`, or None for nothing to see."""
    _slots.setdefault(kind, []).append((order, show))
    _slots[kind].sort(key=lambda pair: pair[0])


def fragments(viewer: Viewer, ref: Ref, *, on: dt.date) -> list[Fragment]:
    """Return what other rooms show about a thing to this viewer, in order."""
    found = (show(viewer, ref, on) for _order, show in _slots.get(ref.kind, []))
    return [each for each in found if each is not None]
