"""Who a message goes to, and which way."""

import uuid

from samtun.foundation import recipients
from samtun.foundation.keys import keyed_hash, open_secret
from samtun.foundation.models import Municipality
from samtun.foundation.notices import Notice
from samtun.foundation.recipients import Recipient
from samtun.foundation.scope import current_tenant
from samtun.notifications.messages.models import Inbound, Message, Question

NUMBER = uuid.UUID(int=0)


def number_hash(phone: str) -> str:
    """Return the look-up hash of an E.164 number; empty for none."""
    return keyed_hash(phone, purpose="phone") if phone else ""


def sealed_number(inbound: Inbound) -> str:
    """Return the number a text came from."""
    return _opened(inbound, "phone", inbound.sealed_phone)


def sealed_words(inbound: Inbound) -> str:
    """Return what a text said; empty once it has been seen to."""
    return _opened(inbound, "text", inbound.sealed_text) if inbound.sealed_text else ""


def _opened(inbound: Inbound, column: str, sealed: bytes | memoryview) -> str:
    plain = open_secret(bytes(sealed), tenant=current_tenant(), table="inbound", column=column, row=inbound.id)
    return plain.decode()


def number_language(phone_hash: str) -> str:
    """Return the language to answer a number in: that of whoever we last wrote to there, else the municipality's."""
    person = Question.objects.filter(phone_hash=phone_hash).order_by("-asked_at").values_list("to_person").first()
    known = recipients.resolve(person[0]) if person else None
    return known.language if known else Municipality.objects.get(id=current_tenant()).language


def number_is_gone(phone_hash: str) -> bool:
    """Tell whether the one we last wrote to at a number is there no more."""
    last = Message.objects.filter(phone_hash=phone_hash, to_person__isnull=False).order_by("-made_at")
    person = last.values_list("to_person", flat=True).first()
    known = recipients.resolve(person) if person else None
    return known is not None and known.gone


def recipient_of(message: Message) -> Recipient | None:
    """Return how to reach the message's person now; for an answer to a text, the number it came from.

    A message to no person otherwise goes to an address that the room which sent it knows.
    """
    if message.to_person:
        return recipients.resolve(message.to_person)
    if message.ref_kind != "inbound":
        return recipients.resolve_address(message.ref_kind, message.ref_id)
    inbound = Inbound.objects.filter(id=message.ref_id).first()
    if inbound is None:
        return None
    language = number_language(inbound.phone_hash)
    return Recipient(person=NUMBER, name="", channel="sms", language=language, phone=sealed_number(inbound))


def way_to(recipient: Recipient, notice: Notice, asked: str = "") -> str:
    """Return the channel: the one asked for this once, or the chosen one, if it can be used; else a call, else another.

    Text comes last: nobody who would rather be rung or written to gets one, except what goes no other way, as codes do.
    """
    can = {"sms": recipient.phone, "call": recipient.phone, "email": recipient.email, "letter": recipient.address}
    first = asked or recipient.channel
    order = [first, "call", "email", "letter", "sms"]
    if first == "email":
        order = ["email", "call", "letter", "sms"]
    return next((way for way in order if can.get(way) and way in notice.channels), "")
