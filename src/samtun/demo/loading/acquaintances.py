"""Those who know each other when the demo opens: each pair has met once before, through a request like any other."""

import datetime as dt
from dataclasses import replace

from django.db import transaction

from samtun.demo.loading.endings import Tale
from samtun.demo.loading.made import Made
from samtun.demo.loading.past import savepoints
from samtun.demo.valley.calendar_days import working_day
from samtun.demo.valley.words import Ends, Story, TaskType
from samtun.foundation.scope import open_scope

KINDS = ("walk", "shopping", "firewood", "digital", "small_jobs", "lift", "snow", "company")
"""What they may have met over: the first that the volunteer wants and may be asked for that day."""
FIRST_MET, BETWEEN = 30, 2
"""Working days before today that the first of them met, and between one such pair and the next."""


class _NotThatDay(Exception):
    """The volunteer may not be asked for this kind on this day."""


class Acquaintance(Tale):
    """How two people met. Where no day and kind suits them, they have not."""

    def _enter(self, at: dt.datetime) -> None:
        for task in self._possible():
            words = task.name.nn if self.lang == "nn" else task.name.nb
            self.story = replace(self.story, task_type=task.key, minutes=task.minutes, words=words)
            try:
                with savepoints(used=True), transaction.atomic():
                    super()._enter(at)
                    self._refuse_misfit(at)
            except _NotThatDay:
                continue
            self.go_on(at)
            return

    def _possible(self) -> list[TaskType]:
        """Return the kinds that are worth trying: wanted, and nothing lacking that is asked for."""
        volunteer = next(v for v in self.made.valley.volunteers if v.person == self.story.helper)
        if volunteer.paused_until or volunteer.asks_stopped:
            return []
        held = {fact.code for fact in volunteer.facts} | ({"own_car"} if volunteer.has_car else set())
        by_key = {task.key: task for task in self.made.valley.task_types}
        wanted = [by_key[key] for key in KINDS if key in volunteer.willing]
        return [task for task in wanted if task.requires <= held and (not task.one_to_one or "confidentiality" in held)]

    def after_entering(self, at: dt.datetime) -> None:
        """Wait with what follows until it is known that they fit."""

    def _refuse_misfit(self, at: dt.datetime) -> None:
        with open_scope(self.made.tenant):
            assert self.request is not None
            if not self.askable(self.request, self.made.viewer(self.by), at):
                raise _NotThatDay


def met_before(made: Made) -> list[Story]:
    """Return a story for everyone who knows a volunteer: without one, they would not know each other here."""
    today = made.valley.today
    pairs = [(one.person, key) for one in made.valley.recipients for key in sorted(one.knows) if not one.do_not_contact]
    found = []
    for number, (recipient, volunteer) in enumerate(pairs):
        told_on = working_day(today, -FIRST_MET - BETWEEN * number)
        found.append(
            Story(
                key=f"before-{recipient}-{volunteer}",
                recipient=recipient,
                task_type="",
                door="telephone",
                taken_by=None,
                words="",
                lang=made.valley.language,
                told_on=told_on,
                day=_day_that_suits(made, volunteer, told_on),
                start=None,
                minutes=60,
                ends=Ends.DONE,
                asked=(volunteer,),
                helper=volunteer,
            )
        )
    return found


def _day_that_suits(made: Made, volunteer: str, told_on: dt.date) -> dt.date:
    """Return a day soon after on which the volunteer is usually free; two working days on when any day will do."""
    free = {slot.weekday for v in made.valley.volunteers if v.person == volunteer for slot in v.slots}
    later = [told_on + dt.timedelta(days=n) for n in range(1, 8)]
    return next((day for day in later if day.weekday() in free), working_day(told_on, 2))
