"""What comes in: texts and delivery receipts. Sender numbers can be forged: a text can answer, stop, or be read.

Every text is stored once. What is not plainly an answer goes to a person with its words sealed.
"""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from samtun.foundation.audit import record
from samtun.foundation.keys import seal_secret
from samtun.foundation.limits import count_try
from samtun.foundation.models import Owner
from samtun.foundation.notices import Notice
from samtun.foundation.replies import all_kinds, answered_in_words, question_kind
from samtun.foundation.scope import current_tenant, in_scope, open_scope, retrying
from samtun.foundation.viewer import Hat, Role, Viewer
from samtun.kernel.errors import NotYours, OutsideScope, Refused
from samtun.kernel.ids import uuid7
from samtun.kernel.phones import tidy
from samtun.kernel.refs import Ref
from samtun.notifications.messages import notices, rules
from samtun.notifications.messages.actions import locks
from samtun.notifications.messages.actions.answering import AlreadyAnswered, answer
from samtun.notifications.messages.actions.queueing import About, queue_to_number
from samtun.notifications.messages.actions.telling import tell_change, tell_inbound, why_of
from samtun.notifications.messages.enums import Fault
from samtun.notifications.messages.models import Inbound, Message, Question, Stop
from samtun.notifications.messages.queries.reaching import number_hash, number_is_gone, number_language

State = Inbound.State
REMEMBERED = dt.timedelta(days=7)
MOST_REPLIES = 5
LONGEST = 1600


def receive_sms(*, tenant: uuid.UUID, gateway_id: str, phone: str, text: str, at: dt.datetime) -> Inbound:
    """Take in one text, once for each `gateway_id`, and do what it says if that is plain. Returns what became of it.

    Opens the municipality's scope; when one is open already it must be this municipality's.
    """

    def in_its_scope() -> Inbound:
        with open_scope(tenant):
            return _receive(gateway_id, tidy(phone) or phone[:20], text[:LONGEST], at)

    if not in_scope():
        return retrying(in_its_scope)
    if current_tenant() != tenant:
        raise OutsideScope("The open scope is another municipality's.")
    return _receive(gateway_id, tidy(phone) or phone[:20], text[:LONGEST], at)


def _receive(gateway_id: str, phone: str, text: str, at: dt.datetime) -> Inbound:
    inbound = Inbound(id=uuid7(), gateway_id=gateway_id[:80], phone_hash=number_hash(phone), received_at=at)
    inbound.state, inbound.owner_id = State.UNDERSTOOD, _owner_of(inbound.phone_hash)
    inbound.sealed_phone = _seal(inbound, "phone", phone)
    try:
        with transaction.atomic():
            inbound.save(force_insert=True)
    except IntegrityError:
        return Inbound.objects.get(gateway_id=gateway_id[:80])
    with transaction.atomic():
        said = rules.read_reply(text, {word for kind in all_kinds() for word in kind.answers})
        inbound.understood_as = f"{said.word or said.own} {said.code or ''}".strip()[:20]
        notice = _act(inbound, said, at)
        if notice and number_is_gone(inbound.phone_hash):
            # Whoever writes from this telephone now is answered by a person, not by a machine.
            notice, inbound.state = None, State.FOR_A_PERSON
        if inbound.state == State.FOR_A_PERSON:
            inbound.sealed_text = _seal(inbound, "text", text)
        inbound.save(update_fields=["state", "understood_as", "sealed_text", "refusal"])
        if inbound.state == State.FOR_A_PERSON:
            tell_inbound(inbound, at=at)
        if notice:
            _reply(notice, inbound, at)
    return inbound


def _seal(inbound: Inbound, column: str, text: str) -> bytes:
    return seal_secret(text.encode(), tenant=current_tenant(), table="inbound", column=column, row=inbound.id)


def _act(inbound: Inbound, said: rules.Said, at: dt.datetime) -> type[Notice] | None:
    """Do what was said and return the notice to answer with; sets the text's state."""
    if said.word == "STOPP":
        return _stop(inbound, at)
    if said.word == "START":
        return _start(inbound, at)
    mine = Question.objects.filter(phone_hash=inbound.phone_hash, kind__in=answered_in_words())
    waiting = list(mine.filter(answered_at__isnull=True, ends_at__gt=at).order_by("asked_at"))
    if said.is_thanks and not waiting:
        return None
    speaks = bool(said.word or said.own)
    if not speaks and not (waiting and (said.is_thanks or said.code)):
        return _to_person(inbound, notices.NotUnderstood)
    meant = [q for q in waiting if said.code in (None, q.code)]
    if len(meant) == 1 and speaks and not (said.is_thanks and _given(meant[0], said) is None):
        return _answer(inbound, meant[0], said, at)
    if not meant:
        return _about_old(inbound, mine, said, bool(waiting), at)
    inbound.state = State.ASKED_BACK
    return notices.WhichOne


def _given(question: Question, said: rules.Said) -> str | None:
    return said.answer_to(question_kind(question.kind).answers)


