"""All who come hear of a change, each contact once, on their own channel."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.notices import Notice
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations.models import Minimum
from samtun.operation.registrations.notices import TimeChanged, TimeOff, TimeOn
from samtun.operation.registrations.queries.own import contacts_of
from samtun.operation.registrations.queries.standing import time_told
from samtun.work.todos.actions import close_todos

NOTICES: dict[str, type[Notice]] = {"off": TimeOff, "changed": TimeChanged, "on": TimeOn}


def tell_all(time: Occurrence, notice: type[Notice], *, by: Viewer, at: dt.datetime) -> int:
    """Send a notice to every contact of a time, once each; return how many. Whoever has no texts is to be rung."""
    persons = contacts_of(time)
    for person in persons:
        queue(
            notice=notice, ref_kind="occurrence", ref_id=time.id, to=person, owner=time.activity.owner_id, by=by, at=at
        )
    return len(persons)


def tell_of(*, occurrence: uuid.UUID, what: str, by: Viewer, at: dt.datetime) -> int:
    """Let all who come hear what happened to a time; return how many contacts there are."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        time = time_told(occurrence)
        if time is None:
            return 0
        close_todos(ref=Ref("registrations", time.id), by=by, at=at, reasons=("too_few",))
        if what == "changed":
            Minimum.objects.filter(occurrence=time, is_reached=False, runs_anyway=False).delete()
        return tell_all(time, NOTICES[what], by=by, at=at)
