"""What a person does by hand: rings, posts letters, decides about unknown fates, reads texts that came in."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.notices import notice_of
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages import rules
from samtun.notifications.messages.actions import locks
from samtun.notifications.messages.actions.answering import UnknownAnswer, answer
from samtun.notifications.messages.actions.queueing import BY_MACHINE, schedule
from samtun.notifications.messages.actions.telling import tell_change, why_of
from samtun.notifications.messages.enums import Fault, Why
from samtun.notifications.messages.events import PersonNoLongerNeeded
from samtun.notifications.messages.models import Inbound, Message

RING_AGAIN = dt.timedelta(hours=2)
TOLD, NOT_HOME = "told", "not_home"


class NotWaiting(Refused):
    """Someone else has seen to this already. Open the list again to see what is left."""


def _mine(message_id: uuid.UUID, by: Viewer, *whys: Why) -> Message:
    message = locks.locked_message(message_id)
    if message is None or not rules.may_handle(by, message.owner_id, message.notice):
        raise NotYours
    if why_of(message) not in whys:
        raise NotWaiting
    return message


def _save(message: Message, before: Why | None, act: str, by: Viewer, at: dt.datetime, **words: str) -> None:
    message.save(
        update_fields=["state", "channel", "fault", "not_before", "expires_at", "attempt", "sent_at", "settled_at"]
    )
    record(act, Ref(message.ref_kind, message.ref_id), by=by, at=at, **words)
    tell_change(before, message, at=at)


def mark_called(*, message: Message, outcome: str, by: Viewer, at: dt.datetime) -> Message:
    """Write down how a call went. `outcome` is `told`, `not_home`, or an answer to the question that was put.

    Nobody home: the call waits two hours (and never rings in quiet hours), until it no longer makes sense.
    """
    with transaction.atomic():
        call = _mine(message.id, by, Why.CALL)
        before = why_of(call)
        if outcome == NOT_HOME:
            call.attempt, call.fault = call.attempt + 1, Fault.NOT_HOME
            call.not_before = rules.after_quiet(at + RING_AGAIN)
        elif outcome != TOLD and call.question is None:
            raise UnknownAnswer
        else:
            call.state, call.fault, call.sent_at, call.settled_at = Message.State.DELIVERED, "", at, at
        _save(call, before, "messages.called", by, at, outcome=outcome)
        if call.question and outcome not in {TOLD, NOT_HOME}:
            # After the save: what the answer sets going may call off everything else about the same thing.
            answer(question=call.question, answer=outcome, via="call", by=by, at=at)
    return call


def mark_letters_sent(*, messages: Sequence[uuid.UUID], by: Viewer, at: dt.datetime) -> int:
    """Write down that printed letters have been posted; those seen to by someone else are passed over."""
    count = 0
    with transaction.atomic():
        for key in sorted(set(messages)):
            try:
                letter = _mine(key, by, Why.LETTER)
            except NotWaiting:
                continue
            before = why_of(letter)
            letter.state, letter.sent_at, letter.settled_at = Message.State.ACCEPTED, at, at
            _save(letter, before, "messages.letter_posted", by, at)
            count += 1
    return count


def send_again(*, message: Message, by: Viewer, at: dt.datetime, channel: str = "") -> Message:
    """Send what failed or is of unknown fate once more, or hand it over as a call with `channel="call"`.

    The reference stays: a gateway that tells doubles apart will still do so. The one who decides knows that the
    message may then come twice.
    """
    with transaction.atomic():
        again = _mine(message.id, by, Why.UNKNOWN, Why.FAILED)
        before = why_of(again)
        again.state, again.fault, again.attempt = Message.State.PENDING, Fault.BY_PERSON, 0
        again.channel = channel or again.channel
        again.not_before = at
        again.expires_at = max(again.expires_at, at + notice_of(again.notice).lasts)
        again.settled_at = None
        _save(again, before, "messages.sent_again", by, at, channel=again.channel)
        if again.channel in BY_MACHINE:
            schedule(again, at=at)
    return again


def give_up(*, message: Message, by: Viewer, at: dt.datetime) -> Message:
    """Let a message that failed, or whose fate is unknown, be as it is: nothing more is done with it."""
    with transaction.atomic():
        done = _mine(message.id, by, Why.UNKNOWN, Why.FAILED)
        before = why_of(done)
        done.settled_at = at
        _save(done, before, "messages.given_up", by, at)
    return done


def finish_inbound(*, inbound: Inbound, by: Viewer, at: dt.datetime) -> Inbound:
    """Write down that a text has been read and seen to; its words are forgotten."""
    with transaction.atomic():
        row = Inbound.objects.select_for_update(of=("self",)).filter(id=inbound.id).first()
        if row is None or not rules.may_handle(by, row.owner_id):
            raise NotYours
        if row.state != Inbound.State.FOR_A_PERSON:
            raise NotWaiting
        row.state, row.sealed_text = Inbound.State.HANDLED, None
        row.save(update_fields=["state", "sealed_text"])
        record("messages.text_read", Ref("inbound", row.id), by=by, at=at)
        publish(PersonNoLongerNeeded(message_id=row.id, why=Why.INBOUND.value), at=at)
    return row