def _answer(inbound: Inbound, question: Question, said: rules.Said, at: dt.datetime) -> type[Notice] | None:
    given = _given(question, said)
    if given is None:
        return _to_person(inbound, notices.NotUnderstood)
    hat = Hat(key="sms", role=Role.RESIDENT)
    by = Viewer(tenant=current_tenant(), hat=hat, person=question.to_person, via="sms")
    try:
        answer(question=question, answer=given, via="sms", by=by, at=at)
    except AlreadyAnswered:
        return _to_person(inbound, notices.AlreadySaid)
    except (Refused, NotYours) as refusal:
        # Only the class's own sentence: one made for the occasion might name somebody.
        sentence = (type(refusal).__doc__ or Refused.__doc__ or "").strip().splitlines()[0]
        inbound.refusal = sentence[:300]
        return notices.CouldNot
    return None


def _about_old(
    inbound: Inbound, mine: QuerySet[Question], said: rules.Said, others_wait: bool, at: dt.datetime
) -> type[Notice] | None:
    """Nothing open is meant: perhaps the same answer again, another one, or one that comes too late."""
    old = mine.filter(asked_at__gt=at - REMEMBERED - dt.timedelta(days=14)).order_by("-asked_at")
    if said.code is not None:
        old = old.filter(code=said.code)
    latest = next((q for q in old[:20] if (q.answered_at or q.ends_at) > at - REMEMBERED), None)
    if latest is None:
        if others_wait:
            inbound.state = State.ASKED_BACK
            return notices.WhichOne
        return _to_person(inbound, notices.NotUnderstood)
    given = _given(latest, said)
    if latest.answered_at and latest.answer == given:
        return None
    if latest.answered_at:
        return _to_person(inbound, notices.AlreadySaid)
    return None if said.word == rules.NO else _to_person(inbound, notices.TooLateSaid)


def _to_person(inbound: Inbound, notice: type[Notice]) -> type[Notice]:
    inbound.state = State.FOR_A_PERSON
    return notice


def _stop(inbound: Inbound, at: dt.datetime) -> type[Notice]:
    """Stop asks to the number; those still waiting are called off. What has been agreed goes on."""
    locks.lock_number(inbound.phone_hash)
    Stop.objects.get_or_create(phone_hash=inbound.phone_hash, ended_at=None, defaults={"since": at})
    asks = Message.objects.filter(phone_hash=inbound.phone_hash, is_ask=True, state=Message.State.PENDING)
    for key in asks.order_by("id").values_list("id", flat=True):
        message = locks.locked_message(key)
        if message and message.state == Message.State.PENDING:
            before = why_of(message)
            message.state, message.fault, message.settled_at = Message.State.CANCELLED, Fault.STOPPED, at
            message.save(update_fields=["state", "fault", "settled_at"])
            tell_change(before, message, at=at)
    _audit("messages.stopped", inbound, at)
    return notices.Stopped


def _start(inbound: Inbound, at: dt.datetime) -> type[Notice]:
    locks.lock_number(inbound.phone_hash)
    Stop.objects.filter(phone_hash=inbound.phone_hash, ended_at__isnull=True).update(ended_at=at)
    _audit("messages.started", inbound, at)
    return notices.Started


def _audit(act: str, inbound: Inbound, at: dt.datetime) -> None:
    by = Viewer(tenant=current_tenant(), hat=Hat(key="sms", role=Role.ANONYMOUS), via="sms")
    record(act, Ref("inbound", inbound.id), by=by, at=at)


def _reply(notice: type[Notice], inbound: Inbound, at: dt.datetime) -> None:
    """Answer the number, but a few times only: two machines must not talk to each other all night."""
    if inbound.owner_id is None:
        return
    if count_try("sms-reply", inbound.phone_hash, at=at, seconds=3600) > MOST_REPLIES:
        return
    about = About("inbound", inbound.id, inbound.owner_id, None, inbound.phone_hash)
    queue_to_number(notice=notice, about=about, language=number_language(inbound.phone_hash), at=at)


def _owner_of(phone_hash: str) -> uuid.UUID | None:
    """Return who answers for a number's texts: whoever last wrote to it and has not left, else the municipality."""
    standing = Message.objects.filter(phone_hash=phone_hash, owner__left_on__isnull=True)
    last = standing.order_by("-made_at").values_list("owner_id", flat=True)
    if found := last.first():
        return found
    order = [Owner.Kind.MUNICIPALITY, Owner.Kind.CENTRE, Owner.Kind.UNIT]
    owners = Owner.objects.filter(kind__in=order, left_on__isnull=True).order_by("id")
    return next((o.id for o in sorted(owners, key=lambda o: order.index(Owner.Kind(o.kind)))), None)


# --- delivery receipts: forward only
ORDER = {"pending": 0, "sending": 1, "unknown": 2, "accepted": 3, "failed": 4, "delivered": 5}


def note_receipt(*, reference: str, state: str, at: dt.datetime) -> bool:
    """Write down what a gateway tells about a message of the open scope; False when it changes nothing.

    Unknown references, messages that were never tried, and steps backwards are let pass without a word.
    """
    try:
        key = uuid.UUID(reference)
    except ValueError:
        return False
    with transaction.atomic():
        message = locks.locked_message(key)
        if message is None or message.attempt == 0 or ORDER.get(state, 0) <= ORDER.get(message.state, 9):
            return False
        before = why_of(message)
        failed = state == Message.State.FAILED
        message.state, message.lease_until = state, None
        message.fault = Fault.NOT_DELIVERED if failed else ""
        message.sent_at = message.sent_at or at
        message.settled_at = None if failed else at
        message.save(update_fields=["state", "lease_until", "fault", "sent_at", "settled_at"])
        tell_change(before, message, at=at)
    return True
