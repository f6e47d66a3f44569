"""The recipient hears the name and says yes; then the two know of each other."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for, queue
from samtun.operation.help_requests.actions.assessing import seek
from samtun.operation.help_requests.actions.telling import tell_asker
from samtun.operation.help_requests.enums import AskState, MatchState, RequestState
from samtun.operation.help_requests.events import HelpAgreed
from samtun.operation.help_requests.models import Ask, HelpRequest, Match
from samtun.operation.help_requests.notices import (
    AgreedRecipient,
    AgreedVolunteer,
    CannotCome,
    CompanionComes,
    CompanionFree,
    NotNeeded,
    ProposeLasting,
    ProposeToRecipient,
)
from samtun.operation.help_requests.queries import ends_at, starts_at
from samtun.operation.help_requests.rules import may_answer, may_handle
from samtun.operation.mentoring.queries import companion_of
from samtun.operation.referrals.actions import tell_what_became
from samtun.operation.referrals.enums import Became
from samtun.operation.volunteers.actions import drop_engagement, note_engagement
from samtun.people.preferences.queries import chooses_for_me
from samtun.work.todos.actions import close_todos

REMIND_AT = dt.time(17)
GRACE = dt.timedelta(hours=3)


class NotProposed(Refused):
    """There is no name waiting for an answer here now. Look at what stands."""


class NotAgreed(Refused):
    """This is not agreed any more. Look at what stands."""


def lock(request: HelpRequest) -> HelpRequest:
    """Return the request's row, locked: every change of its state goes through here."""
    return (
        HelpRequest.objects.select_for_update(of=("self",))
        .select_related("task_type", "recipient", "village", "owner")
        .get(id=request.id)
    )


def propose(*, request: HelpRequest, ask: Ask, by: Viewer, at: dt.datetime) -> Match:
    """Put a volunteer's name to the recipient, unless they have said once for all "choose for me" (R31)."""
    match = Match.objects.create(
        request=request, volunteer=ask.volunteer, ask=ask, state=MatchState.PROPOSED, proposed_at=at,
        companion_id=companion_of(ask.volunteer_id, on=request.on) if request.every_weeks is None else None,
    )  # fmt: skip
    request.state, request.version = RequestState.PROPOSED, request.version + 1
    request.save(update_fields=["state", "version"])
    close_todos(
        ref=Ref("help_request", request.id), by=by, at=at,
        reasons=("find_someone", "nobody_answered", "nobody_can", "pick_one", "dropped_out"),
    )  # fmt: skip
    record("help_requests.propose", Ref("help_request", request.id), by=by, at=at)
    if chooses_for_me(request.recipient_id):
        agree(match=match, request=request, via="for_me", by=by, at=at)
    else:
        queue(
            notice=ProposeLasting if request.every_weeks else ProposeToRecipient, ref_kind="match",
            ref_id=match.id, to=request.recipient_id, owner=request.owner_id, by=by, at=at,
            question_ends=starts_at(request),
        )  # fmt: skip
    return match


def answer_proposal(*, match: Match, yes: bool, via: str, by: Viewer, at: dt.datetime) -> Match:
    """Take the recipient's answer to the name. A no needs no reason; the volunteer is thanked and told nothing."""
    with transaction.atomic():
        request = lock(match.request)
        current = Match.objects.select_for_update(of=("self",)).select_related("volunteer").get(id=match.id)
        if not may_answer(by, request, request.recipient_id):
            raise NotYours
        if current.state != MatchState.PROPOSED:
            raise NotProposed
        cancel_for(ref_kind="match", ref_id=current.id, by=by, at=at)
        if yes:
            agree(match=current, request=request, via=via, by=by, at=at)
        else:
            end_match(current, MatchState.OTHER_WISHED, at=at)
            record("help_requests.other_wished", Ref("help_request", request.id), by=by, at=at, via=via)
            queue(
                notice=NotNeeded, ref_kind="match", ref_id=current.id, to=current.volunteer.person_id,
                owner=request.owner_id, by=by, at=at,
            )  # fmt: skip
            _look_again(request, at=at, reason="find_someone")
    return current


def agree(*, match: Match, request: HelpRequest, via: str, by: Viewer, at: dt.datetime) -> None:
    """Settle it: now name and address go out, the day before comes a reminder, and time itself closes it.

    What lasts is settled here too, and goes on in `operation/arrangements`: no message from here.
    """
    if request.every_weeks is not None:
        _let_it_last(match, request, via=via, by=by, at=at)
        return
    match.state, match.agreed_at = MatchState.AGREED, at
    match.save(update_fields=["state", "agreed_at"])
    request.state, request.version = RequestState.AGREED, request.version + 1
    request.save(update_fields=["state", "version"])
    record("help_requests.agree", Ref("help_request", request.id), by=by, at=at, via=via)
    queue(
        notice=AgreedVolunteer, ref_kind="match", ref_id=match.id, to=match.volunteer.person_id,
        owner=request.owner_id, by=by, at=at, question_ends=ends_at(request),
    )  # fmt: skip
    bring_companion(match, request, by=by, at=at)
    if via != "call":
        queue(
            notice=AgreedRecipient, ref_kind="match", ref_id=match.id, to=request.recipient_id,
            owner=request.owner_id, by=by, at=at,
        )  # fmt: skip
    tell_asker(request, RequestState.AGREED, by=by, at=at)
    publish(HelpAgreed(match_id=match.id, via=via), at=at)
    reminder = at_wall(request.on - dt.timedelta(days=1), REMIND_AT)
    if reminder > at + dt.timedelta(hours=2):
        defer("help_requests.remind", match_id=match.id, schedule_in=int((reminder - at).total_seconds()))
    closing = max(ends_at(request) + GRACE - at, dt.timedelta(minutes=1))
    defer("help_requests.close_by_time", match_id=match.id, schedule_in=int(closing.total_seconds()))


