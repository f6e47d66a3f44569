"""Putting messages into the outbox, inside the act that needs them, and calling them off again."""

import datetime as dt
import math
import secrets
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from samtun.foundation import recipients
from samtun.foundation.jobs import defer
from samtun.foundation.notices import Notice, notice_of
from samtun.foundation.recipients import Recipient
from samtun.foundation.scope import current_scope
from samtun.foundation.viewer import Viewer
from samtun.notifications.messages import rules
from samtun.notifications.messages.actions import locks
from samtun.notifications.messages.actions.telling import tell_change, why_of
from samtun.notifications.messages.enums import Fault
from samtun.notifications.messages.models import Message, Question, Stop
from samtun.notifications.messages.queries.links import ALPHABET, NONCE
from samtun.notifications.messages.queries.reaching import number_hash, way_to

CODES = range(10, 100)
CODE_RESTS = dt.timedelta(days=7)
LINK_LASTS = dt.timedelta(days=14)
BY_MACHINE = {Message.Channel.SMS, Message.Channel.EMAIL}


@dataclass(frozen=True, slots=True)
class About:
    """What a message or question is about, whose it is, and to whom."""

    ref_kind: str
    ref_id: uuid.UUID
    owner: uuid.UUID
    person: uuid.UUID | None
    phone_hash: str


def queue(
    *, notice: type[Notice], ref_kind: str, ref_id: uuid.UUID, to: uuid.UUID, owner: uuid.UUID, by: Viewer,
    at: dt.datetime, not_before: dt.datetime | None = None, question_ends: dt.datetime | None = None,
    link_until: dt.datetime | None = None, way: str = "",
) -> Message:  # fmt: skip
    """Put one message to one person into the outbox; the act that needs it writes the audit event.

    Returns it as it stands: pending, or cancelled with a fault when the person is not to have it, or failed when there
    is no way to the person. `way` is one they asked for this once. A question is put when the notice has one: it can be
    answered until `question_ends` (default: as long as the message lasts), and its link serves until `link_until`
    (default: 14 days after that).
    """
    current_scope()
    told = notice_of(notice.key)
    recipient = recipients.resolve(to)
    about = About(ref_kind, ref_id, owner, to, number_hash(recipient.phone) if recipient else "")
    fault = why_not(told, recipient, about)
    with transaction.atomic():
        message = _new(told, recipient, about, at=at, start=max(not_before or at, at), way=way)
        if fault:
            message.state, message.fault, message.settled_at = Message.State.CANCELLED, fault, at
        elif not message.channel:
            message.channel = Message.Channel.CALL
            message.state, message.fault = Message.State.FAILED, Fault.NO_WAY
        elif told.question:
            ends = question_ends or message.expires_at
            message.question = _question(told, about, to, at=at, ends=ends, link_until=link_until or ends + LINK_LASTS)
        message.save(force_insert=True)
        if message.state == Message.State.PENDING and message.channel in BY_MACHINE:
            schedule(message, at=at)
        tell_change(None, message, at=at)
    return message


def queue_to_number(*, notice: type[Notice], about: About, language: str, at: dt.datetime) -> Message:
    """Put an answer to a text into the outbox: to the number it came from, whoever that is."""
    told = notice_of(notice.key)
    recipient = Recipient(person=about.ref_id, name="", channel="sms", language=language, phone="?")
    message = _new(told, recipient, about, at=at, start=at)
    message.save(force_insert=True)
    schedule(message, at=at)
    return message


def queue_to_address(
    *, notice: type[Notice], ref_kind: str, ref_id: uuid.UUID, owner: uuid.UUID, at: dt.datetime
) -> Message:
    """Put a message into the outbox to an address that is no person's here, or no longer; who asks for it knows it."""
    current_scope()
    told, recipient = notice_of(notice.key), recipients.resolve_address(ref_kind, ref_id)
    hashed = number_hash(recipient.phone) if recipient else ""
    about = About(ref_kind, ref_id, owner, None, hashed)
    message, fault = _new(told, recipient, about, at=at, start=at), why_not(told, recipient, about)
    with transaction.atomic():
        if fault:
            message.state, message.fault, message.settled_at = Message.State.CANCELLED, fault, at
        message.save(force_insert=True)
        if not fault and message.channel in BY_MACHINE:
            schedule(message, at=at)
        tell_change(None, message, at=at)
    return message


