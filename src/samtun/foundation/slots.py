"""Fragments that rooms show on pages of rooms below, which never import them (house E)."""

import datetime as dt
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from samtun.foundation.viewer import Viewer
from samtun.kernel.refs import Ref


@dataclass(frozen=True, slots=True)
class Fragment:
    """What to show: a template of the room that shows it, which reads `it`.

    `comes_first`: to be seen before what the page itself offers, where the page makes a difference.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    comes_first: bool = False


type Shown = Fragment | tuple[Fragment, ...] | None
type Show = Callable[[Viewer, Ref, dt.date], Shown]

_page_of: ContextVar[Any] = ContextVar("page_of", default=None)
_slots: dict[str, list[tuple[int, Show]]] = {}


def register(kind: str, show: Show, *, order: int = 50) -> None:
    """Show something on the page of one kind of thing: `show(viewer, ref, today)`, one or several, or None."""
    _slots.setdefault(kind, []).append((order, show))
    _slots[kind].sort(key=lambda pair: pair[0])


def fragments(viewer: Viewer, ref: Ref, *, on: dt.date, of: Any = None) -> list[Fragment]:
    """Return what other rooms show about a thing to this viewer, in order; `of` is the thing as its page read it."""
    token = _page_of.set(of)
    try:
        found = [show(viewer, ref, on) for _order, show in _slots.get(ref.kind, [])]
    finally:
        _page_of.reset(token)
    return [one for each in found for one in (each if isinstance(each, tuple) else (each,)) if one is not None]


def page_of[T](kind: type[T]) -> T:
    """Return the thing whose page is being put together, so that no room reads it again. TypeError for another kind."""
    thing = _page_of.get()
    if not isinstance(thing, kind):
        raise TypeError(f"This page is not about a {kind.__name__}.")
    return thing
