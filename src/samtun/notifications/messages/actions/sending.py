"""Sending: take it in one scope, call the gateway with none open, write down the outcome in another.

After a crash or a lost answer nothing is sent again before the lease is over and the gateway has been asked by our
own reference. A gateway that can neither be asked nor tell doubles apart leaves the message `unknown`, for a person.
"""

import datetime as dt
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db import OperationalError, transaction

from samtun.foundation.keys import keyed_hash
from samtun.foundation.models import Municipality
from samtun.foundation.notices import Notice, notice_of
from samtun.foundation.recipients import Recipient
from samtun.foundation.scope import current_tenant, open_scope, retrying
from samtun.notifications.channels.actions import ask_fate, hand_over
from samtun.notifications.channels.adapters.protocol import Accepted, Fate, Outcome, Parcel, TurnedDown, Unclear
from samtun.notifications.channels.queries import gateway_of
from samtun.notifications.messages import rules
from samtun.notifications.messages.actions import locks
from samtun.notifications.messages.actions.queueing import BY_MACHINE, About, schedule, why_not
from samtun.notifications.messages.actions.telling import tell_change, why_of
from samtun.notifications.messages.enums import Fault
from samtun.notifications.messages.models import Message
from samtun.notifications.messages.queries.reaching import number_hash, recipient_of, way_to
from samtun.notifications.messages.queries.texts import compose

log = logging.getLogger("samtun.messages")

type Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that is ours to send until `lease`. No parcel: it must not be sent (again), only asked about."""

    message_id: uuid.UUID
    channel: str
    lease: dt.datetime
    ask_first: bool
    parcel: Parcel | None


class Dropped:
    """It was asked about, had not gone, and must not go any more."""


def send_now(*, tenant: uuid.UUID, message_id: uuid.UUID, clock: Clock) -> None:
    """Try to send one message once. Harmless to call at any time, twice, or from two processes at once."""

    def take() -> Taken | None:
        with open_scope(tenant):
            return _take(message_id, at=clock())

    taken = retrying(take)
    if taken is None:
        return
    outcome = _outside(taken)

    def settle() -> None:
        with open_scope(tenant):
            _settle(taken, outcome, at=clock())

    retrying(settle)


def _outside(taken: Taken) -> Outcome | Dropped:
    reference = str(taken.message_id)
    try:
        if taken.ask_first:
            fate = ask_fate(channel=taken.channel, reference=reference)
            if fate is Fate.FOUND:
                return Accepted()
            if fate is Fate.CANNOT_TELL and not gateway_of(taken.channel)[2]:
                return Unclear("no_answer")
        return hand_over(parcel=taken.parcel) if taken.parcel else Dropped()
    except Exception:
        log.exception("gateway_broke", extra={"channel": taken.channel})
        return Unclear("unclear")


def _take(message_id: uuid.UUID, *, at: dt.datetime) -> Taken | None:
    message = locks.locked_message(message_id)
    if message is None or message.channel not in BY_MACHINE:
        return None
    if message.state == Message.State.PENDING:
        if message.not_before > at:
            schedule(message, at=at)
            return None
        return _take_pending(message, at=at)
    if message.state == Message.State.SENDING and message.lease_until:
        if message.lease_until > at:
            schedule(message, at=at, when=message.lease_until)
            return None
        return _take_over(message, at=at)
    return None


def _take_pending(message: Message, *, at: dt.datetime) -> Taken | None:
    told = notice_of(message.notice)
    recipient, state, fault = _may_go(message, told, at=at)
    if state:
        _end(message, state, fault, at=at)
        return None
    assert recipient is not None
    if rules.is_quiet(at) and not rules.may_disturb(told, made_at=message.made_at, at=at):
        message.not_before = rules.after_quiet(at)
        message.save(update_fields=["not_before"])
        schedule(message, at=at)
        return None
    way = way_to(recipient, told)
    if way not in BY_MACHINE:
        _hand_to_person(message, way, at=at)
        return None
    message.channel = way
    state, fault, parcel = _pack(message, told, recipient, at=at)
    if parcel is None:
        _end(message, state, fault, at=at)
        return None
    return _lease(message, parcel, at=at)


def _take_over(message: Message, *, at: dt.datetime) -> Taken | None:
    """Take a message whose sender crashed or got no clear answer: it may or may not have gone."""
    _, looks_up, dedupes = gateway_of(message.channel)
    told = notice_of(message.notice)
    recipient, state, _ = _may_go(message, told, at=at)
    parcel = None
    if recipient and not state:
        _, _, parcel = _pack(message, told, recipient, at=at)
    tried_out = message.attempt >= rules.MOST_ATTEMPTS
    if tried_out or not (looks_up or (dedupes and parcel)):
        _end(message, Message.State.UNKNOWN, message.fault or Fault.NO_ANSWER, at=at)
        return None
    return _lease(message, parcel, at=at, ask_first=True)


def _may_go(message: Message, told: Notice, *, at: dt.datetime) -> tuple[Recipient | None, str, str]:
    """Ask again, now, what was asked when it was queued: (recipient, state to end in, fault)."""
    recipient = recipient_of(message)
    phone_hash = number_hash(recipient.phone) if recipient else ""
    if message.is_ask:
        locks.lock_number(phone_hash)
    about = About(message.ref_kind, message.ref_id, message.owner_id, message.to_person, phone_hash)
    if fault := why_not(told, recipient, about):
        return recipient, Message.State.CANCELLED, fault
    if message.expires_at <= at:
        return recipient, Message.State.FAILED, Fault.TOO_LATE
    return recipient, "", ""


def _pack(message: Message, told: Notice, recipient: Recipient, *, at: dt.datetime) -> tuple[str, str, Parcel | None]:
    """Make the words; a notice that breaks must not stop the queue, so it ends there and a person sees it."""
    municipality = Municipality.objects.get(id=current_tenant())
    try:
        with transaction.atomic():
            facts = told.facts(message.ref_id, recipient)
            if facts is None:
                return Message.State.CANCELLED, Fault.OVER, None
            words = compose(
                told, channel=message.channel, recipient=recipient, facts=facts, municipality=municipality,
                question=message.question,
            )  # fmt: skip
    except OperationalError:
        raise
    except Exception:
        log.exception("text_broke", extra={"channel": message.channel})
        return Message.State.FAILED, Fault.BROKEN, None
    message.language = recipient.language
    message.phone_hash = number_hash(recipient.phone)
    message.text_hash = keyed_hash(words.text, purpose="text")
    parcel = Parcel(
        tenant=municipality.id, reference=str(message.id), channel=message.channel,
        to=recipient.email if message.channel == Message.Channel.EMAIL else recipient.phone, text=words.text,
        subject=words.heading, language=recipient.language, sender=municipality.sms_number or "",
        sender_name=municipality.shared_name,
    )  # fmt: skip
    return "", "", parcel


def _lease(message: Message, parcel: Parcel | None, *, at: dt.datetime, ask_first: bool = False) -> Taken:
    message.attempt += 1
    message.state = Message.State.SENDING
    message.lease_until = at + rules.lease_for(message.attempt)
    message.provider = gateway_of(message.channel)[0]
    message.save(
        update_fields=[
            "attempt", "state", "lease_until", "provider", "channel", "language", "phone_hash", "text_hash",
        ]
    )  # fmt: skip
    return Taken(message.id, message.channel, message.lease_until, ask_first, parcel)


def _end(message: Message, state: str, fault: str, *, at: dt.datetime) -> None:
    before = why_of(message)
    message.state, message.fault, message.lease_until = state, fault, None
    message.settled_at = at if state == Message.State.CANCELLED else None
    message.save(update_fields=["state", "fault", "lease_until", "settled_at"])
    tell_change(before, message, at=at)


def _hand_to_person(message: Message, way: str, *, at: dt.datetime) -> None:
    """The person is now reached by telephone or letter only: it waits for someone here."""
    if not way:
        _end(message, Message.State.FAILED, Fault.NO_WAY, at=at)
        return
    before = why_of(message)
    message.channel = way
    message.save(update_fields=["channel"])
    tell_change(before, message, at=at)
    return


def _settle(taken: Taken, outcome: Outcome | Dropped, *, at: dt.datetime) -> None:
    message = locks.locked_message(taken.message_id)
    if message is None or message.state != Message.State.SENDING or message.lease_until != taken.lease:
        return  # a receipt came first, or our lease ran out and someone else has taken over
    match outcome:
        case Accepted(provider_id=provider_id):
            message.state, message.fault, message.lease_until = Message.State.ACCEPTED, "", None
            message.provider_id = provider_id or message.provider_id
            message.sent_at = message.settled_at = at
            message.save(update_fields=["state", "fault", "lease_until", "provider_id", "sent_at", "settled_at"])
        case Dropped():
            _end(message, Message.State.CANCELLED, Fault.OVER, at=at)
        case TurnedDown():
            _turned_down(message, outcome, at=at)
        case Unclear(why=why):
            _, looks_up, dedupes = gateway_of(message.channel)
            message.fault = _fault(why)
            if looks_up or dedupes:
                message.save(update_fields=["fault"])
                schedule(message, at=at, when=taken.lease)
            else:
                _end(message, Message.State.UNKNOWN, message.fault, at=at)


def _turned_down(message: Message, outcome: TurnedDown, *, at: dt.datetime) -> None:
    fault = _fault(outcome.why)
    if not outcome.again or message.attempt >= rules.MOST_ATTEMPTS:
        _end(message, Message.State.FAILED, fault, at=at)
        return
    message.state, message.fault, message.lease_until = Message.State.PENDING, fault, None
    message.not_before = at + rules.wait_before(message.attempt, outcome.wait)
    message.save(update_fields=["state", "fault", "lease_until", "not_before"])
    schedule(message, at=at)
    return


def _fault(why: str) -> str:
    return why if why in Fault.values else Fault.UNCLEAR
