"""When what a request rests on goes: a volunteer, an owner, a consent. Each may run twice and gives the same."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for, queue
from samtun.operation.help_requests.actions.agreeing import cannot_come, end_match, free_companion, lock
from samtun.operation.help_requests.actions.asking import let_off, look_on
from samtun.operation.help_requests.actions.assessing import put_on_desk
from samtun.operation.help_requests.actions.finishing import cancel
from samtun.operation.help_requests.enums import LIVE_MATCH, OPEN_STATES, SEEKING, AskState, MatchState, RequestState
from samtun.operation.help_requests.models import Ask, HelpRequest, Match
from samtun.operation.help_requests.notices import CancelledRecipient, CancelledVolunteer, NobodyFound, NotNeeded
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.queries import speaks_for
from samtun.work.todos.actions import close_todos

WAITING = (AskState.SENT, AskState.SILENT, AskState.YES)


def volunteer_left(*, volunteer: Volunteer, by: Viewer, at: dt.datetime) -> None:
    """Look for someone else where a volunteer who left had said yes, and take back what they were asked.

    They are told only when it was their host that left: otherwise it was their own act. Requests of an owner that has
    left are not looked at here: `owner_left` cancels them, and tells everyone.
    """
    if not by.is_system:
        raise NotYours
    matches = Match.objects.filter(volunteer=volunteer, state__in=LIVE_MATCH, request__owner__left_on=None)
    with transaction.atomic():
        for match in matches.select_related("request", "volunteer").order_by("id"):
            ended = cannot_come(match=match, via="left", by=by, at=at)
            if volunteer.host.left_on:
                queue(
                    notice=NotNeeded, ref_kind="match", ref_id=ended.id, to=volunteer.person_id,
                    owner=ended.request.owner_id, by=by, at=at,
                )  # fmt: skip
        asks = Ask.objects.filter(volunteer=volunteer, state__in=WAITING, request__state__in=SEEKING)
        for ask in asks.filter(request__owner__left_on=None).select_related("request").order_by("id"):
            _take_back(ask, tell=volunteer.host.left_on is not None, by=by, at=at)


def _take_back(ask: Ask, *, tell: bool, by: Viewer, at: dt.datetime) -> None:
    request = lock(ask.request)
    current = Ask.objects.select_for_update(of=("self",)).select_related("volunteer").get(id=ask.id)
    if current.state not in WAITING or request.state not in SEEKING:
        return
    if tell:
        let_off(request, current, AskState.WITHDRAWN, by=by, at=at)
    else:
        cancel_for(ref_kind="ask", ref_id=current.id, by=by, at=at)
        current.state = AskState.WITHDRAWN
        current.save(update_fields=["state"])
    ref = Ref("help_request", request.id)
    record("help_requests.taken_back", ref, by=by, at=at)
    if not Ask.objects.filter(request=request, state=AskState.YES).exists():
        close_todos(ref=ref, by=by, at=at, reasons=("pick_one",))
    look_on(request, by=by, at=at)


def owner_left(*, owner: Owner, by: Viewer, at: dt.datetime) -> int:
    """Cancel all that an owner that has left still had open, and tell those who wait; return how many.

    One who only waited hears that nobody was found; one who never said yes to being asked for hears nothing.
    """
    if not by.is_system or owner.left_on is None:
        raise NotYours
    number = 0
    with transaction.atomic():
        rows = HelpRequest.objects.select_for_update(of=("self",)).filter(owner=owner, state__in=OPEN_STATES)
        for request in rows.order_by("id"):
            waited = request.state in {RequestState.NEW, *SEEKING}
            cancel(request=request, reason="", by=by, at=at)
            number += 1
            if waited:
                queue(
                    notice=NobodyFound, ref_kind="help_request", ref_id=request.id, to=request.recipient_id,
                    owner=speaks_for(owner), by=by, at=at,
                )  # fmt: skip
    return number


def consent_withdrawn(*, consent_id: uuid.UUID, by: Viewer, at: dt.datetime) -> int:
    """Stop what rests on a yes that has been taken back: it waits for a new one (R76); return how many requests.

    Asks are taken back with thanks, what was agreed is cancelled and both are told, and the desk is asked to ring.
    """
    if not by.is_system:
        raise NotYours
    number = 0
    with transaction.atomic():
        for request in HelpRequest.objects.filter(consent=consent_id, state__in=OPEN_STATES).order_by("id"):
            current = lock(request)
            if current.consent_id != consent_id or current.state not in OPEN_STATES:
                continue
            _stop(current, by=by, at=at)
            number += 1
    return number


def _stop(request: HelpRequest, *, by: Viewer, at: dt.datetime) -> None:
    matches = Match.objects.select_for_update(of=("self",)).filter(request=request, state__in=LIVE_MATCH)
    for match in matches.select_related("volunteer"):
        agreed = match.state == MatchState.AGREED
        end_match(match, MatchState.CANCELLED, at=at)
        cancel_for(ref_kind="match", ref_id=match.id, by=by, at=at)
        free_companion(match, owner=request.owner_id, by=by, at=at)
        queue(
            notice=CancelledVolunteer if agreed else NotNeeded, ref_kind="match", ref_id=match.id,
            to=match.volunteer.person_id, owner=request.owner_id, by=by, at=at,
        )  # fmt: skip
        if agreed:
            queue(
                notice=CancelledRecipient, ref_kind="match", ref_id=match.id, to=request.recipient_id,
                owner=request.owner_id, by=by, at=at,
            )  # fmt: skip
    asks = Ask.objects.select_for_update(of=("self",)).filter(request=request, state__in=WAITING)
    for ask in asks.select_related("volunteer").order_by("id"):
        let_off(request, ask, AskState.WITHDRAWN, by=by, at=at)
    ref = Ref("help_request", request.id)
    close_todos(ref=ref, by=by, at=at)
    request.state, request.consent, request.version = RequestState.UNPROVEN, None, request.version + 1
    request.save(update_fields=["state", "consent", "version"])
    record("help_requests.consent_withdrawn", ref, by=by, at=at)
    put_on_desk(request, "waits_for_consent", at=at)
