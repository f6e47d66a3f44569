"""The clock and who holds it: begin, go on, back, a minute more, rest, and end. All of it is state, no job ticks."""

import datetime as dt

from django.db import transaction

from samtun.codesign.workshops.actions.holding import NotNow, changed, lock, running
from samtun.codesign.workshops.enums import WorkshopState
from samtun.codesign.workshops.models import Question, Workshop
from samtun.codesign.workshops.rules import Step, steps_of
from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref

PLACE = ["question", "phase", "phase_ends", "left"]


class NoQuestions(Refused):
    """There is no question in the programme yet. Write one first."""


def start(*, workshop: Workshop, by: Viewer, at: dt.datetime) -> Workshop:
    """Begin with the first phase of the first question."""
    with transaction.atomic():
        found = lock(workshop.id, by)
        if found.state != WorkshopState.PLANNED:
            raise NotNow
        steps = _steps(found)
        if len(steps) == 1:
            raise NoQuestions
        found.state, found.started_at = WorkshopState.RUNNING, at
        _stand_at(found, steps[0], at)
        found.save(update_fields=["state", "started_at", *PLACE])
        changed(found)
        record("workshops.start", Ref("workshop", found.id), by=by, at=at)
    return found


def go_on(*, workshop: Workshop, by: Viewer, at: dt.datetime, version: int | None = None) -> Workshop:
    """Go to the next phase. With the place that was seen (`version` of it), a second press changes nothing."""
    return _go(workshop, 1, by=by, at=at, seen=version)


def go_back(*, workshop: Workshop, by: Viewer, at: dt.datetime, version: int | None = None) -> Workshop:
    """Go to the phase before, with its whole time."""
    return _go(workshop, -1, by=by, at=at, seen=version)


def _go(workshop: Workshop, way: int, *, by: Viewer, at: dt.datetime, seen: int | None) -> Workshop:
    with transaction.atomic():
        found = lock(workshop.id, by)
        running(found)
        steps = _steps(found)
        here = place_in(found, steps)
        if seen is not None and seen != here:
            return found
        if not 0 <= here + way < len(steps):
            raise NotNow
        _stand_at(found, steps[here + way], at)
        found.save(update_fields=PLACE)
        changed(found)
        record("workshops.go", Ref("workshop", found.id), by=by, at=at, phase=found.phase)
    return found


def place_in(workshop: Workshop, steps: list[Step]) -> int:
    """Return which step of the programme a workshop is at; the last when its own has been taken out."""
    where = (workshop.question_id, workshop.phase)
    return next((n for n, s in enumerate(steps) if (s.question, s.phase) == where), len(steps) - 1)


def add_minute(*, workshop: Workshop, by: Viewer, at: dt.datetime) -> Workshop:
    """Give this phase a minute more, from now when its time is out."""
    with transaction.atomic():
        found = lock(workshop.id, by)
        running(found)
        if found.left is not None:
            found.left += 60
        elif found.phase_ends is not None:
            found.phase_ends = max(found.phase_ends, at) + dt.timedelta(minutes=1)
        else:
            raise NotNow
        found.save(update_fields=PLACE)
        changed(found)
        record("workshops.minute", Ref("workshop", found.id), by=by, at=at)
    return found


def rest(*, workshop: Workshop, by: Viewer, at: dt.datetime) -> Workshop:
    """Let the clock rest."""
    with transaction.atomic():
        found = lock(workshop.id, by)
        running(found)
        if found.phase_ends is None:
            raise NotNow
        found.left, found.phase_ends = max(int((found.phase_ends - at).total_seconds()), 0), None
        found.save(update_fields=PLACE)
        changed(found)
        record("workshops.rest", Ref("workshop", found.id), by=by, at=at)
    return found


def resume(*, workshop: Workshop, by: Viewer, at: dt.datetime) -> Workshop:
    """Let the clock go again, with the time that was left."""
    with transaction.atomic():
        found = lock(workshop.id, by)
        running(found)
        if found.left is None:
            raise NotNow
        found.phase_ends, found.left = at + dt.timedelta(seconds=found.left), None
        found.save(update_fields=PLACE)
        changed(found)
        record("workshops.resume", Ref("workshop", found.id), by=by, at=at)
    return found


def end(*, workshop: Workshop, by: Viewer, at: dt.datetime) -> Workshop:
    """End it: the report is there at once."""
    with transaction.atomic():
        found = lock(workshop.id, by)
        running(found)
        found.state, found.ended_at = WorkshopState.ENDED, at
        found.question, found.phase, found.phase_ends, found.left = None, "", None, None
        found.save(update_fields=["state", "ended_at", *PLACE])
        changed(found)
        record("workshops.end", Ref("workshop", found.id), by=by, at=at)
    return found


def _steps(workshop: Workshop) -> list[Step]:
    return steps_of(Question.objects.filter(workshop=workshop).order_by("number"))


def _stand_at(workshop: Workshop, step: Step, at: dt.datetime) -> None:
    workshop.question_id, workshop.phase, workshop.left = step.question, step.phase, None
    workshop.phase_ends = at + dt.timedelta(minutes=step.minutes) if step.minutes else None
