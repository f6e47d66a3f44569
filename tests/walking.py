"""How far random walks against models go: a share of the way in `make journeys`, all of it in `make machines`."""

import os

PARTS = 2
SHARE, WHOLE = 2_000, 50_000


def steps_each() -> int:
    """Return how many steps each of the parts of one state machine walks; `SAMTUN_STEPS` is for all of them."""
    return int(os.environ.get("SAMTUN_STEPS", SHARE)) // PARTS
