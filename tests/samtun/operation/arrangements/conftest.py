import datetime as dt
from dataclasses import replace

import pytest

from samtun.operation.arrangements import actions
from samtun.operation.arrangements.models import Visit
from tests.factories.regular import PLAN, running


@pytest.fixture
def marit(tun):
    return tun.volunteer("Marit", "Fjelde", "+4790000009", types=[tun.snow, tun.visit])


class Stage:
    """What the tests of arrangements do again and again."""

    def __init__(self, tun, marit):
        self.tun, self.marit, self.by = tun, marit, tun.viewer()

    def arrange(self, *, recipient=None, task_type=None, **changes):
        return actions.arrange(
            owner=self.tun.centre, recipient=recipient or self.tun.recipient(), task_type=task_type or self.tun.snow,
            plan=replace(PLAN, **changes), by=self.by, at=self.tun.now,
        )  # fmt: skip

    def running(self, *, volunteer=None, recipient=None, via="call", **changes):
        plan = replace(PLAN, **changes)
        return running(self.tun, volunteer or self.marit, recipient=recipient, plan=plan, via=via)

    def tend(self, arrangement, at):
        actions.tend(arrangement=arrangement, by=self.tun.system(), at=at)
        arrangement.refresh_from_db()
        return arrangement

    def visits(self, arrangement, *states):
        rows = Visit.objects.filter(arrangement=arrangement).order_by("on", "id")
        return list(rows.filter(state__in=states) if states else rows)

    def days(self, arrangement, *states):
        return [v.on for v in self.visits(arrangement, *states)]

    def wall(self, day, hour, minute=0):
        return dt.datetime(2026, 11, day, hour - 1, minute, tzinfo=dt.UTC)


@pytest.fixture
def stage(tun, marit):
    return Stage(tun, marit)
