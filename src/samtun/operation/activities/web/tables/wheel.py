"""A year drawn as a wheel: January at the top, clockwise; every dot has its line in the list beside it."""

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any

from django.utils.dates import MONTHS_3

from samtun.operation.activities.queries import Feast

MIDDLE, RIM, NAMES = 160.0, 118.0, 142.0
INWARD = 13.0
"""How far towards the middle the next dot of the same week is set."""


def drawn(feasts: Sequence[Feast], today: dt.date) -> dict[str, Any]:
    """Return months, dots and the hand for today, in a square of 320 by 320."""
    months = [
        {"name": str(MONTHS_3[n]), "at": _spot((n - 0.5) / 12, NAMES), "from": _spot((n - 1) / 12, RIM + 8),
         "to": _spot((n - 1) / 12, RIM - 8)}
        for n in range(1, 13)
    ]  # fmt: skip
    week: dict[int, int] = {}
    dots = []
    for one in feasts:
        share = _share(one.on)
        deep = week[int(share * 52)] = week.get(int(share * 52), -1) + 1
        dots.append({"at": _spot(share, RIM - INWARD * min(deep, 6)), "stands": one.stands, "title": one.title})
    return {"months": months, "dots": dots, "hand": _spot(_share(today), RIM - 30), "middle": MIDDLE, "rim": RIM}


def _share(day: dt.date) -> float:
    """How far into its year a day is, from 0 to 1."""
    return (day.timetuple().tm_yday - 1) / 366


def _spot(share: float, radius: float) -> tuple[str, str]:
    turn = 2 * math.pi * share
    return f"{MIDDLE + radius * math.sin(turn):.1f}", f"{MIDDLE - radius * math.cos(turn):.1f}"
