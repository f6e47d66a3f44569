"""When somebody is away for a while: what is open is held, not lost; a person asks those who visit (R113)."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for, queue
from samtun.operation.help_requests.actions.agreeing import end_match, free_companion, hold, lock
from samtun.operation.help_requests.actions.asking import let_off
from samtun.operation.help_requests.actions.assessing import put_on_desk, seek
from samtun.operation.help_requests.actions.calling import put_call_on_desk
from samtun.operation.help_requests.actions.entering import settle_entry
from samtun.operation.help_requests.enums import (
    LIVE_MATCH,
    OPEN_STATES,
    WAITING_ASKS,
    AskState,
    CallKind,
    MatchState,
    RequestState,
)
from samtun.operation.help_requests.events import VisitorSaid
from samtun.operation.help_requests.models import Ask, HelpRequest, Match, PersonalCall
from samtun.operation.help_requests.notices import NotNeeded
from samtun.operation.help_requests.queries import ends_at, visitors_of
from samtun.operation.help_requests.rules import may_ring
from samtun.people.persons.models import Away
from samtun.people.persons.queries import everyone_of
from samtun.work.todos.actions import close_todos, open_todo

ASK_AGAIN = dt.timedelta(days=28)
MORNING = dt.time(8)


def person_away(*, away: Away, by: Viewer, at: dt.datetime) -> None:
    """Hold what is open while a person is away, whoever owns it, and let go what no longer falls within the days."""
    if not by.is_system:
        raise NotYours
    everyone = everyone_of(away.person_id)
    within = Q(on__gte=away.starts) & (Q(on__lte=away.ends) if away.ends else Q())
    with transaction.atomic():
        for request in HelpRequest.objects.filter(held_for=away).exclude(within).order_by("id"):
            _release(request, by=by, at=at)
        rows = HelpRequest.objects.filter(within, recipient__in=everyone, state__in=OPEN_STATES, held_for=None)
        for request in rows.order_by("id"):
            _hold(lock(request), away, by=by, at=at)
        agreed = Match.objects.filter(volunteer__person__in=everyone, state=MatchState.AGREED)
        for request in HelpRequest.objects.filter(within, matches__in=agreed).order_by("id"):
            put_on_desk(lock(request), "volunteer_away", at=at)
        for visitor in visitors_of(everyone, on=wall(at).date()):
            call, fresh = PersonalCall.objects.get_or_create(
                away=away, volunteer_id=visitor.volunteer, kind=CallKind.GO_ON,
                defaults={"owner_id": visitor.owner, "about_id": away.person_id, "made_at": at},
            )  # fmt: skip
            if fresh:
                put_call_on_desk(call, "ring_go_on", away.person.initials, at=at)
        remind = at_wall(away.ends, MORNING) if away.ends else at + ASK_AGAIN
        close_todos(ref=Ref("away", away.id), by=by, at=at)
        defer("help_requests.away_ends", away_id=away.id, schedule_in=max(int((remind - at).total_seconds()), 60))


def _hold(request: HelpRequest, away: Away, *, by: Viewer, at: dt.datetime) -> None:
    """Hold one. What is agreed stands until the visitor has been rung; names not yet agreed are taken back kindly."""
    request.held_for = away
    if request.state != RequestState.AGREED:
        for match in Match.objects.filter(request=request, state__in=LIVE_MATCH).select_related("volunteer"):
            end_match(match, MatchState.CANCELLED, at=at)
            cancel_for(ref_kind="match", ref_id=match.id, by=by, at=at)
            queue(
                notice=NotNeeded, ref_kind="match", ref_id=match.id, to=match.volunteer.person_id,
                owner=request.owner_id, by=by, at=at,
            )  # fmt: skip
        asks = Ask.objects.select_for_update(of=("self",)).filter(request=request, state__in=WAITING_ASKS)
        for ask in asks.select_related("volunteer").order_by("id"):
            let_off(request, ask, AskState.WITHDRAWN, by=by, at=at)
        hold(request)
        close_todos(ref=Ref("help_request", request.id), by=by, at=at)
    else:
        request.version += 1
        request.save(update_fields=["held_for", "version"])
    record("help_requests.held", Ref("help_request", request.id), by=by, at=at)


def note_go_on(*, call: PersonalCall, goes_on: bool, by: Viewer, at: dt.datetime) -> PersonalCall:
    """Note what the visitor said: goes on where the person is now, or waits until they are back."""
    if not may_ring(by, call) or call.away is None or call.volunteer is None:
        raise NotYours
    with transaction.atomic():
        row = PersonalCall.objects.select_for_update(of=("self",)).get(id=call.id)
        row.rung_at, row.rung_by, row.goes_on = row.rung_at or at, row.rung_by or by.name[:160], goes_on
        row.save(update_fields=["rung_at", "rung_by", "goes_on"])
        close_todos(ref=Ref("personal_call", row.id), by=by, at=at)
        record("help_requests.rung", Ref("personal_call", row.id), by=by, at=at)
        matches = Match.objects.filter(
            request__held_for=call.away, volunteer__person=call.volunteer.person_id, state=MatchState.AGREED
        )
        for match in matches.select_related("request").order_by("id"):
            request = lock(match.request)
            if goes_on:
                request.held_for, request.version = None, request.version + 1
                request.save(update_fields=["held_for", "version"])
                continue
            end_match(match, MatchState.CANCELLED, at=at)
            cancel_for(ref_kind="match", ref_id=match.id, by=by, at=at)
            free_companion(match, owner=request.owner_id, by=by, at=at)
            hold(request)
            close_todos(ref=Ref("help_request", request.id), by=by, at=at)
        publish(VisitorSaid(call_id=row.id), at=at)
    return row


def person_back(*, away: Away, by: Viewer, at: dt.datetime) -> None:
    """Let what was held go on where it was; nobody needs to be rung about it any more."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        for request in HelpRequest.objects.filter(held_for=away).order_by("id"):
            _release(request, by=by, at=at)
        for call in PersonalCall.objects.filter(away=away, rung_at=None, withdrawn_at=None).order_by("id"):
            call.withdrawn_at = at
            call.save(update_fields=["withdrawn_at"])
            close_todos(ref=Ref("personal_call", call.id), by=by, at=at)
        close_todos(ref=Ref("away", away.id), by=by, at=at)


