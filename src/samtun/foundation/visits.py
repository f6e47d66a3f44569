"""Since when somebody has been away from a page: written as the session's last use is, by opening it."""

import datetime as dt
from collections.abc import Callable

from samtun.foundation.models.runtime import Visit
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall

KEPT = dt.timedelta(minutes=1)


def note(
    viewer: Viewer, page: str, *, at: dt.datetime, was_away: Callable[[dt.datetime], bool]
) -> dt.datetime | None:  # fmt: skip
    """Write down that the viewer is here; return since when they were away, all through the day they came back.

    `was_away(last)` says whether the time since the last visit counts as being away. None when it does not.
    """
    if viewer.account is None:
        return None
    place = f"{page}:{viewer.hat.key}"[:80]
    row = Visit.objects.filter(account=viewer.account, place=place).first()
    if row is None:
        fresh = Visit(account=viewer.account, place=place, last_at=at)
        Visit.objects.bulk_create([fresh], ignore_conflicts=True)
        return None
    away = was_away(row.last_at)
    if away:
        row.away_since, row.back_at = row.last_at, at
    if away or at - row.last_at > KEPT:
        row.last_at = max(at, row.last_at)
        row.save(update_fields=["last_at", "away_since", "back_at"])
    same_day = row.back_at is not None and wall(row.back_at).date() == wall(at).date()
    return row.away_since if same_day else None
