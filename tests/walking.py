"""How far random walks against models go: a share of the way in `make journeys`, all of it in `make machines`."""

import os

SHARE = 2_000
STRETCH = 1_000
"""Steps in one transaction: with more, what is written and not yet committed makes each step slower than the last."""

STEPS = int(os.environ.get("SAMTUN_STEPS", SHARE))
PARTS = max(2, STEPS // STRETCH)


def steps_each() -> int:
    """Return how many steps each of the parts of one state machine walks; `SAMTUN_STEPS` is for all of them."""
    return STEPS // PARTS
