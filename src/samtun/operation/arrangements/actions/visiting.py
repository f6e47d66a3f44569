"""One date: somebody cannot this time, it stands after all, someone else comes, how long it took."""

import datetime as dt

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for
from samtun.operation.arrangements.actions.filling import let_go, lock, promise, put_on_desk, tell
from samtun.operation.arrangements.enums import LIVE, MISSED, VisitState
from samtun.operation.arrangements.models import Arrangement, Visit
from samtun.operation.arrangements.notices import CannotThisTime, NotThisTime, StandsAfterAll
from samtun.operation.arrangements.queries import misses_in_a_row
from samtun.operation.arrangements.queries.visits import MISSES
from samtun.operation.arrangements.rules import begins, is_over, may_keep, may_say
from samtun.operation.help_requests.actions import pass_like, take_call, write_plan
from samtun.operation.help_requests.actions.entering import Wish
from samtun.operation.help_requests.enums import OPEN_STATES, RequestState, Source
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.volunteers.actions import record_contribution
from samtun.work.todos.actions import close_todos


class NotPlanned(Refused):
    """This time does not stand any more. Look at what stands."""


class HasBegun(Refused):
    """That time has begun or been. Ring instead."""


class SomeoneElseComes(Refused):
    """Someone else is being asked for this time. Cancel that wish first."""


class NotYet(Refused):
    """This time has not been yet. Wait until it has."""


class TooLong(Refused):
    """Write how long it took, in minutes: at most one day."""


def cannot_come(*, visit: Visit, via: str, by: Viewer, at: dt.datetime) -> Visit:
    """The one who comes cannot this time. One button, no reason; the other is told, the desk may find a stand-in."""
    with transaction.atomic():
        arrangement, current = _locked(visit)
        if not may_say(by, arrangement, current.term.volunteer.person_id):
            raise NotYours
        _miss(current, VisitState.CANNOT, via=via, by=by, at=at)
        tell(
            CannotThisTime,
            arrangement,
            Ref("visit", current.id),
            arrangement.recipient_id,
            day=current.on,
            by=by,
            at=at,
        )
        put_on_desk(arrangement, "find_stand_in", visit=current, at=at)
        record(
            "arrangements.cannot_come", Ref("arrangement", arrangement.id), by=by, at=at, via=via, on=str(current.on)
        )
    return current


def not_this_time(*, visit: Visit, via: str, by: Viewer, at: dt.datetime) -> Visit:
    """The one who is visited would rather not this time. No reason; the one who comes is told."""
    with transaction.atomic():
        arrangement, current = _locked(visit)
        if not may_say(by, arrangement, arrangement.recipient_id):
            raise NotYours
        _miss(current, VisitState.NOT_WANTED, via=via, by=by, at=at)
        tell(
            NotThisTime,
            arrangement,
            Ref("visit", current.id),
            current.term.volunteer.person_id,
            day=current.on,
            by=by,
            at=at,
        )
        record("arrangements.not_wanted", Ref("arrangement", arrangement.id), by=by, at=at, via=via, on=str(current.on))
    return current


def stands_after_all(*, visit: Visit, by: Viewer, at: dt.datetime) -> Visit:
    """Undo: they meet after all. What has not been sent about it is not sent; who was told is told again.

    On a day with a name both hear that it stands: neither has heard of it before.
    """
    with transaction.atomic():
        arrangement, current = _locked(visit)
        if not may_keep(by, arrangement):
            raise NotYours
        was, over = current.state, current.term.ends is not None and current.on > current.term.ends
        if was not in MISSED | {VisitState.HOLIDAY} or arrangement.state not in LIVE or over:
            raise NotPlanned
        if begins(current.on, current.at) <= at:
            raise HasBegun
        if current.stand_in and current.stand_in.state in OPEN_STATES | {RequestState.DONE}:
            raise SomeoneElseComes
        told = [arrangement.recipient_id] if was != VisitState.NOT_WANTED else []
        told += [current.term.volunteer.person_id] if was != VisitState.CANNOT else []
        ref = Ref("visit", current.id)
        unsent = cancel_for(ref_kind=ref.kind, ref_id=ref.id, by=by, at=at)
        current.state, current.via, current.said_at = VisitState.PLANNED, "", None
        current.save(update_fields=["state", "via", "said_at"])
        promise(current, current.term)
        close_todos(ref=ref, by=by, at=at)
        for person in () if unsent else told:
            tell(StandsAfterAll, arrangement, ref, person, day=current.on, by=by, at=at)
        record("arrangements.stands", Ref("arrangement", arrangement.id), by=by, at=at, on=str(current.on))
    return current