def _let_it_last(match: Match, request: HelpRequest, *, via: str, by: Viewer, at: dt.datetime) -> None:
    match.state, match.agreed_at, match.ended_at = MatchState.LASTING, at, at
    match.save(update_fields=["state", "agreed_at", "ended_at"])
    request.state, request.closed_at, request.version = RequestState.LASTING, at, request.version + 1
    request.save(update_fields=["state", "closed_at", "version"])
    record("help_requests.agree", Ref("help_request", request.id), by=by, at=at, via=via)
    close_todos(ref=Ref("help_request", request.id), by=by, at=at)
    tell_what_became(wish=request.id, became=Became.DONE, by=by, at=at)
    tell_asker(request, RequestState.LASTING, by=by, at=at)
    publish(HelpAgreed(match_id=match.id, via=via), at=at)


def cannot_come(*, match: Match, via: str, by: Viewer, at: dt.datetime) -> Match:
    """One button, no reason: someone else is looked for, and the recipient is told."""
    with transaction.atomic():
        request = lock(match.request)
        current = Match.objects.select_for_update(of=("self",)).select_related("volunteer").get(id=match.id)
        if not may_answer(by, request, current.volunteer.person_id):
            raise NotYours
        if current.state not in {MatchState.AGREED, MatchState.PROPOSED}:
            raise NotAgreed
        told = current.state == MatchState.AGREED
        end_match(current, MatchState.DROPPED_OUT, at=at)
        cancel_for(ref_kind="match", ref_id=current.id, by=by, at=at)
        free_companion(current, owner=request.owner_id, by=by, at=at)
        record("help_requests.cannot_come", Ref("help_request", request.id), by=by, at=at, via=via)
        if told:
            queue(
                notice=CannotCome, ref_kind="match", ref_id=current.id, to=request.recipient_id,
                owner=request.owner_id, by=by, at=at,
            )  # fmt: skip
        _look_again(request, at=at, reason="dropped_out")
    return current


def choose_another(*, match: Match, by: Viewer, at: dt.datetime) -> Match:
    """Take a proposal back before it is answered."""
    with transaction.atomic():
        request = lock(match.request)
        if not may_handle(by, request):
            raise NotYours
        current = Match.objects.select_for_update(of=("self",)).select_related("volunteer").get(id=match.id)
        if current.state != MatchState.PROPOSED:
            raise NotProposed
        end_match(current, MatchState.CANCELLED, at=at)
        cancel_for(ref_kind="match", ref_id=current.id, by=by, at=at)
        record("help_requests.choose_another", Ref("help_request", request.id), by=by, at=at)
        queue(
            notice=NotNeeded, ref_kind="match", ref_id=current.id, to=current.volunteer.person_id,
            owner=request.owner_id, by=by, at=at,
        )  # fmt: skip
        _look_again(request, at=at, reason="find_someone")
    return current


def bring_companion(match: Match, request: HelpRequest, *, by: Viewer, at: dt.datetime) -> None:
    """Tell the mentor who comes along, and let the day count as promised."""
    hold_companions_day(match, request)
    if match.companion_id:
        queue(
            notice=CompanionComes, ref_kind="match", ref_id=match.id, to=match.companion_id, owner=request.owner_id,
            by=by, at=at,
        )  # fmt: skip


def hold_companions_day(match: Match, request: HelpRequest) -> None:
    """Let the day count as promised by the mentor who comes along (R60). Without an hour it is noon's."""
    if match.companion_id:
        note_engagement(
            person_id=match.companion_id, ref=Ref("match", match.id), on=request.on, starts=request.at or dt.time(12),
            minutes=request.minutes,
        )  # fmt: skip


def free_companion(match: Match, *, owner: uuid.UUID, by: Viewer, at: dt.datetime) -> None:
    """Let the mentor's day go again, and say so, when what was agreed does not happen. Call it after `cancel_for`."""
    if match.companion_id is None or match.agreed_at is None:
        return
    drop_engagement(ref=Ref("match", match.id))
    queue(
        notice=CompanionFree, ref_kind="match", ref_id=match.id, to=match.companion_id, owner=owner, by=by, at=at
    )  # fmt: skip


def hold(request: HelpRequest) -> None:
    """Let a request wait for somebody who is away: nobody is asked meanwhile."""
    early = {RequestState.UNPROVEN, RequestState.NEW}
    request.held_from = request.state if request.state in early else RequestState.LOOKING
    request.state, request.version = RequestState.HELD, request.version + 1
    request.save(update_fields=["held_for", "held_from", "state", "version"])


def end_match(match: Match, state: MatchState, *, at: dt.datetime) -> None:
    """End a match, and its ask with it."""
    match.state, match.ended_at = state, at
    match.save(update_fields=["state", "ended_at"])
    if match.ask_id:
        Ask.objects.filter(id=match.ask_id).update(state=AskState.THANKED)


def _look_again(request: HelpRequest, *, at: dt.datetime, reason: str) -> None:
    """Look for someone else; for one who is away, when they are back."""
    if request.held_for_id:
        hold(request)
        return
    request.state, request.version = RequestState.LOOKING, request.version + 1
    request.save(update_fields=["state", "version"])
    if wall(ends_at(request)) > wall(at):
        seek(request, at=at, reason=reason)
    else:
        seek(request, at=at, reason="time_has_passed")
