"""Done, cancelled, or nobody was found."""

import datetime as dt

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for, queue
from samtun.operation.help_requests.actions.agreeing import NotAgreed, free_companion, lock
from samtun.operation.help_requests.actions.asking import thank_the_others
from samtun.operation.help_requests.actions.assessing import put_on_desk
from samtun.operation.help_requests.actions.telling import tell_asker
from samtun.operation.help_requests.enums import LIVE_MATCH, OPEN_STATES, SEEKING, MatchState, RequestState
from samtun.operation.help_requests.events import HelpDone
from samtun.operation.help_requests.models import HelpRequest, Match
from samtun.operation.help_requests.notices import CancelledRecipient, CancelledVolunteer, NobodyFound, Reminder
from samtun.operation.help_requests.queries import ends_at, starts_at
from samtun.operation.help_requests.rules import may_answer, may_handle
from samtun.operation.referrals.actions import tell_what_became
from samtun.operation.referrals.enums import Became
from samtun.operation.volunteers.actions import record_contribution
from samtun.partners.organisations.queries import speaks_for
from samtun.work.todos.actions import close_todos


class NotYet(Refused):
    """This has not begun yet. Mark it as done when it is."""


class ClosedAlready(Refused):
    """This is closed already."""


class TooLong(Refused):
    """Write how long it took, in minutes: at most one day."""


def mark_done(*, match: Match, minutes: int | None, via: str, by: Viewer, at: dt.datetime) -> Match:
    """Mark a task as done, by link, telephone or the passing of time; corrects the minutes when done already."""
    if minutes is not None and not 0 <= minutes <= 1440:
        raise TooLong
    with transaction.atomic():
        request = lock(match.request)
        current = Match.objects.select_for_update(of=("self",)).select_related("volunteer").get(id=match.id)
        if not may_answer(by, request, current.volunteer.person_id):
            raise NotYours
        if current.state not in {MatchState.AGREED, MatchState.DONE}:
            raise NotAgreed
        if at < starts_at(request) and request.at is not None:
            raise NotYet
        first_time = current.state == MatchState.AGREED
        current.minutes = minutes if minutes is not None else current.minutes or request.minutes
        current.state, current.ended_at, current.done_via = MatchState.DONE, current.ended_at or at, via
        current.save(update_fields=["state", "minutes", "ended_at", "done_via"])
        for person in filter(None, (current.volunteer.person_id, current.companion_id)):
            record_contribution(
                person_id=person, owner_id=current.volunteer.host_id, kind=request.task_type.key,
                ref=Ref("match", current.id), on=request.on, minutes=current.minutes,
            )  # fmt: skip
        if first_time:
            _close(request, RequestState.DONE, "", by=by, at=at)
            cancel_for(ref_kind="match", ref_id=current.id, by=by, at=at)
            publish(HelpDone(match_id=current.id), at=at)
        record("help_requests.done", Ref("help_request", request.id), by=by, at=at, via=via, minutes=current.minutes)
    return current


def close_by_time(*, match: Match, by: Viewer, at: dt.datetime) -> bool:
    """Count an agreed task as done when its time has passed and nobody has said anything."""
    current = Match.objects.select_related("request", "volunteer").get(id=match.id)
    if current.state != MatchState.AGREED or at < ends_at(current.request):
        return False
    if current.request.held_for_id:
        put_on_desk(lock(current.request), "time_has_passed", at=at)
        return False
    mark_done(match=current, minutes=None, via="time", by=by, at=at)
    return True


def remind(*, match: Match, by: Viewer, at: dt.datetime) -> bool:
    """Ask the volunteer the day before: still OK? Only while it is agreed."""
    current = Match.objects.select_related("request", "volunteer").get(id=match.id)
    if current.state != MatchState.AGREED or current.request.held_for_id:
        return False
    with transaction.atomic():
        queue(
            notice=Reminder, ref_kind="match", ref_id=current.id, to=current.volunteer.person_id,
            owner=current.request.owner_id, by=by, at=at, question_ends=ends_at(current.request),
        )  # fmt: skip
    return True


def cancel(*, request: HelpRequest, reason: str, by: Viewer, at: dt.datetime) -> HelpRequest:
    """Cancel: a state, never a deletion. All concerned are told; what has not been sent is not sent."""
    own = by.person is not None and by.person == request.recipient_id
    with transaction.atomic():
        current = lock(request)
        if not (own or may_handle(by, current)):
            raise NotYours
        if current.state not in OPEN_STATES:
            raise ClosedAlready
        if current.state in SEEKING:
            thank_the_others(current, None, by=by, at=at)
        for match in Match.objects.select_for_update(of=("self",)).filter(request=current, state__in=LIVE_MATCH):
            match.state, match.ended_at = MatchState.CANCELLED, at
            match.save(update_fields=["state", "ended_at"])
            cancel_for(ref_kind="match", ref_id=match.id, by=by, at=at)
            free_companion(match, owner=speaks_for(current.owner), by=by, at=at)
            queue(
                notice=CancelledVolunteer, ref_kind="match", ref_id=match.id, to=match.volunteer.person_id,
                owner=speaks_for(current.owner), by=by, at=at,
            )  # fmt: skip
            if not own:
                queue(
                    notice=CancelledRecipient, ref_kind="match", ref_id=match.id, to=current.recipient_id,
                    owner=speaks_for(current.owner), by=by, at=at,
                )  # fmt: skip
        _close(current, RequestState.CANCELLED, reason, by=by, at=at)
        record("help_requests.cancel", Ref("help_request", current.id), by=by, at=at, reason=reason)
    return current


def close_unmet(*, request: HelpRequest, reason: str, by: Viewer, at: dt.datetime) -> HelpRequest:
    """Close when nobody was found: the one who asked is told by a person or in kind words, and it is counted."""
    with transaction.atomic():
        current = lock(request)
        if not may_handle(by, current):
            raise NotYours
        if current.state not in SEEKING:
            raise ClosedAlready
        thank_the_others(current, None, by=by, at=at)
        _close(current, RequestState.UNMET, reason, by=by, at=at)
        queue(
            notice=NobodyFound, ref_kind="help_request", ref_id=current.id, to=current.recipient_id,
            owner=current.owner_id, by=by, at=at,
        )  # fmt: skip
        record("help_requests.unmet", Ref("help_request", current.id), by=by, at=at, reason=reason)
    return current


def met_otherwise(*, request: HelpRequest, words: str, by: Viewer, at: dt.datetime) -> HelpRequest:
    """Close a wish that was met without a volunteer, by what is there for everyone; `words` say by what.

    Those who were asked are thanked. Whoever closes it tells the person.
    """
    with transaction.atomic():
        current = lock(request)
        if not may_handle(by, current):
            raise NotYours
        if current.state not in SEEKING:
            raise ClosedAlready
        thank_the_others(current, None, by=by, at=at)
        _close(current, RequestState.DONE, words, by=by, at=at)
        record("help_requests.met_otherwise", Ref("help_request", current.id), by=by, at=at)
    return current


def _close(request: HelpRequest, state: RequestState, reason: str, *, by: Viewer, at: dt.datetime) -> None:
    request.state, request.closed_at, request.close_reason = state, at, reason[:200]
    request.version += 1
    request.save(update_fields=["state", "closed_at", "close_reason", "version"])
    close_todos(ref=Ref("help_request", request.id), by=by, at=at)
    tell_what_became(wish=request.id, became=Became(state), by=by, at=at)
    tell_asker(request, state, by=by, at=at)
