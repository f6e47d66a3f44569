"""A place of a whole activity that somebody does not use one time goes to one in line, for that time alone."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations.actions.line import NotThatStepNow, locked
from samtun.operation.registrations.enums import Answer, OneTimeState
from samtun.operation.registrations.enums import RegistrationState as State
from samtun.operation.registrations.models import Attendance, OneTime, Registration
from samtun.operation.registrations.notices import OneTimeOffered
from samtun.operation.registrations.queries.door import may_see
from samtun.operation.registrations.queries.own import are_theirs
from samtun.operation.registrations.queries.single import can_share, free_that_time
from samtun.operation.registrations.queries.standing import lines_of
from samtun.operation.registrations.rules import answer_before


class NothingFree(Refused):
    """No place is free that time any more. Look at the list."""


def offer(*, occurrence: Occurrence, registration: uuid.UUID, by: Viewer, at: dt.datetime) -> OneTime:
    """Ask one in line about a single time that somebody does not use; the place in line is kept."""
    with transaction.atomic():
        time = locked(occurrence)
        if not may_see(by, time):
            raise NotYours
        row = lines_of(time.activity, time).filter(id=registration, erased_at=None).first()
        if row is None:
            raise NotYours
        if not can_share(time, at=at) or row.state != State.WAITING:
            raise NotThatStepNow
        if free_that_time(time, at=at) < 1:
            raise NothingFree
        before = OneTime.objects.filter(registration=row, occurrence=time).first()
        if before and (before.state != OneTimeState.OFFERED or before.until > at):
            raise NotThatStepNow
        until = answer_before(time.activity, time, at)
        made, _fresh = OneTime.objects.update_or_create(
            registration=row, occurrence=time,
            defaults={"state": OneTimeState.OFFERED, "until": until, "offered_at": at},
        )  # fmt: skip
        record("registrations.offer_once", Ref("occurrence", time.id), by=by, at=at)
        if row.contact_id:
            queue(
                notice=OneTimeOffered, ref_kind="registration_once", ref_id=made.id, to=row.contact_id,
                owner=time.activity.owner_id, by=by, at=at,
            )  # fmt: skip
    return made


def answer(*, one_time: uuid.UUID, yes: bool, by: Viewer, at: dt.datetime, token: str = "") -> OneTime:
    """Say yes or no to a single time: by oneself, or by those who hold it when one rings."""
    with transaction.atomic():
        found = OneTime.objects.select_related("registration", "occurrence").filter(id=one_time).first()
        if found is None:
            raise NotYours
        time = locked(found.occurrence)
        found = OneTime.objects.select_for_update(of=("self",)).select_related("registration").get(id=one_time)
        if not (are_theirs(by, [found.registration], token=token) or may_see(by, time)):
            raise NotYours
        row = Registration.objects.get(id=found.registration_id)
        thinks = found.state == OneTimeState.OFFERED and found.until > at
        if row.state != State.WAITING or time.starts_at <= at or not (thinks or (not yes and found.state == "yes")):
            raise NotThatStepNow
        found.state = OneTimeState.YES if yes else OneTimeState.NO
        found.save(update_fields=["state"])
        Attendance.objects.update_or_create(
            registration=row, occurrence=time,
            defaults={"answer": Answer.COMING if yes else Answer.NOT, "noted_at": at},
        )  # fmt: skip
        record("registrations.answer_once", Ref("occurrence", time.id), by=by, at=at)
    return found
