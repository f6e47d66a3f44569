"""The timetable of the invented bus company, taken in by the same act as a real one."""

import datetime as dt

from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past
from samtun.demo.valley.timetable import timetable
from samtun.foundation.scope import open_scope
from samtun.people.timetables.actions import take_in

BEFORE = dt.timedelta(days=12)


def plan_timetable(made: Made, past: Past) -> None:
    """Plan it so that it was fetched some days ago."""
    past.plan(made.on(made.present.date() - BEFORE, 6 * 60 + 30), lambda moment: _take_in(made, moment))


def _take_in(made: Made, moment: dt.datetime) -> None:
    with open_scope(made.tenant):
        take_in(prepared=timetable(made.valley), by=made.system(), at=moment)
