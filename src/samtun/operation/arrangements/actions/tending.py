"""What the clock does for an arrangement: dates ahead, what has been, who is reminded, what follows from absences."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q

from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.operation.arrangements.actions.changing import end
from samtun.operation.arrangements.actions.filling import ask_about_holidays, fill, lock, put_on_desk, tell, terms_from
from samtun.operation.arrangements.actions.pausing import follow, unfollow
from samtun.operation.arrangements.actions.visiting import ask_how_it_goes, count_past
from samtun.operation.arrangements.enums import LIVE, ArrangementState, EndReason, PauseKind, VisitState
from samtun.operation.arrangements.models import Arrangement, Pause, Term, Visit
from samtun.operation.arrangements.notices import RemindVisit
from samtun.operation.arrangements.rules import begins
from samtun.operation.help_requests.enums import RequestState
from samtun.operation.volunteers.models import Absence, Volunteer

GRACE = dt.timedelta(hours=3)
"""How long after a time has passed before silence counts as done."""
REMIND_FROM = 17
"""The hour on the wall from which one is reminded of tomorrow."""
NOBODY = frozenset({RequestState.DECLINED, RequestState.UNMET, RequestState.CANCELLED})


def tend(*, arrangement: Arrangement, by: Viewer, at: dt.datetime) -> bool:
    """Do all that is due for one arrangement; doing it twice is the same as once. False when it is not live."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        current = lock(arrangement.id)
        if current.state not in LIVE:
            return False
        if current.wish.state in NOBODY and _nobody_came(current, by=by, at=at):
            return True
        count_past(current, at=at, grace=GRACE)
        follow_absences(current, by=by, at=at)
        fill(current, by=by, at=at)
        ask_about_holidays(current, at=at)
        _remind(current, by=by, at=at)
        ask_how_it_goes(current, at=at)
        if current.state == ArrangementState.RUNNING and not terms_from(current, wall(at).date()):
            end(arrangement=current, reason=EndReason.DONE, words="", by=by, at=at)
    return True


def _nobody_came(arrangement: Arrangement, *, by: Viewer, at: dt.datetime) -> bool:
    """Close what never began; where somebody was to come instead, the desk hears. True when closed."""
    if Term.objects.filter(arrangement=arrangement).exists():
        if arrangement.state == ArrangementState.LOOKING:
            put_on_desk(arrangement, "find_another", at=at)
        return False
    arrangement.state, arrangement.ended_at, arrangement.end_reason = ArrangementState.ENDED, at, EndReason.NOBODY
    arrangement.save(update_fields=["state", "ended_at", "end_reason"])
    record("arrangements.end", Ref("arrangement", arrangement.id), by=by, at=at, reason=EndReason.NOBODY)
    return True


def follow_absences(arrangement: Arrangement, *, by: Viewer, at: dt.datetime) -> None:
    """Let dates rest while the volunteer is away or has a pause of their own, and stand again when that is over."""
    today = wall(at).date()
    wanted: dict[uuid.UUID, tuple[PauseKind, dt.date | None, dt.date | None]] = {}
    for term in terms_from(arrangement, today):
        volunteer = term.volunteer
        away = Absence.objects.filter(profile__person=volunteer.person_id, ends__gte=today)
        for row in away.filter(Q(starts__lte=term.ends) if term.ends else Q()).order_by("starts"):
            wanted[row.id] = (PauseKind.ABSENCE, row.starts, row.ends)
        resting = volunteer.state == Volunteer.State.PAUSED
        if resting and (volunteer.paused_until is None or volunteer.paused_until >= today):
            wanted[volunteer.id] = (PauseKind.RESTING, None, volunteer.paused_until)
    kinds = [PauseKind.ABSENCE, PauseKind.RESTING]
    standing = Pause.objects.filter(arrangement=arrangement, kind__in=kinds, lifted_at=None)
    since = {}
    for pause in standing.order_by("id"):
        since[pause.source_id] = pause.starts
        if pause.source_id not in wanted and (pause.ends is None or pause.ends >= today):
            unfollow(arrangement, pause, by=by, at=at)
    for source, (kind, starts, ends) in wanted.items():
        follow(arrangement, kind, source, starts or since.get(source, today), ends, by=by, at=at)


def _remind(arrangement: Arrangement, *, by: Viewer, at: dt.datetime) -> None:
    """Remind the volunteer the afternoon before, once; the reminder is also where one says that one cannot."""
    now = wall(at)
    if now.hour < REMIND_FROM:
        return
    tomorrow = now.date() + dt.timedelta(days=1)
    rows = Visit.objects.select_for_update(of=("self",)).filter(
        arrangement=arrangement, on=tomorrow, state=VisitState.PLANNED, reminded_at=None
    )
    for visit in rows.select_related("term__volunteer").order_by("id"):
        visit.reminded_at = at
        visit.save(update_fields=["reminded_at"])
        tell(
            RemindVisit, arrangement, Ref("visit", visit.id), visit.term.volunteer.person_id, by=by, at=at,
            question_ends=begins(visit.on, visit.at),
        )  # fmt: skip
