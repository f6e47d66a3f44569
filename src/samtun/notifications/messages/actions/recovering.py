"""What a crash leaves behind: jobs of dead workers, messages whose lease is over, messages whose job is lost.

Run beside the queue, never in it: a job that mends jobs can itself be the one that hangs.
"""

import datetime as dt
import functools
import logging
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass

from asgiref.sync import async_to_sync
from django.db.models import Q
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from samtun.foundation import recipients
from samtun.foundation.locks import let_go, try_hold
from samtun.foundation.models import Municipality
from samtun.foundation.notices import notice_of
from samtun.foundation.scope import open_scope, retrying
from samtun.notifications.messages.actions import locks
from samtun.notifications.messages.actions.queueing import BY_MACHINE, schedule
from samtun.notifications.messages.actions.telling import tell_change, why_of
from samtun.notifications.messages.enums import Fault
from samtun.notifications.messages.models import Message
from samtun.notifications.messages.queries.reaching import recipient_of

log = logging.getLogger("samtun.reaper")
ONE_REAPER = "reaper"  # the lock that decides which reaper works, when several hosts run one
LOST_AFTER = dt.timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Reaped:
    """What one pass did: jobs put back, messages given a job anew, calls and letters ended."""

    jobs: int = 0
    messages: int = 0
    ended: int = 0


def reap(*, clock: Callable[[], dt.datetime], stalled_seconds: float = 60, thorough: bool = True) -> Reaped | None:
    """Do one pass over all municipalities; None when another reaper is at it. Opens its own scopes.

    `stalled_seconds` is how long a worker's heart may be still. `thorough` also looks through calls and letters.
    """
    if not try_hold(ONE_REAPER):
        return None
    try:
        jobs = requeue_stalled(stalled_seconds)
        messages = ended = 0
        for tenant in Municipality.objects.values_list("id", flat=True):
            found = retrying(functools.partial(_in_scope, tenant, clock, thorough=thorough))
            messages, ended = messages + found.messages, ended + found.ended
    finally:
        let_go(ONE_REAPER)
    if jobs or messages:
        log.warning("recovered", extra={"count": jobs + messages})
    return Reaped(jobs=jobs, messages=messages, ended=ended)


def _in_scope(tenant: uuid.UUID, clock: Callable[[], dt.datetime], *, thorough: bool) -> Reaped:
    with open_scope(tenant):
        return recover(at=clock(), thorough=thorough)


def requeue_stalled(seconds: float) -> int:
    """Put the jobs of workers that have gone silent back into the queue."""
    stalled = async_to_sync(app.job_manager.get_stalled_jobs)(seconds_since_heartbeat=seconds)
    count = 0
    for job in stalled:
        async_to_sync(app.job_manager.retry_job)(job)
        count += 1
    return count


def recover(*, at: dt.datetime, thorough: bool = True) -> Reaped:
    """Give each message of the open scope that is due and has no job a new one, and end what no longer applies."""
    overdue = Q(state=Message.State.SENDING, lease_until__lt=at - LOST_AFTER) | Q(
        state=Message.State.PENDING, channel__in=list(BY_MACHINE), not_before__lt=at - LOST_AFTER
    )
    waiting = list(Message.objects.filter(overdue).order_by("not_before")[:500])
    with_job = _having_jobs([m.id for m in waiting])
    lost = [m for m in waiting if str(m.id) not in with_job]
    for message in lost:
        schedule(message, at=at, when=at)
    return Reaped(messages=len(lost), ended=_end_what_is_over(at) if thorough else 0)


def _having_jobs(keys: Collection[uuid.UUID]) -> set[str]:
    if not keys:
        return set()
    jobs = ProcrastinateJob.objects.filter(
        task_name="messages.send", status__in=["todo", "doing"], args__message_id__in=[str(k) for k in keys]
    )
    return {job.args["message_id"] for job in jobs}


def _end_what_is_over(at: dt.datetime) -> int:
    """Take calls and letters off the lists that no longer apply, or came too late."""
    by_hand = [Message.Channel.CALL, Message.Channel.LETTER]
    keys = Message.objects.filter(state=Message.State.PENDING, channel__in=by_hand).values_list("id", flat=True)
    ended = 0
    for key in list(keys.order_by("id")[:500]):
        message = locks.locked_message(key)
        if message is None or message.state != Message.State.PENDING or message.channel not in by_hand:
            continue
        recipient = recipient_of(message)
        gone = recipient and (recipient.gone or recipients.about_gone(message.ref_kind, message.ref_id))
        applies = recipient and not gone and notice_of(message.notice).facts(message.ref_id, recipient) is not None
        if applies and message.expires_at > at:
            continue
        before = why_of(message)
        message.state = Message.State.FAILED if applies else Message.State.CANCELLED
        message.fault = Fault.TOO_LATE if applies else Fault.OVER
        message.settled_at = None if applies else at
        message.save(update_fields=["state", "fault", "settled_at"])
        tell_change(before, message, at=at)
        ended += 1
    return ended
