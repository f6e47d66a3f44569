"""An address of one's own, for what one is signed up for: asked for and stopped by oneself."""

import datetime as dt

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.operation.registrations.models import OwnCalendar
from samtun.operation.registrations.rules import calendar_token, hash_of
from samtun.people.persons.models import Person


def open_calendar(*, by: Viewer, at: dt.datetime) -> OwnCalendar:
    """Make an address for one's own calendar; who has one keeps it."""
    if by.person is None or by.is_system:
        raise NotYours
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",)).get(id=by.person)
        if there := OwnCalendar.objects.filter(person=person, ended_at=None).first():
            return there
        key = uuid7()
        made = OwnCalendar.objects.create(id=key, person=person, key_hash=hash_of(calendar_token(key)), made_at=at)
        record("registrations.open_calendar", Ref("person", person.id), by=by, at=at)
    return made


def stop_calendar(*, by: Viewer, at: dt.datetime) -> int:
    """Stop one's own address: it answers nothing from now on. Return how many were stopped."""
    if by.person is None:
        raise NotYours
    with transaction.atomic():
        number = OwnCalendar.objects.filter(person=by.person, ended_at=None).update(ended_at=at)
        if number:
            record("registrations.stop_calendar", Ref("person", by.person), by=by, at=at)
    return number
