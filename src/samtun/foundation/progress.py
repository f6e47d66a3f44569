"""How far something long has come, told from inside its transaction: nobody else sees that before it is done.

Written on a connection of its own, into the unlogged table of counters; lost in a crash, by choice.
"""

import datetime as dt
from types import TracebackType
from typing import Self

from django.db import connection

from samtun.foundation.models.runtime import Counter

_SQL = """
INSERT INTO foundation_counter (key, "window", count) VALUES (%s, %s, %s)
ON CONFLICT (key) DO UPDATE SET count = EXCLUDED.count, "window" = EXCLUDED."window"
"""


class Telling:
    """Use as `with Telling(key, at) as tell: … tell(rows done)`."""

    def __init__(self, key: str, at: dt.datetime) -> None:
        self.key, self.at = f"progress:{key}", at
        self._own = connection.copy()

    def __enter__(self) -> Self:
        self(0)
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._own.close()

    def __call__(self, done: int) -> None:
        """Say how many are done."""
        with self._own.cursor() as cursor:
            cursor.execute(_SQL, [self.key, self.at, done])


def begin(key: str, at: dt.datetime) -> None:
    """Say that nothing is done yet, before the work has begun: what was told of earlier work no longer counts."""
    with Telling(key, at):
        pass


def how_far(key: str) -> int:
    """Return how many are done; 0 when nothing has been told."""
    found = Counter.objects.filter(key=f"progress:{key}").values_list("count", flat=True).first()
    return found or 0
