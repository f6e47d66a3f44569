"""A new volunteer with a mentor beside them: the demo's volunteer with two hosts is somebody's mentor."""

import datetime as dt

from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past
from samtun.demo.loading.turning_out import others
from samtun.demo.valley.calendar_days import working_day
from samtun.foundation.scope import open_scope
from samtun.operation.mentoring.actions import Lighter, note_talk, set_plan
from samtun.operation.mentoring.models import MentorPlan

MENTOR = "malfrid-tveitane"


def plan_mentor(made: Made, past: Past, *, by: str) -> None:
    """Plan it seven working days ago, with a talk since; the next one is due these days."""
    mentor = made.persons.get(MENTOR)
    free = [
        v for v in others(made) if v.state == v.State.ACTIVE and mentor and v.person.given_name != mentor.given_name
    ]
    if mentor is None or not free:
        return
    supported = free[-1]
    began, talked = (working_day(made.present.date(), -days) for days in (7, 3))

    def begin(at: dt.datetime) -> None:
        with open_scope(made.tenant):
            plan = Lighter(most_minutes=60, talk_days=2, together_until=working_day(made.present.date(), 15))
            set_plan(volunteer=supported, mentor=mentor, plan=plan, by=made.viewer(by), at=at)

    def talk(at: dt.datetime) -> None:
        with open_scope(made.tenant):
            plan = MentorPlan.objects.get(volunteer=supported, ended_at=None)
            note_talk(plan=plan, by=made.viewer(by), at=at)

    past.plan(made.on(began, 11 * 60), begin)
    past.plan(made.on(talked, 12 * 60), talk)
