"""How far random walks against models go: a share of the way in `make journeys`, all of it in `make machines`."""

import os
from collections.abc import Callable
from typing import Protocol

from django.db import transaction

SHARE = 2_000
STRETCH = 1_000
"""Steps in one transaction: with more, what is written and not yet committed makes each step slower than the last."""

STEPS = int(os.environ.get("SAMTUN_STEPS", SHARE))
PARTS = max(2, STEPS // STRETCH)


def steps_each() -> int:
    """Return how many steps each of the parts of one state machine walks; `SAMTUN_STEPS` is for all of them."""
    return STEPS // PARTS


class Steps(Protocol):
    """A walk that takes one random step at a time, and complains where the model and what is real differ."""

    def step(self) -> None: ...


def walk_on(begin: Callable[[int], Steps], number: int, *, each: int) -> None:
    """Take so many steps, `each` in a walk of its own, which is taken back: what one wrote slows no later one."""
    for which in range(max(number // each, 1)):
        with transaction.atomic():
            walk = begin(which)
            for _ in range(each):
                walk.step()
            transaction.set_rollback(True)


def live_on(life: Callable[[int], tuple[int, str]], number: int) -> tuple[int, list[str]]:
    """Live lives until so many steps are taken or one differs: `life` gives its steps and what differs, or nothing.

    Returns the steps, and what differed. Each life is taken back before the next begins.
    """
    lived, found = 0, []
    while lived < number and not found:
        with transaction.atomic():
            steps, differs = life(lived)
            transaction.set_rollback(True)
        lived, found = lived + steps, [differs] if differs else []
    return lived, found
