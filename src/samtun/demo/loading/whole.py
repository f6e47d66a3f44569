"""A whole municipality, from nothing to this moment."""

import datetime as dt
from dataclasses import replace
from functools import partial

from django.db import transaction

from samtun.demo.actions import note_loaded
from samtun.demo.loading.endings import Tale
from samtun.demo.loading.made import Made
from samtun.demo.loading.municipality import make_municipality
from samtun.demo.loading.past import Past
from samtun.demo.loading.people import make_people
from samtun.demo.loading.personas import make_logins
from samtun.demo.loading.routines import plan_routines
from samtun.demo.valley.calendar_days import working_day
from samtun.demo.valley.words import Ends, Recipient, Story, Valley
from samtun.foundation.scope import open_scope

EARLIER = {Ends.CANNOT_HELP: dt.timedelta(days=21)}
"""A no gives a week's quiet, and another story asks the same people within the week."""
ACQUAINTED = ("walk", "shopping", "firewood", "digital", "small_jobs", "snow", "lift")
"""What people who know each other have had help with before, whichever comes first that both want."""
FIRST_MET, BETWEEN = 30, 2
"""Working days before today that the first of them met, and between one such pair and the next."""


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

    with transaction.atomic():
        past.plan(present - dt.timedelta(days=180), begin)
        past.live()
        made = began[0]
        with open_scope(made.tenant):
            note_loaded(seed=seed, on=valley.today)
        past.hand_over()
    return made


def _plan(made: Made, past: Past) -> None:
    leader = made.with_role("leader")
    stories = [*_acquaintances(made), *map(_moved, made.valley.stories)]
    for story in stories:
        Tale(made, past, story, by=leader).plan()
    plan_routines(made, past, first=min(s.told_on for s in stories))


def _moved(story: Story) -> Story:
    by = EARLIER.get(story.ends, dt.timedelta())
    return replace(story, told_on=story.told_on - by, day=story.day - by)


def _acquaintances(made: Made) -> list[Story]:
    """Give everyone who knows a volunteer a day to have met: without one, they would not know each other here."""
    pairs = [(one, key) for one in made.valley.recipients for key in sorted(one.knows) if not one.do_not_contact]
    told = partial(working_day, made.valley.today)
    found = []
    for number, (recipient, key) in enumerate(pairs):
        kind = _shared_kind(made, key)
        if kind:
            away = FIRST_MET + BETWEEN * number
            found.append(_acquaintance(made, recipient, key, kind, told(-away), told(-away + 2)))
    return found


def _shared_kind(made: Made, volunteer: str) -> str:
    willing = next(v.willing for v in made.valley.volunteers if v.person == volunteer)
    return next((kind for kind in ACQUAINTED if kind in willing), "")


def _acquaintance(
    made: Made, recipient: Recipient, volunteer: str, kind: str, told_on: dt.date, day: dt.date
) -> Story:
    task = next(t for t in made.valley.task_types if t.key == kind)
    name = task.name.nn if made.valley.language == "nn" else task.name.nb
    return Story(
        key=f"before-{recipient.person}-{volunteer}", recipient=recipient.person, task_type=kind, door="telephone",
        taken_by=None, words=name, lang=made.valley.language, told_on=told_on, day=day, start=None,
        minutes=task.minutes, ends=Ends.DONE, asked=(volunteer,), helper=volunteer,
    )  # fmt: skip
