"""Tiny named instances: one request and people that differ from each other in one thing."""

from dataclasses import replace
from datetime import date

from planning.vocabulary.availability import Absence, WeeklySlot
from planning.vocabulary.ceiling import Ceiling
from planning.vocabulary.point import Point
from planning.vocabulary.request import Request
from planning.vocabulary.volunteer import Volunteer

MONDAY = date(2026, 11, 23)
"""The day of asking."""
WEDNESDAY = date(2026, 11, 25)
"""The day of the task, 10.00 to 11.00."""

STEPS = Request(
    id="steps",
    task_type="snow",
    day=WEDNESDAY,
    start_minute=600,
    duration_min=60,
    place=Point(61.90, 3.50),
    village="sundoyra",
)
ANNA = Volunteer(id="anna", person="p-anna", host="centre", willing=frozenset({"snow", "visit"}))


def like_anna(who: str, **changes: object) -> Volunteer:
    """Someone who could shovel the steps as Anna could, but for `changes`."""
    return replace(ANNA, **{"id": who, "person": f"p-{who}", **changes})


def snow(**changes: object) -> Request:
    """The request about the steps, but for `changes`."""
    return replace(STEPS, **changes)


WEDNESDAY_MORNING = WeeklySlot(2, 9 * 60, 12 * 60)
AWAY = Absence(MONDAY, date(2026, 11, 29))
ONCE_A_WEEK = Ceiling(1, "week")
