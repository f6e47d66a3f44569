"""Nobody comes for a while: pauses with dates, lifted again as they were made."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for
from samtun.operation.arrangements.actions.filling import (
    fill,
    let_go,
    lock,
    pause_on,
    put_on_desk,
    settle,
    tell,
    terms_from,
)
from samtun.operation.arrangements.enums import LIVE, SAID, PauseKind, VisitState
from samtun.operation.arrangements.models import Arrangement, Pause, Visit
from samtun.operation.arrangements.notices import GoesOn, Paused
from samtun.operation.arrangements.rules import begins, may_keep
from samtun.people.consents.models import Consent
from samtun.people.consents.queries import consent_stands
from samtun.work.todos.actions import close_todos

TO_VOLUNTEER = frozenset({PauseKind.RECIPIENT, PauseKind.HOLIDAY, PauseKind.CONSENT})
TO_RECIPIENT = frozenset({
    PauseKind.VOLUNTEER, PauseKind.HOLIDAY, PauseKind.CONSENT, PauseKind.ABSENCE, PauseKind.RESTING,
})  # fmt: skip


class PauseHasBeen(Refused):
    """That day has been. Choose today or a later day."""


class PauseBackwards(Refused):
    """The last day of the pause must be the same as the first, or later. Leave it empty when nobody knows."""


class NotRunning(Refused):
    """This arrangement is not running now. Look at what stands."""


class WaitsForYes(Refused):
    """The yes was taken back. It goes on when the person has said yes again, and not before."""


class ConsentMissing(Refused):
    """Ask the person first: it goes on when they have said yes."""


def pause(
    *, arrangement: Arrangement, kind: PauseKind, starts: dt.date, ends: dt.date | None, by: Viewer, at: dt.datetime
) -> Pause:
    """Pause from a day to a day, both counted in, or until someone says. The one who did not ask for it is told."""
    if not may_keep(by, arrangement):
        raise NotYours
    if kind not in SAID:
        raise NotRunning
    if starts < wall(at).date():
        raise PauseHasBeen
    if ends and ends < starts:
        raise PauseBackwards
    with transaction.atomic():
        current = lock(arrangement.id)
        if current.state not in LIVE:
            raise NotRunning
        row = _make(current, kind, starts, ends, source_id=None, by=by, at=at)
        _tell(Paused, current, row, by=by, at=at)
    return row


def lift(*, pause: Pause, by: Viewer, at: dt.datetime) -> Pause:
    """Undo a pause, or end it: dates to come stand again, and whoever was told is told that it goes on."""
    with transaction.atomic():
        arrangement = lock(pause.arrangement_id)
        if not may_keep(by, arrangement):
            raise NotYours
        row = Pause.objects.select_for_update(of=("self",)).get(id=pause.id)
        if row.lifted_at:
            return row
        if row.kind == PauseKind.CONSENT and not consent_stands(arrangement.consent_id):
            raise WaitsForYes
        unsent = cancel_for(ref_kind="arrangement_pause", ref_id=row.id, by=by, at=at)
        _lift(arrangement, row, by=by, at=at)
        if not unsent:
            _tell(GoesOn, arrangement, row, by=by, at=at)
    return row


def say_yes_again(*, arrangement: Arrangement, consent: Consent, by: Viewer, at: dt.datetime) -> None:
    """Note a new yes from the person: what waited for it goes on."""
    if not may_keep(by, arrangement):
        raise NotYours
    if not consent_stands(consent):
        raise ConsentMissing
    with transaction.atomic():
        current = lock(arrangement.id)
        current.consent = consent
        current.save(update_fields=["consent"])
        close_todos(ref=Ref("arrangement", current.id), by=by, at=at, reasons=("waits_for_consent",))
        for row in Pause.objects.filter(arrangement=current, kind=PauseKind.CONSENT, lifted_at=None).order_by("id"):
            lift(pause=row, by=by, at=at)


def follow(
    arrangement: Arrangement, kind: PauseKind, source: uuid.UUID, starts: dt.date, ends: dt.date | None, *, by: Viewer,
    at: dt.datetime,
) -> Pause:  # fmt: skip
    """Let a pause follow from something elsewhere, once for each source; other days than before change it.

    For actions that hold the arrangement's lock. Whoever waits is told only when a date falls in it.
    """
    rows = Pause.objects.filter(arrangement=arrangement, source_id=source, lifted_at=None)
    standing = rows.first()
    if standing and (standing.starts, standing.ends) == (starts, ends):
        return standing
    if standing:
        cancel_for(ref_kind="arrangement_pause", ref_id=standing.id, by=by, at=at)
        _lift(arrangement, standing, by=by, at=at)
    row = _make(arrangement, kind, starts, ends, source_id=source, by=by, at=at)
    if Visit.objects.filter(pause=row).exists():
        _tell(Paused, arrangement, row, by=by, at=at)
        if kind in {PauseKind.ABSENCE, PauseKind.RESTING}:
            put_on_desk(arrangement, "volunteer_away", at=at)
    return row


def unfollow(arrangement: Arrangement, row: Pause, *, by: Viewer, at: dt.datetime) -> None:
    """Lift a pause whose source is gone."""
    unsent = cancel_for(ref_kind="arrangement_pause", ref_id=row.id, by=by, at=at)
    had = Visit.objects.filter(pause=row).exists()
    _lift(arrangement, row, by=by, at=at)
    if had and not unsent:
        _tell(GoesOn, arrangement, row, by=by, at=at)
    if row.kind in {PauseKind.ABSENCE, PauseKind.RESTING, PauseKind.AWAY}:
        close_todos(ref=Ref("arrangement", arrangement.id), by=by, at=at, reasons=("volunteer_away",))


def _make(
    arrangement: Arrangement, kind: PauseKind, starts: dt.date, ends: dt.date | None, *, source_id: uuid.UUID | None,
    by: Viewer, at: dt.datetime,
) -> Pause:  # fmt: skip
    row = Pause.objects.create(
        arrangement=arrangement, kind=kind, starts=starts, ends=ends, source_id=source_id, made_at=at,
        made_by=by.name[:160],
    )  # fmt: skip
    planned = Visit.objects.select_for_update(of=("self",)).filter(
        arrangement=arrangement, state__in=[VisitState.PLANNED, VisitState.HOLIDAY], on__gte=starts
    )
    for visit in (planned.filter(on__lte=ends) if ends else planned).order_by("id"):
        if begins(visit.on, visit.at) > at:
            let_go(visit, VisitState.PAUSED, pause=row, by=by, at=at)
    record("arrangements.pause", Ref("arrangement", arrangement.id), by=by, at=at, kind=kind)
    return row


def _lift(arrangement: Arrangement, row: Pause, *, by: Viewer, at: dt.datetime) -> None:
    row.lifted_at = at
    row.save(update_fields=["lifted_at"])
    others = list(Pause.objects.filter(arrangement=arrangement, lifted_at=None).order_by("starts", "id"))
    rows = Visit.objects.select_for_update(of=("self",)).filter(pause=row, state=VisitState.PAUSED)
    for visit in rows.select_related("term__volunteer", "stand_in").order_by("id"):
        if begins(visit.on, visit.at) <= at or visit.stand_in:
            continue
        settle(visit, arrangement, visit.term, pause_on(others, visit.on))
    fill(arrangement, by=by, at=at)
    record("arrangements.lift", Ref("arrangement", arrangement.id), by=by, at=at)


def _tell(
    notice: type[Paused] | type[GoesOn], arrangement: Arrangement, row: Pause, *, by: Viewer, at: dt.datetime
) -> None:
    ref = Ref("arrangement_pause", row.id)
    if row.kind in TO_VOLUNTEER:
        for person in {t.volunteer.person_id for t in terms_from(arrangement, wall(at).date())}:
            tell(notice, arrangement, ref, person, by=by, at=at)
    if row.kind in TO_RECIPIENT:
        tell(notice, arrangement, ref, arrangement.recipient_id, by=by, at=at)
