"""When somebody dies, goes away for a while, or it was a mistake (R113, ADR 20)."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Q

from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import hush
from samtun.operation.arrangements.actions.filling import (
    WAITING,
    fill,
    let_go,
    lock,
    pause_on,
    promise,
    put_on_desk,
    settle,
    terms_from,
)
from samtun.operation.arrangements.actions.pausing import follow, unfollow
from samtun.operation.arrangements.actions.tending import GRACE
from samtun.operation.arrangements.actions.visiting import count_past
from samtun.operation.arrangements.enums import LIVE, ArrangementState, EndReason, PauseKind, VisitState
from samtun.operation.arrangements.models import Arrangement, Pause, Term, Visit
from samtun.operation.arrangements.rules import begins
from samtun.operation.help_requests.models import PersonalCall
from samtun.people.persons.actions import bring_back, note_stilled
from samtun.people.persons.models import Away, Passing, Stilled
from samtun.people.persons.queries import everyone_of, stilled_by
from samtun.work.todos.actions import close_todos, still_todos

OURS = ("arrangement", "arrangement_term", "visit")


def person_died(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Stop all that is about a dead person, whoever owns it; nobody is written to. What is stopped is noted."""
    if not by.is_system:
        raise NotYours
    everyone = everyone_of(passing.person_id)
    with transaction.atomic():
        for row in Arrangement.objects.filter(recipient__in=everyone).order_by("id"):
            _stop_all(passing, lock(row.id), by=by, at=at)
        dates = Visit.objects.filter(term__volunteer__person__in=everyone).order_by("id").values_list("id", flat=True)
        note_stilled(passing.id, hushed=hush(about=[Ref("visit", key) for key in dates], at=at))
        comes = Term.objects.filter(volunteer__person__in=everyone, arrangement__state__in=LIVE)
        for key in sorted(set(comes.values_list("arrangement", flat=True))):
            _stop_volunteer(passing, lock(key), everyone, by=by, at=at)


def _stop_all(passing: Passing, arrangement: Arrangement, *, by: Viewer, at: dt.datetime) -> None:
    visits = list(Visit.objects.filter(arrangement=arrangement).values_list("id", flat=True))
    pauses = list(Pause.objects.filter(arrangement=arrangement).values_list("id", flat=True))
    about = [Ref("arrangement", arrangement.id), *(Ref("visit", key) for key in visits)]
    todos = still_todos(refs=about, by=by, at=at)
    hushed = hush(about=[*about, *(Ref("arrangement_pause", key) for key in pauses)], at=at)
    note_stilled(passing.id, hushed=hushed, kind="todo", before={key: {} for key in todos})
    if arrangement.state not in LIVE:
        return
    count_past(arrangement, at=at, grace=dt.timedelta(0))
    _stop_visits(passing, arrangement, Q(), by=by, at=at)
    was = {"state": arrangement.state, "then": ArrangementState.STOPPED}
    note_stilled(passing.id, kind="arrangement", before={arrangement.id: was})
    arrangement.state, arrangement.ended_at, arrangement.end_reason = ArrangementState.STOPPED, at, EndReason.DEATH
    arrangement.version += 1
    arrangement.save(update_fields=["state", "ended_at", "end_reason", "version"])
    record("arrangements.stopped", Ref("arrangement", arrangement.id), by=by, at=at)


def _stop_visits(passing: Passing, arrangement: Arrangement, which: Q, *, by: Viewer, at: dt.datetime) -> None:
    rows = Visit.objects.select_for_update(of=("self",)).filter(which, arrangement=arrangement, state__in=WAITING)
    before: dict[uuid.UUID, dict[str, Any]] = {}
    for visit in rows.order_by("id"):
        if begins(visit.on, visit.at) > at:
            before[visit.id] = {"state": visit.state}
            let_go(visit, VisitState.STOPPED, by=by, at=at)
    note_stilled(passing.id, kind="visit", before=before)


def _stop_volunteer(
    passing: Passing, arrangement: Arrangement, everyone: list[uuid.UUID], *, by: Viewer, at: dt.datetime
) -> None:
    """Let a dead volunteer's dates go; whoever waits for them is rung, and someone else is found."""
    today = wall(at).date()
    holding = [t for t in terms_from(arrangement, today) if t.volunteer.person_id in everyone]
    if not holding:
        return
    count_past(arrangement, at=at, grace=dt.timedelta(0))
    _stop_visits(passing, arrangement, Q(term__in=holding), by=by, at=at)
    for term in holding:
        last = today - dt.timedelta(days=1)
        was = {"ends": term.ends.isoformat() if term.ends else "", "then": last.isoformat()}
        note_stilled(passing.id, kind="arrangement_term", before={term.id: was})
        term.ends = last
        term.save(update_fields=["ends"])
    was = {"state": arrangement.state, "then": ArrangementState.LOOKING}
    note_stilled(passing.id, kind="arrangement", before={arrangement.id: was})
    arrangement.state = ArrangementState.LOOKING
    arrangement.save(update_fields=["state"])
    away = still_todos(refs=[Ref("arrangement", arrangement.id)], by=by, at=at, reasons=("volunteer_away",))
    note_stilled(passing.id, kind="todo", before={key: {} for key in away})
    record("arrangements.volunteer_gone", Ref("arrangement", arrangement.id), by=by, at=at)
    put_on_desk(arrangement, "volunteer_gone", at=at)


