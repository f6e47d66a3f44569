"""A list of friends who can be called out, and one call-out that some have answered."""

import datetime as dt

from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past
from samtun.demo.valley.calendar_days import working_day
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Hat, Role, Viewer
from samtun.operation.callouts.actions import add_friend, answer, call_out, make_list
from samtun.operation.callouts.models import Asked
from samtun.operation.volunteers.models import Volunteer

LIST = {"nb": "Turvenner", "nn": "Turvener"}
WHAT = {"nb": "rigging til hyggekveld", "nn": "rigging til hyggekveld"}
KIND, PLACE, MOST = "small_jobs", "Sundøyra", 12


def plan_call_out(made: Made, past: Past, *, by: str) -> None:
    """Plan it two working days ago: those in no other story are on the list, some say yes and one says no."""
    day = working_day(made.present.date(), -2)

    def begin(at: dt.datetime) -> None:
        with open_scope(made.tenant):
            leader = made.viewer(by)
            friends = make_list(owner=made.centre, name=LIST[made.valley.language], by=leader, at=at)
            for volunteer in others(made):
                add_friend(friends_list=friends, volunteer=volunteer, by=leader, at=at)
            call_out(
                friends_list=friends, task_type=made.types[KIND], words=WHAT[made.valley.language], place=PLACE,
                on=working_day(made.present.date(), 5), starts=dt.time(11), minutes=120, needed=4, by=leader, at=at,
            )  # fmt: skip

    def answers(at: dt.datetime) -> None:
        with open_scope(made.tenant):
            asked = Asked.objects.select_related("volunteer").order_by("id")
            for one, yes in zip(asked, (True, True, False), strict=False):
                hat = Hat(key="sms", role=Role.VOLUNTEER)
                themselves = Viewer(made.tenant, hat, person=one.volunteer.person_id, via="sms")
                answer(asked=one, yes=yes, via="sms", by=themselves, at=at)

    if others(made):
        past.plan(made.on(day, 10 * 60 + 20), begin)
        past.plan(made.on(day, 12 * 60 + 5), answers)


def others(made: Made, *, whole: bool = False) -> list[Volunteer]:
    """Return the centre's volunteers who are in no story, by key: those for the call-out, or all."""
    stories = made.valley.stories
    busy = {person for s in stories for person in (*s.asked, s.helper, s.recipient) if person}
    keys = sorted(key for key in made.volunteers if key[1] == made.valley.centre and key[0] not in busy)
    return [made.volunteers[key] for key in (keys if whole else keys[:MOST])]
