"""What each act is called in a timeline: every room words its own, so that history reads as plain language."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from samtun.foundation.viewer import Permission, Viewer


@dataclass(frozen=True, slots=True)
class _Act:
    words: str | Promise
    needs: Permission | None


_acts: dict[str, _Act] = {}


def register(words: Mapping[str, str | Promise], *, needs: Permission | None = None) -> None:
    """Make a room's acts known by what they are called. With `needs`, only those hats see them in a timeline."""
    for act, said in words.items():
        if act in _acts:
            raise ValueError(f"The act {act} is worded twice.")
        _acts[act] = _Act(said, needs)


def known() -> frozenset[str]:
    """Return the acts that have words."""
    return frozenset(_acts)


def seen_by(viewer: Viewer) -> list[str]:
    """Return the acts that a viewer may read about."""
    return [name for name, act in _acts.items() if act.needs is None or viewer.may(act.needs)]


def words_of(act: str) -> str:
    """Return what an act is called, in the active language; KeyError for one that has no words."""
    return str(_acts[act].words)
