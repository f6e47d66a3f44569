"""The past, lived through in order: acts and the jobs they defer, each at its own moment.

The clock is set back while it runs, and jobs are kept here instead of in the queue: those due before the present are
run at the moment they would have been, those still to come go into the queue with the time that is left.
"""

import datetime as dt
import gc
import heapq
import itertools
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.db import connection
from procrastinate.contrib.django import app

from samtun.foundation import jobs
from samtun.kernel import clock

type Act = Callable[[dt.datetime], None]


@dataclass(frozen=True, slots=True)
class Later:
    """A job that is not due before the present."""

    name: str
    when: dt.datetime
    tenant: uuid.UUID
    arguments: dict[str, Any]


class _Deferring:
    """Stands where Procrastinate's app stands in `jobs.defer`."""

    def __init__(self, past: "Past") -> None:
        self.past = past

    def configure_task(
        self, name: str, *, allow_unknown: bool = False, schedule_in: dict[str, int] | None = None
    ) -> "_Deferred":
        return _Deferred(self.past, name, dt.timedelta(**schedule_in or {}))


@dataclass(frozen=True, slots=True)
class _Deferred:
    past: "Past"
    name: str
    after: dt.timedelta

    def defer(self, **arguments: Any) -> None:
        self.past.note_job(self.name, self.past.moment + self.after, arguments)


@contextmanager
def savepoints(used: bool) -> Iterator[None]:
    """Use savepoints inside transactions, or do without: half of the statements of a load are nothing else."""
    with patch.object(connection.features, "uses_savepoints", used):
        yield


class Past:
    """What has happened up to `present`, written down with `plan` and then lived through with `live`."""

    def __init__(self, *, present: dt.datetime) -> None:
        self.present = present
        self.moment = present
        self.later: list[Later] = []
        self.done = 0
        self._living = False
        self._heap: list[tuple[dt.datetime, int, Act]] = []
        self._order = itertools.count()

    def plan(self, when: dt.datetime, act: Act) -> None:
        """Let something happen at a moment; what lies after the present does not happen."""
        heapq.heappush(self._heap, (max(when, self.moment) if self._living else when, next(self._order), act))

    def note_job(self, name: str, when: dt.datetime, arguments: dict[str, Any]) -> None:
        """Keep a deferred job."""
        tenant = arguments.pop("tenant")
        if when > self.present:
            self.later.append(Later(name, when, uuid.UUID(tenant), arguments))
        else:
            self.plan(when, lambda _at: app.tasks[name](tenant=tenant, **arguments))

    def live(self) -> None:
        """Live through all that was planned, in order of time; each act opens its own scope."""
        self._living = True
        gc.disable()  # hundreds of thousands of short-lived objects, none of which it would find
        try:
            with self._set_back():
                while self._heap and self._heap[0][0] <= self.present:
                    self.moment, _, act = heapq.heappop(self._heap)
                    act(self.moment)
                    self.done += 1
        finally:
            gc.enable()
        self._living = False
        self.moment = self.present

    def hand_over(self) -> None:
        """Put what is still to come into the real queue."""
        for job in self.later:
            seconds = max(1, int((job.when - self.present).total_seconds()))
            left = app.configure_task(job.name, allow_unknown=False, schedule_in={"seconds": seconds})
            left.defer(tenant=str(job.tenant), **job.arguments)
        self.later.clear()

    @contextmanager
    def _set_back(self) -> Iterator[None]:
        with patch.object(clock, "now", lambda: self.moment), patch.object(jobs, "app", _Deferring(self)):
            yield
