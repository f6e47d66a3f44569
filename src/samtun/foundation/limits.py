"""Rate limits shared by all web processes, in an unlogged table (decisions 7)."""

import datetime as dt

from django.db import connection

from samtun.foundation.keys import keyed_hash
from samtun.kernel.errors import Refused


class TooManyTries(Refused):
    """That was tried many times in a short while. Wait a quarter of an hour and try again, or ring us."""


_SQL = """
INSERT INTO foundation_counter (key, "window", count) VALUES (%s, %s, 1)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN foundation_counter."window" = EXCLUDED."window" THEN foundation_counter.count + 1 ELSE 1 END,
  "window" = EXCLUDED."window"
RETURNING count
"""


def count_try(what: str, who: str, *, at: dt.datetime, seconds: int = 900) -> int:
    """Count one try of `what` by `who` (address, number, account) and return how many in this window."""
    stamp = int(at.timestamp())
    window = dt.datetime.fromtimestamp(stamp - stamp % seconds, tz=dt.UTC)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [f"{what}:{keyed_hash(who, purpose='limit')}", window])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def limit(what: str, who: str, *, at: dt.datetime, most: int, seconds: int = 900) -> None:
    """Refuse when `who` has tried `what` more than `most` times in the window."""
    if count_try(what, who, at=at, seconds=seconds) > most:
        raise TooManyTries
