"""How one pays is chosen on one's own page, without a word about why; and what it says at the door is the same."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.operation.registrations.actions.clips import follow
from samtun.operation.registrations.actions.line import holding, locked
from samtun.operation.registrations.enums import Pays
from samtun.operation.registrations.models import Attendance, Registration
from samtun.operation.registrations.queries.own import are_theirs


def choose_payment(
    *, registrations: Collection[uuid.UUID], pays: Pays, by: Viewer, at: dt.datetime, token: str = ""
) -> int:
    """Note how some pay; return how many. A free place is one of the ways, and nobody asks why.

    The same way once more moves no clip.
    The record says that it was chosen, never what: those who hold it read the record too. Under the lock of the list,
    as ticks at the door are, so that a clip is used once whichever comes first.
    """
    with transaction.atomic():
        asked = Registration.objects.filter(id__in=registrations, erased_at=None).order_by("occurrence", "id")
        for row in asked:
            locked(holding(row, at=at))
        rows = list(asked.select_related("activity"))
        if not are_theirs(by, rows, token=token):
            raise NotYours
        for row in rows:
            if row.pays != pays:
                row.pays = pays
                row.save(update_fields=["pays"])
                marks = Attendance.objects.filter(registration=row, came=True).select_related("occurrence")
                for mark in marks.order_by("occurrence"):
                    follow(row, mark, by=by, at=at)
            about = Ref("occurrence", row.occurrence_id) if row.occurrence_id else Ref("programme", row.activity_id)
            record("registrations.settle", about, by=by, at=at)
    return len(rows)
