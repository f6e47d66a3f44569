"""When somebody dies: all that was asked, agreed and due about them stops; those who were close are rung (R113).

Nobody is written to. Everything that is stopped is noted, so that a mistake can be undone (people/persons).
"""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext

from samtun.foundation.audit import record
from samtun.foundation.models import Municipality
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import hush
from samtun.operation.help_requests.actions.agreeing import end_match, lock
from samtun.operation.help_requests.actions.assessing import put_on_desk
from samtun.operation.help_requests.actions.calling import put_call_on_desk
from samtun.operation.help_requests.enums import (
    LIVE_MATCH,
    OPEN_STATES,
    SEEKING,
    WAITING_ASKS,
    AskState,
    CallKind,
    MatchState,
    RequestState,
)
from samtun.operation.help_requests.models import Ask, FollowUp, HelpRequest, Match, PersonalCall
from samtun.operation.help_requests.queries import askers_of, ends_at, visitors_of
from samtun.operation.volunteers.actions import drop_engagement
from samtun.operation.volunteers.models import Volunteer
from samtun.people.persons.actions import note_stilled
from samtun.people.persons.models import Passing
from samtun.people.persons.queries import away_of, everyone_of
from samtun.work.todos.actions import still_todos


def person_died(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Stop all that is about a dead person, whoever owns it, and put on the desks whom to ring."""
    if not by.is_system:
        raise NotYours
    everyone = everyone_of(passing.person_id)
    with transaction.atomic():
        _ask_no_visitor(passing, everyone, by=by, at=at)
        _ring(passing, everyone, at=at)
        for request in HelpRequest.objects.filter(recipient__in=everyone).order_by("id"):
            _stop_request(passing, request, by=by, at=at)
        _end_talks(passing, everyone, by=by, at=at)
        volunteers = list(Volunteer.objects.filter(person__in=everyone).values_list("id", flat=True))
        if volunteers:
            _stop_volunteer(passing, volunteers, by=by, at=at)


def _ask_no_visitor(passing: Passing, everyone: list[uuid.UUID], *, by: Viewer, at: dt.datetime) -> None:
    """Take off the desks what was due because the person was away."""
    calls = PersonalCall.objects.filter(about__in=everyone, away__isnull=False, withdrawn_at=None)
    refs = [Ref("personal_call", key) for key in calls.values_list("id", flat=True)]
    refs += [Ref("away", key) for key in calls.values_list("away", flat=True).distinct()]
    if away := away_of(passing.person_id):
        refs.append(Ref("away", away.id))
    closed = still_todos(refs=refs, by=by, at=at)
    note_stilled(passing.id, kind="todo", before={key: {} for key in closed})


def _end_talks(passing: Passing, everyone: list[uuid.UUID], *, by: Viewer, at: dt.datetime) -> None:
    """End the talks that were planned with either of two of whom one is dead."""
    either = Q(recipient__in=everyone) | Q(volunteer__person__in=everyone)
    planned = FollowUp.objects.filter(either, held_at=None, ended_at=None)
    keys = list(planned.order_by("id").values_list("id", flat=True))
    FollowUp.objects.filter(id__in=keys).update(ended_at=at)
    closed = still_todos(refs=[Ref("follow_up", key) for key in keys], by=by, at=at)
    note_stilled(passing.id, kind="follow_up", before={key: {} for key in keys})
    note_stilled(passing.id, kind="todo", before={key: {} for key in closed})


def _ring(passing: Passing, everyone: list[uuid.UUID], *, at: dt.datetime) -> None:
    """Put a call on the desk for each who visited and each who asked, before anything is stopped."""
    initials = passing.person.initials
    for visitor in visitors_of(everyone, on=wall(at).date()):
        row = PersonalCall.objects.create(
            kind=CallKind.VISITOR, owner_id=visitor.owner, about_id=passing.person_id, passing=passing,
            volunteer_id=visitor.volunteer, rings=_rings(passing, visitor.owner), made_at=at,
        )  # fmt: skip
        put_call_on_desk(row, "ring_visitor", initials, at=at)
    for asker in askers_of(everyone, on=wall(at).date()):
        row = PersonalCall.objects.create(
            kind=CallKind.ASKER, owner_id=asker.owner, about_id=passing.person_id, passing=passing, name=asker.name,
            phone=asker.phone, rings=_rings(passing, asker.owner), made_at=at,
        )  # fmt: skip
        put_call_on_desk(row, "ring_asker", initials, at=at)


def _rings(passing: Passing, owner: uuid.UUID) -> str:
    return passing.rings if str(owner) in passing.owners else ""


def _stop_request(passing: Passing, request: HelpRequest, *, by: Viewer, at: dt.datetime) -> None:
    current = lock(request)
    asks = list(Ask.objects.select_for_update(of=("self",)).filter(request=current).order_by("id"))
    matches = list(Match.objects.select_for_update(of=("self",)).filter(request=current).order_by("id"))
    _hush(passing, current, asks, matches, by=by, at=at)
    if current.state not in OPEN_STATES:
        return
    _withdraw(passing, [a for a in asks if a.state in WAITING_ASKS])
    live = [m for m in matches if m.state in LIVE_MATCH]
    note_stilled(passing.id, kind="match", before={m.id: _match_before(m, MatchState.CANCELLED) for m in live})
    for match in live:
        match.state, match.ended_at = MatchState.CANCELLED, at
        match.save(update_fields=["state", "ended_at"])
        drop_engagement(ref=Ref("match", match.id))
    note_stilled(
        passing.id, kind="help_request", before={current.id: {"state": current.state, "then": RequestState.CANCELLED}}
    )
    current.state, current.closed_at, current.close_reason = RequestState.CANCELLED, at, _reason()
    current.version += 1
    current.save(update_fields=["state", "closed_at", "close_reason", "version"])
    record("help_requests.stopped", Ref("help_request", current.id), by=by, at=at)


def _reason() -> str:
    language = Municipality.objects.values_list("language", flat=True).get(id=current_tenant())
    with translation.override(language):
        return gettext("The person has died.")


def _hush(
    passing: Passing, request: HelpRequest, asks: list[Ask], matches: list[Match], *, by: Viewer, at: dt.datetime
) -> None:
    """Stop messages to anyone about a request, and take it off the desk."""
    ref = Ref("help_request", request.id)
    about = [ref, *(Ref("ask", a.id) for a in asks), *(Ref("match", m.id) for m in matches)]
    todos = still_todos(refs=[ref], by=by, at=at)
    note_stilled(passing.id, hushed=hush(about=about, at=at), kind="todo", before={key: {} for key in todos})


def _withdraw(passing: Passing, asks: Iterable[Ask]) -> None:
    before = {}
    for ask in asks:
        before[ask.id] = {"state": ask.state, "then": AskState.WITHDRAWN}
        ask.state = AskState.WITHDRAWN
        ask.save(update_fields=["state"])
    note_stilled(passing.id, kind="ask", before=before)


def _match_before(match: Match, then: str) -> dict[str, str]:
    ask = Ask.objects.filter(id=match.ask_id).values_list("state", flat=True).first() if match.ask_id else ""
    return {"state": match.state, "then": then, "ask": ask or ""}


def _stop_volunteer(passing: Passing, volunteers: list[uuid.UUID], *, by: Viewer, at: dt.datetime) -> None:
    """Ask a dead volunteer nothing more; whoever waits for them is rung, and someone else is found."""
    matches = Match.objects.filter(volunteer__in=volunteers)
    asks = Ask.objects.filter(volunteer__in=volunteers)
    about = [Ref("match", key) for key in matches.values_list("id", flat=True)]
    about += [Ref("ask", key) for key in asks.values_list("id", flat=True)]
    note_stilled(passing.id, hushed=hush(about=about, at=at))
    for match in matches.filter(state__in=LIVE_MATCH).select_related("request").order_by("id"):
        request = lock(match.request)
        current = Match.objects.select_for_update(of=("self",)).get(id=match.id)
        if current.state not in LIVE_MATCH:
            continue
        note_stilled(passing.id, kind="match", before={current.id: _match_before(current, MatchState.DROPPED_OUT)})
        end_match(current, MatchState.DROPPED_OUT, at=at)
        drop_engagement(ref=Ref("match", current.id))
        _seek_another(passing, request, by=by, at=at)
    for ask in (
        asks.filter(state__in=WAITING_ASKS, request__state__in=OPEN_STATES).select_related("request").order_by("id")
    ):
        request = lock(ask.request)
        taken = Ask.objects.select_for_update(of=("self",)).filter(id=ask.id, state__in=WAITING_ASKS)
        _withdraw(passing, taken)
        if request.state in SEEKING:
            _look_on(passing, request, by=by, at=at)


def _seek_another(passing: Passing, request: HelpRequest, *, by: Viewer, at: dt.datetime) -> None:
    then = RequestState.LOOKING
    note_stilled(passing.id, kind="help_request", before={request.id: {"state": request.state, "then": then}})
    request.state, request.version = then, request.version + 1
    request.save(update_fields=["state", "version"])
    record("help_requests.cannot_come", Ref("help_request", request.id), by=by, at=at, via="desk")
    put_on_desk(request, "volunteer_gone" if ends_at(request) > at else "time_has_passed", at=at)


def _look_on(passing: Passing, request: HelpRequest, *, by: Viewer, at: dt.datetime) -> None:
    """See who is left among those asked; when nobody is, the desk hears of it."""
    left = Ask.objects.filter(request=request, state__in=[AskState.SENT, AskState.YES])
    ref = Ref("help_request", request.id)
    if not left.filter(state=AskState.YES).exists():
        closed = still_todos(refs=[ref], reasons=("pick_one",), by=by, at=at)
        note_stilled(passing.id, kind="todo", before={key: {} for key in closed})
    record("help_requests.taken_back", ref, by=by, at=at)
    if request.state == RequestState.ASKED and not left.exists():
        then = RequestState.LOOKING
        note_stilled(passing.id, kind="help_request", before={request.id: {"state": request.state, "then": then}})
        request.state = then
        request.save(update_fields=["state"])
        put_on_desk(request, "nobody_can", at=at)
