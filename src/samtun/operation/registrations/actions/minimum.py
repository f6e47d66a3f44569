"""How many must come: when enough do, all hear that it will be held; when too few do, its owner chooses."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from samtun.foundation.audit import record
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.operation.activities.enums import OccurrenceState, SignUp
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations.actions.line import NotThatStepNow, locked
from samtun.operation.registrations.actions.telling import tell_all
from samtun.operation.registrations.models import Minimum
from samtun.operation.registrations.notices import WillBeHeld
from samtun.operation.registrations.queries.door import may_see
from samtun.operation.registrations.queries.standing import lines_of
from samtun.operation.registrations.rules import HOLDS_PLACE, closes_at
from samtun.work.todos.actions import close_todos, open_todo

COUNTED = (SignUp.SIGN_UP, SignUp.BINDING)
LONGEST = dt.timedelta(hours=1_000)


def tell_if_enough(time: Occurrence, *, by: Viewer, at: dt.datetime) -> bool:
    """Tell all who come that it will be held when enough have signed up, once, under the caller's lock.

    So it is too where how many must come was lowered or taken away after there had been too few.
    """
    least, found = time.activity.least, Minimum.objects.filter(occurrence=time).first()
    if found and (found.is_reached or found.runs_anyway):
        return False
    if (least is None and found is None) or time.activity.sign_up not in COUNTED:
        return False
    if lines_of(time.activity, time).filter(state__in=HOLDS_PLACE).count() < (least or 0):
        return False
    found = found or Minimum(occurrence=time)
    found.is_reached, found.looked_at = True, at
    found.save()
    close_todos(ref=Ref("registrations", time.id), by=by, at=at, reasons=("too_few",))
    record("registrations.enough", Ref("occurrence", time.id), by=by, at=at)
    tell_all(time, WillBeHeld, by=by, at=at)
    return True


def look_at_closed(*, by: Viewer, at: dt.datetime) -> int:
    """Put on the desk of their owners the times whose lists have closed with too few on them; return how many."""
    if not by.is_system:
        raise NotYours
    short = Minimum.objects.filter(occurrence=OuterRef("pk"), is_reached=False, runs_anyway=False)
    rows = Occurrence.objects.filter(
        state=OccurrenceState.PLANNED, is_open=True, starts_at__gt=at, starts_at__lt=at + LONGEST,
        activity__sign_up__in=COUNTED,
    ).filter(Q(activity__least__isnull=False) | Exists(short))  # fmt: skip
    late = [row for row in rows.select_related("activity") if closes_at(row.activity, row) <= at]
    return sum(_look(row, by=by, at=at) for row in late)


def _look(occurrence: Occurrence, *, by: Viewer, at: dt.datetime) -> bool:
    with transaction.atomic():
        time = locked(occurrence)
        if tell_if_enough(time, by=by, at=at) or Minimum.objects.filter(occurrence=time).exists():
            return False
        Minimum.objects.create(occurrence=time, is_reached=False, looked_at=at)
        record("registrations.too_few", Ref("occurrence", time.id), by=by, at=at)
        open_todo(
            ref=Ref("registrations", time.id), reason="too_few", about=time.title[:120], due=min(at, time.starts_at),
            owner=time.activity.owner_id, audience=Permission.PUBLISH, at=at,
        )  # fmt: skip
    return True


def run_anyway(*, occurrence: Occurrence, by: Viewer, at: dt.datetime) -> Minimum:
    """Hold it with those who come. They hear that it will be held."""
    with transaction.atomic():
        time = locked(occurrence)
        if not may_see(by, time):
            raise NotYours
        found = Minimum.objects.select_for_update(of=("self",)).filter(occurrence=time).first()
        if found is None or found.is_reached or found.runs_anyway or time.state != OccurrenceState.PLANNED:
            raise NotThatStepNow
        found.runs_anyway = True
        found.save(update_fields=["runs_anyway"])
        close_todos(ref=Ref("registrations", time.id), by=by, at=at, reasons=("too_few",))
        record("registrations.run_anyway", Ref("occurrence", time.id), by=by, at=at)
        tell_all(time, WillBeHeld, by=by, at=at)
    return found
