"""When a death was noted by mistake: what was stopped stands again as it was, where its time has not passed."""

import datetime as dt
import uuid
from collections import defaultdict

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import at_wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.operation.help_requests.actions.agreeing import GRACE, REMIND_AT, hold_companions_day, lock
from samtun.operation.help_requests.actions.asking import lapse_ask
from samtun.operation.help_requests.actions.assessing import put_on_desk
from samtun.operation.help_requests.actions.calling import put_call_on_desk
from samtun.operation.help_requests.actions.following import follow_up_due
from samtun.operation.help_requests.enums import LIVE_MATCH, SEEKING, AskState, MatchState, RequestState
from samtun.operation.help_requests.models import Ask, FollowUp, HelpRequest, Match, PersonalCall
from samtun.operation.help_requests.queries import ends_at, request_behind
from samtun.people.persons.actions import bring_back
from samtun.people.persons.models import Passing, Stilled
from samtun.people.persons.queries import stilled_by
from samtun.work.todos.actions import close_todos, reopen_todos

OURS = ("help_request", "match", "ask")


def death_taken_back(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Let requests, asks and matches stand again unless somebody has changed them since; tell the desks the rest."""
    if not by.is_system:
        raise NotYours
    stilled = stilled_by(passing.id, *OURS)
    back: set[uuid.UUID] = set()
    with transaction.atomic():
        for request_id, rows in _by_request(stilled).items():
            stands = _restore(passing, request_id, rows, by=by, at=at)
            back |= stands
            if any(row.ref_id not in stands and _is_missed(row) for row in rows):
                put_on_desk(lock(HelpRequest.objects.get(id=request_id)), "not_back", at=at)
        bring_back(passing.id, kinds=OURS, back=back)
        _call_off_calls(passing, by=by, at=at)


def all_stands_again(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Plan talks and open to-dos again when every room has brought back its own: a talk looks at who still meet."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        _plan_talks_again(passing, by=by, at=at)
        opened = reopen_todos(todos=[s.ref_id for s in stilled_by(passing.id, "todo")])
        bring_back(passing.id, kinds=("todo",), back=opened)
        _tell_what_was_not_sent(passing, at=at)


def _is_missed(row: Stilled) -> bool:
    """Tell whether somebody counted on it: one who was asked and had not answered counted on nothing."""
    return row.ref_kind != "ask" or row.before["state"] == AskState.YES


def _by_request(stilled: list[Stilled]) -> dict[uuid.UUID, list[Stilled]]:
    found: dict[uuid.UUID, list[Stilled]] = defaultdict(list)
    matches = dict(Match.objects.filter(id__in=_keys(stilled, "match")).values_list("id", "request"))
    asks = dict(Ask.objects.filter(id__in=_keys(stilled, "ask")).values_list("id", "request"))
    for row in stilled:
        found[{"match": matches, "ask": asks}.get(row.ref_kind, {}).get(row.ref_id, row.ref_id)].append(row)
    return found


def _keys(stilled: list[Stilled], kind: str) -> list[uuid.UUID]:
    return [s.ref_id for s in stilled if s.ref_kind == kind]


def _restore(
    passing: Passing, request_id: uuid.UUID, rows: list[Stilled], *, by: Viewer, at: dt.datetime
) -> set[uuid.UUID]:
    request = lock(HelpRequest.objects.get(id=request_id))
    own = [r for r in rows if r.ref_kind == "help_request"]
    untouched = request.state == own[-1].before["then"] if own else request.state in SEEKING
    if not untouched or Match.objects.filter(request=request, state__in=LIVE_MATCH).exists():
        return set()
    back = {key for row in rows if row.ref_kind != "help_request" and (key := _put_back(row))}
    if own:
        request.state, request.closed_at, request.close_reason = own[0].before["state"], None, ""
        request.version += 1
        request.save(update_fields=["state", "closed_at", "close_reason", "version"])
        back.add(request.id)
    ref = Ref("help_request", request.id)
    close_todos(ref=ref, by=by, at=at, reasons=("volunteer_gone", "nobody_can", "time_has_passed"))
    record("help_requests.stands_again", ref, by=by, at=at)
    _catch_up(passing, request, by=by, at=at)
    return back


def _put_back(row: Stilled) -> uuid.UUID | None:
    model = Match if row.ref_kind == "match" else Ask
    kept = model.objects.select_for_update(of=("self",)).get(id=row.ref_id)
    if kept.state != row.before["then"]:
        return None
    kept.state = row.before["state"]
    if isinstance(kept, Match):
        kept.ended_at = None
        kept.save(update_fields=["state", "ended_at"])
        if kept.state == MatchState.AGREED:
            hold_companions_day(kept, kept.request)
        if row.before["then"] == MatchState.DROPPED_OUT and kept.ask_id:
            Ask.objects.filter(id=kept.ask_id).update(state=row.before["ask"])
    else:
        kept.save(update_fields=["state"])
    return kept.id


def _catch_up(passing: Passing, request: HelpRequest, *, by: Viewer, at: dt.datetime) -> None:
    """Do what clocks would have done meanwhile: their jobs found nothing to do."""
    if request.state in SEEKING:
        lapse_ask(request=request, by=by, at=at)
    if request.state != RequestState.AGREED:
        return
    reminder = at_wall(request.on - dt.timedelta(days=1), REMIND_AT)
    if ends_at(request) + GRACE <= at:
        put_on_desk(request, "time_has_passed", at=at)
    elif passing.known_at <= reminder <= at:
        put_on_desk(request, "not_sent", at=at)


def _plan_talks_again(passing: Passing, *, by: Viewer, at: dt.datetime) -> None:
    rows = FollowUp.objects.filter(id__in=_keys(stilled_by(passing.id, "follow_up"), "follow_up"), held_at=None)
    for row in rows.order_by("id"):
        row.ended_at = None
        row.save(update_fields=["ended_at"])
        follow_up_due(follow_up=row, by=by, at=at)


def _tell_what_was_not_sent(passing: Passing, *, at: dt.datetime) -> None:
    late = [s for s in stilled_by(passing.id, "message") if s.came_back is False and s.before["state"] == "pending"]
    for request in {r.id: r for s in late if (r := request_behind(s.ref_id))}.values():
        put_on_desk(request, "not_sent", at=at)


def _call_off_calls(passing: Passing, *, by: Viewer, at: dt.datetime) -> None:
    """Nobody needs to be rung now, except those who have been told already."""
    for call in PersonalCall.objects.filter(passing=passing, withdrawn_at=None).select_related("about").order_by("id"):
        close_todos(ref=Ref("personal_call", call.id), by=by, at=at)
        if call.rung_at:
            put_call_on_desk(call, "rung_by_mistake", call.about.initials, at=at)
        else:
            call.withdrawn_at = at
            call.save(update_fields=["withdrawn_at"])
