"""The registry behind references: what a reference is called, where it lives, who may see it (decisions 5)."""

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass

from samtun.foundation.viewer import Viewer
from samtun.kernel.refs import Ref


@dataclass(frozen=True, slots=True)
class RefKind:
    """How one kind of thing answers. `find(viewer, id)` gives (title, address), or None when out of sight.

    `concerns(id)` gives the owners it is about: whoever speaks for one of them is affected when it is decided (R15).
    """

    kind: str
    find: Callable[[Viewer, uuid.UUID], tuple[str, str] | None]
    parents: Callable[[uuid.UUID], tuple[Ref, ...]] = lambda _id: ()
    concerns: Callable[[uuid.UUID], Collection[uuid.UUID]] = lambda _id: ()


_kinds: dict[str, RefKind] = {}


def register(kind: RefKind) -> None:
    """Make a kind of reference known; twice is a programming error."""
    if kind.kind in _kinds:
        raise ValueError(f"The reference kind {kind.kind} is registered twice.")
    _kinds[kind.kind] = kind


def describe(viewer: Viewer, ref: Ref) -> tuple[str, str] | None:
    """Return (title, address) of what the reference points at, or None when the viewer may not see it."""
    kind = _kinds.get(ref.kind)
    return kind.find(viewer, ref.id) if kind else None


def concerned(ref: Ref) -> frozenset[uuid.UUID]:
    """Return the owners that a thing is about, as it stands now; none for a kind that says nothing of it."""
    kind = _kinds.get(ref.kind)
    return frozenset(kind.concerns(ref.id)) if kind else frozenset()


def known_kinds() -> tuple[str, ...]:
    """Return the kinds that are registered."""
    return tuple(sorted(_kinds))
