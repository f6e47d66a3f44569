"""When what an arrangement rests on goes: the volunteer, the owner, the consent. Each may run twice."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.operation.arrangements.actions.changing import end
from samtun.operation.arrangements.actions.filling import call_off, lock, put_on_desk, tell, terms_from
from samtun.operation.arrangements.actions.pausing import follow
from samtun.operation.arrangements.enums import LIVE, ArrangementState, EndReason, PauseKind
from samtun.operation.arrangements.models import Arrangement, Term
from samtun.operation.arrangements.notices import ComesNoMore
from samtun.operation.volunteers.models import Volunteer


def volunteer_left(*, volunteer: Volunteer, by: Viewer, at: dt.datetime) -> None:
    """End what a volunteer who left held; the one who waits is told, and the desk finds someone else.

    Arrangements of an owner that has left are ended by `owner_left`.
    """
    if not by.is_system:
        raise NotYours
    rows = Term.objects.filter(volunteer=volunteer, arrangement__state__in=LIVE, arrangement__owner__left_on=None)
    with transaction.atomic():
        for key in sorted(set(rows.values_list("arrangement", flat=True))):
            current = lock(key)
            holding = [t for t in terms_from(current, wall(at).date()) if t.volunteer_id == volunteer.id]
            if holding:
                _let_go(current, holding, by=by, at=at)


def stop_coming(*, arrangement: Arrangement, by: Viewer, at: dt.datetime) -> Arrangement:
    """The one who comes stops: one act, and nobody asks why (R60). The other is told, and someone else is found."""
    with transaction.atomic():
        current = lock(arrangement.id)
        holding = [t for t in terms_from(current, wall(at).date()) if t.volunteer.person_id == by.person]
        if not holding or current.state not in LIVE:
            raise NotYours
        _let_go(current, holding, by=by, at=at)
    return current


def _let_go(arrangement: Arrangement, holding: list[Term], *, by: Viewer, at: dt.datetime) -> None:
    today, ref = wall(at).date(), Ref("arrangement", arrangement.id)
    for term in holding:
        call_off(arrangement, today, term=term, by=by, at=at)
        term.ends = min(term.ends or today, today) if term.starts <= today else term.starts - dt.timedelta(1)
        term.save(update_fields=["ends"])
    others = [t for t in terms_from(arrangement, today) if t.volunteer_id != holding[0].volunteer_id]
    if arrangement.state == ArrangementState.RUNNING and not others:
        arrangement.state = ArrangementState.LOOKING
        arrangement.save(update_fields=["state"])
        tell(ComesNoMore, arrangement, ref, arrangement.recipient_id, by=by, at=at)
        put_on_desk(arrangement, "find_another", at=at)
    record("arrangements.volunteer_left", ref, by=by, at=at)


def owner_left(*, owner: Owner, by: Viewer, at: dt.datetime) -> int:
    """End all that an owner that has left still had running, and tell both; return how many."""
    if not by.is_system or owner.left_on is None:
        raise NotYours
    with transaction.atomic():
        rows = list(Arrangement.objects.filter(owner=owner, state__in=LIVE).order_by("id"))
        for row in rows:
            end(arrangement=row, reason=EndReason.OWNER_LEFT, words="", by=by, at=at)
    return len(rows)


def consent_withdrawn(*, consent_id: uuid.UUID, by: Viewer, at: dt.datetime) -> int:
    """Let what rests on a yes that was taken back wait for a new one (R76): both are told; return how many."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        rows = list(Arrangement.objects.filter(consent=consent_id, state__in=LIVE).order_by("id"))
        for row in rows:
            current = lock(row.id)
            follow(current, PauseKind.CONSENT, consent_id, wall(at).date(), None, by=by, at=at)
            put_on_desk(current, "waits_for_consent", at=at)
            record("arrangements.consent_withdrawn", Ref("arrangement", current.id), by=by, at=at)
    return len(rows)