def _release(request: HelpRequest, *, by: Viewer, at: dt.datetime) -> None:
    current = lock(request)
    held = current.state == RequestState.HELD
    current.state = RequestState(current.held_from) if held else current.state
    current.held_for, current.held_from, current.version = None, "", current.version + 1
    current.save(update_fields=["held_for", "held_from", "state", "version"])
    if not held:
        return
    record("help_requests.stands_again", Ref("help_request", current.id), by=by, at=at)
    if ends_at(current) <= at:
        put_on_desk(current, "held_over", at=at)
    elif current.state == RequestState.LOOKING:
        seek(current, at=at)
    elif current.state == RequestState.NEW:
        settle_entry(request=current, passes_cleared=False, by=by, at=at)
    else:
        put_on_desk(current, "waits_for_consent" if current.asked_by else "waits_for_proof", at=at)


def away_ends(*, away: Away, by: Viewer, at: dt.datetime) -> bool:
    """Put on the desk to ask whether they are back; False when there is nothing to ask yet, or any more."""
    today = wall(at).date()
    if away.ended_at or away.person.is_dead or (away.ends and away.ends > today) or not away.owners:
        return False
    open_todo(
        ref=Ref("away", away.id), reason="pause_ends", about=away.person.initials, owner=away.owners[0], at=at,
        audience=Permission.HANDLE_REQUESTS, due=at_wall(away.ends or today, dt.time(12)),
    )  # fmt: skip
    return True