def _new(
    told: Notice, recipient: Recipient | None, about: About, *, at: dt.datetime, start: dt.datetime, way: str = ""
) -> Message:  # fmt: skip
    channel = way_to(recipient, told, way) if recipient else Message.Channel.CALL
    quiet = channel != Message.Channel.LETTER and not rules.may_disturb(told, made_at=at, at=start)
    not_before = rules.after_quiet(start) if quiet else start
    return Message(
        notice=told.key, ref_kind=about.ref_kind, ref_id=about.ref_id, to_person=about.person, owner_id=about.owner,
        phone_hash=about.phone_hash, channel=channel, is_ask=told.is_ask, made_at=at, not_before=not_before,
        expires_at=not_before + told.lasts, language=recipient.language if recipient else "",
    )  # fmt: skip


def why_not(told: Notice, recipient: Recipient | None, about: About) -> str:
    """Return why this person must not have this notice about this thing; empty when they may."""
    if recipient is None:
        return Fault.NOBODY
    if recipient.gone or recipients.about_gone(about.ref_kind, about.ref_id):
        return Fault.GONE
    if recipient.silent:
        return Fault.SILENT
    if told.is_ask and (recipient.asks_stopped or is_stopped(about.phone_hash)):
        return Fault.STOPPED
    return ""


def is_stopped(phone_hash: str) -> bool:
    """Tell whether the number has said STOPP and not START since."""
    return bool(phone_hash) and Stop.objects.filter(phone_hash=phone_hash, ended_at__isnull=True).exists()


def schedule(message: Message, *, at: dt.datetime, when: dt.datetime | None = None) -> None:
    """Defer the job that sends it, in this transaction."""
    seconds = math.ceil(((when or message.not_before) - at).total_seconds())
    defer("messages.send", message_id=message.id, schedule_in=max(seconds, 0))


def _question(
    told: Notice, about: About, person: uuid.UUID, *, at: dt.datetime, ends: dt.datetime, link_until: dt.datetime
) -> Question:
    same = Question.objects.filter(
        kind=told.question, ref_kind=about.ref_kind, ref_id=about.ref_id, to_person=person,
        answered_at__isnull=True, ends_at__gt=at,
    ).first()  # fmt: skip
    if same:
        same.ends_at, same.link_until = max(same.ends_at, ends), max(same.link_until, link_until)
        same.save(update_fields=["ends_at", "link_until"])
        return same
    nonce = "".join(secrets.choice(ALPHABET) for _ in range(NONCE))
    return Question.objects.create(
        kind=told.question, ref_kind=about.ref_kind, ref_id=about.ref_id, to_person=person,
        phone_hash=about.phone_hash, code=_free_code(about.phone_hash, at), nonce=nonce, owner_id=about.owner,
        asked_at=at, ends_at=ends, link_until=link_until,
    )  # fmt: skip


def _free_code(phone_hash: str, at: dt.datetime) -> int:
    """Return a code no open question to this number has, and none had in the last days."""
    if not phone_hash:
        return secrets.choice(CODES)
    locks.lock_number(phone_hash)
    held = Question.objects.filter(phone_hash=phone_hash, holds_code=True)
    rested = at - CODE_RESTS
    over = Q(answered_at__isnull=True, ends_at__lt=rested) | Q(answered_at__lt=rested)
    held.filter(over).update(holds_code=False)
    taken = set(held.values_list("code", flat=True))
    free = [code for code in CODES if code not in taken]
    if not free:
        oldest = held.order_by("ends_at").first()
        assert oldest is not None
        held.filter(id=oldest.id).update(holds_code=False)
        free = [oldest.code]
    return secrets.choice(free)


def cancel_for(*, ref_kind: str, ref_id: uuid.UUID, by: Viewer, at: dt.datetime) -> int:
    """Call off what has not gone about something, close its open questions, and return how many were called off.

    What is being sent this moment is let go: its row is locked by whoever sends it, and then no longer pending.
    """
    with transaction.atomic():
        Question.objects.filter(ref_kind=ref_kind, ref_id=ref_id, answered_at__isnull=True, ends_at__gt=at).update(
            ends_at=at
        )
        count = 0
        waiting = [Message.State.PENDING, Message.State.UNKNOWN, Message.State.FAILED]
        rows = Message.objects.select_for_update(of=("self",)).filter(
            ref_kind=ref_kind, ref_id=ref_id, state__in=waiting, settled_at__isnull=True
        )
        for message in rows.order_by("id"):
            before = why_of(message)
            if message.state != Message.State.UNKNOWN:
                message.state = Message.State.CANCELLED
                count += 1
            message.fault, message.settled_at = Fault.WITHDRAWN, at
            message.save(update_fields=["state", "fault", "settled_at"])
            tell_change(before, message, at=at)
    return count
