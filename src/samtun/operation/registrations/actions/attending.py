"""Who was there: ticked at the door, counted by whoever stands there; and what was answered before it."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.activities.actions import times
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations.actions.clips import follow, tell_alike
from samtun.operation.registrations.actions.line import locked
from samtun.operation.registrations.enums import Answer
from samtun.operation.registrations.enums import RegistrationState as State
from samtun.operation.registrations.models import Attendance, Registration
from samtun.operation.registrations.queries.door import may_see
from samtun.operation.registrations.queries.own import are_theirs
from samtun.operation.registrations.queries.standing import lines_of, time_told
from samtun.operation.registrations.rules import HOLDS_PLACE, is_count_token

SERVES = dt.timedelta(days=3)


class TooLateToCount(Refused):
    """The address for counting serves until three days after. Ring those who hold it."""


def note_attendance(
    *, occurrence: Occurrence, registration: uuid.UUID, came: bool | None, by: Viewer, at: dt.datetime,
    ticked_at: dt.datetime | None = None,
) -> Attendance:  # fmt: skip
    """Note that one came, did not come, or that it is not known. It says how it is, so that sent twice it is one.

    A telephone without a network sends later what was ticked at `ticked_at`: what was ticked after that stands. Whoever
    pays with a clip has used it with the tick, and has it back when the tick is taken away.
    """
    when = min(ticked_at or at, at)
    with transaction.atomic():
        if not may_see(by, occurrence):
            raise NotYours
        time = locked(occurrence)
        found = Attendance.objects.filter(registration=registration, occurrence=time, ticked_at__isnull=False).first()
        if found is not None and found.ticked_at and found.ticked_at > when:
            return found
        made = _mark(time, registration, {"came": came, "ticked_at": when}, by=by, at=at)
        follow(made.registration, made, by=by, at=at)
        if found is None:
            tell_alike(made.registration, made, by=by, at=at)
        return made


def note_answer(
    *, occurrence: Occurrence, registration: uuid.UUID, answer: Answer, by: Viewer, at: dt.datetime
) -> Attendance:  # fmt: skip
    """Note what was answered when somebody rang before a time: coming, not, needs a ride, no answer. Nothing else."""
    with transaction.atomic():
        if not may_see(by, occurrence):
            raise NotYours
        return _mark(occurrence, registration, {"answer": answer}, by=by, at=at)


def not_this_time(
    *, occurrence: Occurrence, registrations: list[uuid.UUID], by: Viewer, at: dt.datetime, token: str = ""
) -> None:  # fmt: skip
    """Note that those who come to every time cannot come to this one. They keep their place."""
    with transaction.atomic():
        rows = list(Registration.objects.filter(id__in=registrations, activity=occurrence.activity_id))
        if not are_theirs(by, rows, token=token):
            raise NotYours
        for row in rows:
            _mark(occurrence, row.id, {"answer": Answer.NOT}, by=by, at=at)


def _mark(
    occurrence: Occurrence, registration: uuid.UUID, facts: dict[str, object], *, by: Viewer, at: dt.datetime
) -> Attendance:  # fmt: skip
    rows = lines_of(occurrence.activity, occurrence).filter(state__in=[*HOLDS_PLACE, State.WAITING], erased_at=None)
    row = rows.select_related("activity").filter(id=registration).first()
    if row is None:
        raise NotYours
    made, _fresh = Attendance.objects.update_or_create(
        registration=row, occurrence=occurrence, defaults=facts | {"noted_at": at}
    )
    record("registrations.note", Ref("occurrence", occurrence.id), by=by, at=at, what=next(iter(facts)))
    return made


def counts_no_more(occurrence: Occurrence, *, at: dt.datetime) -> bool:
    """Tell whether the address for the head count of a time has served."""
    return at > occurrence.ends_at + SERVES


def head_count(*, occurrence: uuid.UUID, token: str, number: int, by: Viewer, at: dt.datetime) -> Occurrence:
    """Note how many came, by the secret address: a number in, and no name out."""
    time = time_told(occurrence)
    if time is None or not is_count_token(token, occurrence) or not by.is_system:
        raise NotYours
    if counts_no_more(time, at=at):
        raise TooLateToCount
    return times.note_held(occurrence=time, head_count=number, by=by, at=at)
