"""A whole municipality, from nothing to this moment."""

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django.utils import translation

from samtun.demo.actions import note_loaded
from samtun.demo.loading.acquaintances import Acquaintance, met_before
from samtun.demo.loading.agreeing import plan_agreeing
from samtun.demo.loading.around import plan_around
from samtun.demo.loading.beside import plan_mentor
from samtun.demo.loading.bus_lines import plan_timetable
from samtun.demo.loading.deciding import plan_deciding
from samtun.demo.loading.endings import Tale
from samtun.demo.loading.gathering import plan_gathering
from samtun.demo.loading.hints import plan_hints
from samtun.demo.loading.imagining import plan_imagining
from samtun.demo.loading.lending_out import plan_lending
from samtun.demo.loading.lifting_up import plan_lifting_up
from samtun.demo.loading.logins import make_logins
from samtun.demo.loading.made import Made
from samtun.demo.loading.municipality import make_municipality
from samtun.demo.loading.past import Past, savepoints
from samtun.demo.loading.people import make_people
from samtun.demo.loading.programme import plan_programme
from samtun.demo.loading.regular import plan_regular
from samtun.demo.loading.routines import plan_routines
from samtun.demo.loading.saying import plan_saying
from samtun.demo.loading.signing_up import plan_signing_up
from samtun.demo.loading.standing import plan_standing
from samtun.demo.loading.telling import plan_telling
from samtun.demo.loading.together import plan_together
from samtun.demo.loading.turning_out import plan_call_out
from samtun.demo.valley.words import Ends, Story, Valley
from samtun.foundation.scope import open_scope

EARLIER = {Ends.CANNOT_HELP: dt.timedelta(days=21)}
"""A no gives a week's quiet, and another story asks the same people within the week."""


def load(valley: Valley, *, host: str, seed: int, present: dt.datetime) -> Made:
    """Make a municipality and live through its past, all or nothing. Jobs to come are in the queue afterwards."""
    past = Past(present=present)
    began: list[Made] = []

    def begin(_at: dt.datetime) -> None:
        made = make_municipality(valley, host=host, seed=seed, present=present)
        make_people(made)
        make_logins(made)
        began.append(made)
        _plan(made, past)

    with translation.override(valley.language), transaction.atomic(), savepoints(used=False):
        past.plan(present - dt.timedelta(days=180), begin)
        past.live()
        made = began[0]
        with open_scope(made.tenant):
            note_loaded(seed=seed, on=valley.today)
        past.hand_over()
    return made


def _plan(made: Made, past: Past) -> None:
    leader = made.with_role("leader")
    met = met_before(made)
    stories = list(map(_moved, made.valley.stories))
    for told in met:
        Acquaintance(made, past, told, by=leader).plan()
    for told in stories:
        Tale(made, past, told, by=leader).plan()
    plan_hints(made, past)
    if made.valley.hints:
        plan_call_out(made, past, by=leader)
        plan_mentor(made, past, by=leader)
        plan_regular(made, past, by=leader)
        plan_around(made, past, by=leader)
        plan_timetable(made, past)
        plan_programme(made, past, by=leader)
        plan_signing_up(made, past, by=leader)
        plan_telling(made, past, by=leader)
        plan_saying(made, past, by=leader)
        plan_agreeing(made, past, by=leader)
        plan_gathering(made, past, by=leader)
        plan_together(made, past, by=leader)
        plan_lifting_up(made, past, by=leader)
        plan_deciding(made, past, by=leader)
        plan_imagining(made, past, by=leader)
        plan_standing(made, past, by=leader)
        plan_lending(made, past, by=leader)
    plan_routines(made, past, first=min(s.told_on for s in (*met, *stories)))


def _moved(story: Story) -> Story:
    by = EARLIER.get(story.ends, dt.timedelta())
    return replace(story, told_on=story.told_on - by, day=story.day - by)
