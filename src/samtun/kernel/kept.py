"""Answers kept in the process for a while, for what is asked with every page and hardly ever changes."""

import datetime as dt
from collections.abc import Callable, Hashable
from typing import Any, ClassVar


class Kept[K: Hashable, V]:
    """What `ask` answers, kept `lasts` by what was asked; None is not kept.

    Each process keeps its own: another sees a change up to `lasts` later. Only for what may be that old.
    """

    every: ClassVar[list["Kept[Any, Any]"]] = []

    def __init__(self, ask: Callable[[K], V | None], *, lasts: dt.timedelta) -> None:
        self._ask, self._lasts = ask, lasts
        self._answers: dict[K, tuple[dt.datetime, V]] = {}
        self.every.append(self)

    def of(self, key: K, at: dt.datetime) -> V | None:
        """Return the answer, asked anew when what is kept is too old at `at`."""
        kept = self._answers.get(key)
        if kept and at - kept[0] < self._lasts:
            return kept[1]
        found = self._ask(key)
        if found is not None:
            self._answers[key] = (at, found)
        return found

    def forget(self, key: K) -> None:
        """Let go of one answer, since it is no longer so."""
        self._answers.pop(key, None)

    @classmethod
    def forget_all(cls) -> None:
        """Let go of everything: for tests, which begin again with the clock where it was."""
        for each in cls.every:
            each._answers.clear()