def find_stand_in(*, visit: Visit, by: Viewer, at: dt.datetime) -> HelpRequest:
    """Make an ordinary one-off wish for someone else that one time, assessed as the wish it springs from (R26).

    The one who cannot is never suggested or asked for it.
    """
    with transaction.atomic():
        arrangement, current = _locked(visit)
        if not may_keep(by, arrangement):
            raise NotYours
        if current.stand_in:
            return current.stand_in
        if current.state not in {VisitState.CANNOT, VisitState.PAUSED}:
            raise NotPlanned
        if begins(current.on, current.at) <= at:
            raise HasBegun
        origin = arrangement.wish
        wish = take_call(
            owner=arrangement.owner, recipient=arrangement.recipient, source=Source.CALL, by=by, at=at,
            consent=arrangement.consent,
            wish=Wish(
                task_type=arrangement.task_type, on=current.on, at=current.at, minutes=current.minutes,
                asked_by=origin.asked_by, asked_by_phone=origin.asked_by_phone, asker_hears="",
                instead_of=current.term.volunteer.person_id,
            ),
        )  # fmt: skip
        limits, whom = arrangement.limits, arrangement.whom_to_call
        write_plan(request=wish, limits=limits, whom_to_call=whom, how_often="", by=by, at=at)
        if wish.state == RequestState.NEW and origin.assessments.filter(outcome="volunteer").exists():
            pass_like(request=wish, like=origin, by=by, at=at)
        current.stand_in = wish
        current.save(update_fields=["stand_in"])
        close_todos(ref=Ref("visit", current.id), by=by, at=at)
        record("arrangements.stand_in", Ref("arrangement", arrangement.id), by=by, at=at, on=str(current.on))
    return wish


def note_minutes(*, visit: Visit, minutes: int, by: Viewer, at: dt.datetime) -> Visit:
    """Correct how long a time took, in minutes; 0 when they did not meet after all. The ledger row follows."""
    if not 0 <= minutes <= 1440:
        raise TooLong
    with transaction.atomic():
        arrangement, current = _locked(visit)
        if not may_say(by, arrangement, current.term.volunteer.person_id):
            raise NotYours
        if begins(current.on, current.at) > at:
            raise NotYet
        if current.state not in {VisitState.PLANNED, VisitState.HOLIDAY, VisitState.DONE, VisitState.CANNOT}:
            raise NotPlanned
        current.minutes = minutes or current.minutes
        current.said_at = at
        current.save(update_fields=["minutes", "said_at"])
        count(arrangement, current, minutes=minutes)
        record("arrangements.minutes", Ref("arrangement", arrangement.id), by=by, at=at, on=str(current.on))
    return current


def count(arrangement: Arrangement, visit: Visit, *, minutes: int) -> None:
    """Write one date into the ledger, once; with no minutes they did not meet."""
    visit.state = VisitState.DONE if minutes else VisitState.CANNOT
    visit.save(update_fields=["state"])
    volunteer = visit.term.volunteer
    record_contribution(
        person_id=volunteer.person_id, owner_id=volunteer.host_id, kind=arrangement.task_type.key,
        ref=Ref("visit", visit.id), on=visit.on, minutes=minutes,
    )  # fmt: skip


def count_past(arrangement: Arrangement, *, at: dt.datetime, grace: dt.timedelta) -> int:
    """Count the dates whose time passed so long ago without a word as done; return how many."""
    rows = Visit.objects.select_for_update(of=("self",)).filter(
        arrangement=arrangement, state=VisitState.PLANNED, on__lte=wall(at).date()
    )
    over = [
        v for v in rows.select_related("term__volunteer").order_by("id")
        if is_over(v.on, v.at, v.minutes, now=at - grace)
    ]  # fmt: skip
    for visit in over:
        count(arrangement, visit, minutes=visit.minutes)
    return len(over)


def ask_how_it_goes(arrangement: Arrangement, *, at: dt.datetime) -> bool:
    """Put a kind question on the desk when they have not met so many times in a row (R54); nothing ends by itself."""
    today = wall(at).date()
    long = misses_in_a_row(arrangement, on=today) >= MISSES.read(today)
    if long:
        put_on_desk(arrangement, "not_met", at=at)
    return long


def _locked(visit: Visit) -> tuple[Arrangement, Visit]:
    arrangement = lock(visit.arrangement_id)
    rows = Visit.objects.select_for_update(of=("self",)).select_related("term__volunteer", "stand_in")
    return arrangement, rows.get(id=visit.id)


def _miss(visit: Visit, state: VisitState, *, via: str, by: Viewer, at: dt.datetime) -> None:
    if visit.state not in {VisitState.PLANNED, VisitState.HOLIDAY}:
        raise NotPlanned
    if is_over(visit.on, visit.at, visit.minutes, now=at):
        raise HasBegun
    visit.via, visit.said_at = via, at
    visit.save(update_fields=["via", "said_at"])
    let_go(visit, state, by=by, at=at)
