"""Verbs: noting courses held."""

import datetime as dt

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.training.models import TrainingRecord
from samtun.people.persons.models import Person


class RunsOutFirst(Refused):
    """It cannot run out before the course was held. Look at the two dates."""


def note_course(
    *, person: Person, owner: Owner, course: str, held_on: dt.date, expires_on: dt.date | None, by: Viewer,
    at: dt.datetime,
) -> TrainingRecord:  # fmt: skip
    """Note that a person has taken a course."""
    if not (by.is_system or (owner.id in by.owners and by.may(Permission.MANAGE_VOLUNTEERS))):
        raise NotYours
    if expires_on is not None and expires_on < held_on:
        raise RunsOutFirst
    with transaction.atomic():
        row, _ = TrainingRecord.objects.update_or_create(
            person=person, owner=owner, course=course, held_on=held_on, defaults={"expires_on": expires_on}
        )
        record("training.note", Ref("person", person.id), by=by, at=at, course=course)
    return row