def death_taken_back(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Let arrangements, terms and dates to come stand again as they were, unless somebody has changed them since."""
    if not by.is_system:
        raise NotYours
    stilled = stilled_by(passing.id, *OURS)
    back: set[uuid.UUID] = set()
    with transaction.atomic():
        for row in (s for s in stilled if s.ref_kind == "arrangement"):
            current = lock(row.ref_id)
            if current.state != row.before["then"]:
                put_on_desk(current, "not_back", at=at)
                continue
            current.state, current.ended_at, current.end_reason = row.before["state"], None, ""
            current.version += 1
            current.save(update_fields=["state", "ended_at", "end_reason", "version"])
            back |= {current.id, *_terms_back(current, stilled), *_visits_back(current, stilled, at=at)}
            ref = Ref("arrangement", current.id)
            close_todos(ref=ref, by=by, at=at, reasons=("volunteer_gone",))
            record("arrangements.stands_again", ref, by=by, at=at)
            fill(current, by=by, at=at)
        bring_back(passing.id, kinds=OURS, back=back)


def _terms_back(arrangement: Arrangement, stilled: list[Stilled]) -> set[uuid.UUID]:
    was = {s.ref_id: s.before for s in stilled if s.ref_kind == "arrangement_term"}
    back = set()
    for term in Term.objects.filter(arrangement=arrangement, id__in=was).order_by("id"):
        if term.ends and term.ends.isoformat() == was[term.id]["then"]:
            ends = was[term.id]["ends"]
            term.ends = dt.date.fromisoformat(ends) if ends else None
            term.save(update_fields=["ends"])
            back.add(term.id)
    return back


def _visits_back(arrangement: Arrangement, stilled: list[Stilled], *, at: dt.datetime) -> set[uuid.UUID]:
    """Let dates stand again, those to come as the pauses now say; the desk hears of those that went by meanwhile."""
    was = {s.ref_id: s.before["state"] for s in stilled if s.ref_kind == "visit"}
    rows = Visit.objects.select_for_update(of=("self",)).filter(
        arrangement=arrangement, id__in=was, state=VisitState.STOPPED
    )
    pauses = list(Pause.objects.filter(arrangement=arrangement, lifted_at=None).order_by("starts", "id"))
    back, missed = set(), False
    for visit in rows.select_related("term__volunteer").order_by("id"):
        pause, has_been = pause_on(pauses, visit.on), begins(visit.on, visit.at) <= at
        if has_been and (pause is None or was[visit.id] == VisitState.PLANNED):
            missed = missed or was[visit.id] == VisitState.PLANNED
            continue
        if pause is None and was[visit.id] == VisitState.PLANNED:
            visit.state, visit.pause = VisitState.PLANNED, None
            visit.save(update_fields=["state", "pause"])
            promise(visit, visit.term)
        else:
            settle(visit, arrangement, visit.term, pause)
        back.add(visit.id)
    if missed:
        put_on_desk(arrangement, "not_back", at=at)
    return back


def person_away(*, away: Away, by: Viewer, at: dt.datetime) -> None:
    """Hold the dates while somebody is away, without a word: those who visit are rung by a person (help_requests)."""
    if not by.is_system:
        raise NotYours
    everyone = everyone_of(away.person_id)
    who = Q(recipient__in=everyone) | Q(terms__in=Term.objects.filter(volunteer__person__in=everyone))
    with transaction.atomic():
        for key in sorted(set(Arrangement.objects.filter(who, state__in=LIVE).values_list("id", flat=True))):
            current = lock(key)
            count_past(current, at=at, grace=GRACE)
            comes = any(t.volunteer.person_id in everyone for t in terms_from(current, away.starts))
            if current.recipient_id not in everyone and not comes:
                continue
            follow(current, PauseKind.AWAY, away.id, away.starts, away.ends, by=by, at=at)
            if current.recipient_id not in everyone:
                put_on_desk(current, "volunteer_away", at=at)


def person_back(*, away: Away, by: Viewer, at: dt.datetime) -> None:
    """Let the dates stand again that were held, those to come."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        for row in Pause.objects.filter(source_id=away.id, lifted_at=None).order_by("arrangement_id", "id"):
            unfollow(lock(row.arrangement_id), row, by=by, at=at)


def visitor_said(*, call: PersonalCall, by: Viewer, at: dt.datetime) -> None:
    """Let the dates stand for a visitor who goes on visiting where the person is now."""
    if not by.is_system:
        raise NotYours
    if not (call.goes_on and call.away_id and call.volunteer):
        return
    with transaction.atomic():
        for row in Pause.objects.filter(source_id=call.away_id, lifted_at=None).order_by("arrangement_id", "id"):
            current = lock(row.arrangement_id)
            if any(t.volunteer.person_id == call.volunteer.person_id for t in terms_from(current, wall(at).date())):
                unfollow(current, row, by=by, at=at)
