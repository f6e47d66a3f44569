"""What waits for a person, within the owners the viewer acts for; reading of persons is noted in the scope."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext

from samtun.foundation import recipients, refs
from samtun.foundation.audit import saw
from samtun.foundation.models import Municipality
from samtun.foundation.notices import all_notices, notice_of
from samtun.foundation.recipients import Recipient
from samtun.foundation.replies import question_kind
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.phones import spoken
from samtun.kernel.refs import Ref
from samtun.notifications.channels.adapters.letter import Letter
from samtun.notifications.channels.queries import letters_pdf as pdf_of
from samtun.notifications.messages.enums import CHANNEL_WORDS, STATE_WORDS, Fault
from samtun.notifications.messages.models import Inbound, Message
from samtun.notifications.messages.queries.links import link_to
from samtun.notifications.messages.queries.reaching import recipient_of, sealed_number, sealed_words
from samtun.notifications.messages.queries.texts import compose
from samtun.notifications.messages.rules import out_of_hand

MOST = 100
TROUBLED = (Message.State.UNKNOWN, Message.State.FAILED)


@dataclass(frozen=True, slots=True)
class Row:
    """One message in a list for staff, which shows initials; name and number stand where it is opened."""

    id: uuid.UUID
    name: str
    number: str
    title: str | Promise
    channel: str | Promise
    due: dt.datetime
    state: str
    fault: str | Promise
    tries: int
    person: uuid.UUID | None = None
    other: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A call, a letter, or a message that did not arrive (`kind`): to whom, what it says, and what it is about.

    `choices` are the answers that can be written down, as (value, label); `about` is (title, address), or None when
    the viewer may not open it; `address` is for letters alone.
    """

    row: Row
    text: str
    choices: tuple[tuple[str, str], ...]
    about: tuple[str, str] | None = None
    kind: str = "call"
    address: str = ""


@dataclass(frozen=True, slots=True)
class TextIn:
    """A text that came in and is for a person; `name` is of the person we last wrote to at that number."""

    id: uuid.UUID
    name: str
    number: str
    text: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """One line of a timeline."""

    at: dt.datetime
    title: str | Promise
    channel: str | Promise
    state: str | Promise


def _within(viewer: Viewer) -> QuerySet[Message]:
    hidden = out_of_hand(viewer)
    if len(hidden) == len(all_notices()):
        raise NotYours
    return Message.objects.filter(owner_id__in=viewer.owners).exclude(notice__in=hidden)


def _row(message: Message, recipient: Recipient | None) -> Row:
    fault = Fault(message.fault).label if message.fault in Fault.values else ""
    return Row(
        id=message.id, name=recipient.name if recipient else "", number=spoken(recipient.phone) if recipient else "",
        title=notice_of(message.notice).title or message.notice, channel=CHANNEL_WORDS[message.channel],
        due=message.not_before, state=message.state, fault=fault, tries=message.attempt,
        person=message.to_person, other=spoken(recipient.other_phone) if recipient else "",
    )  # fmt: skip


def _rows(found: QuerySet[Message]) -> list[Row]:
    messages = list(found[:MOST])
    persons = {m.to_person for m in messages if m.to_person}
    saw(*persons, how="listed")
    known = recipients.resolve_many(persons)
    return [_row(m, known.get(m.to_person) if m.to_person else recipient_of(m)) for m in messages]


def calls_to_make(viewer: Viewer, *, at: dt.datetime) -> list[Row]:
    """Return the calls that may be made now, those that have waited longest first."""
    calls = _within(viewer).filter(state=Message.State.PENDING, channel=Message.Channel.CALL, not_before__lte=at)
    return _rows(calls.order_by("not_before"))


def one_call(viewer: Viewer, message_id: uuid.UUID) -> Call | None:
    """Return one call, letter or message in trouble, opened, with what it says; None when it no longer applies.

    NotYours when it is not one of the viewer's, or waits for nobody.
    """
    by_hand = Q(state=Message.State.PENDING, channel__in=[Message.Channel.CALL, Message.Channel.LETTER])
    waiting = _within(viewer).filter(by_hand | Q(state__in=TROUBLED, settled_at__isnull=True))
    message = waiting.select_related("question").filter(id=message_id).first()
    if message is None:
        raise NotYours
    recipient = recipient_of(message)
    if message.state in TROUBLED:
        saw(*filter(None, [message.to_person]), how="opened")
        return Call(_row(message, recipient), "", (), refs.describe(viewer, _ref(message)), kind="trouble")
    told = notice_of(message.notice)
    facts = told.facts(message.ref_id, recipient) if recipient else None
    if recipient is None or facts is None:
        return None
    saw(message.to_person, how="opened")
    municipality = Municipality.objects.get(id=current_tenant())
    words = compose(
        told, channel=message.channel, recipient=recipient, facts=facts, municipality=municipality,
        question=message.question,
    )  # fmt: skip
    about = refs.describe(viewer, _ref(message))
    if message.channel == Message.Channel.LETTER:
        return Call(_row(message, recipient), words.text, (), about, kind="letter", address=recipient.address)
    return Call(_row(message, recipient), words.text, _choices(message), about)


def _ref(message: Message) -> Ref:
    return Ref(message.ref_kind, message.ref_id)


def _choices(message: Message) -> tuple[tuple[str, str], ...]:
    if message.question is None or message.question.answered_at:
        return ()
    known = {"yes": pgettext("answer", "Yes"), "no": pgettext("answer", "No")}
    labels: dict[str, str] = {}
    for word, value in question_kind(message.question.kind).answers.items():
        labels.setdefault(value, known.get(value, word.capitalize()))
    return tuple(labels.items())


def letters_to_print(viewer: Viewer) -> list[Row]:
    """Return the letters that have not been posted, oldest first."""
    letters = _within(viewer).filter(state=Message.State.PENDING, channel=Message.Channel.LETTER)
    return _rows(letters.order_by("made_at"))


def letters_pdf(viewer: Viewer, keys: Collection[uuid.UUID], *, today: dt.date) -> bytes | None:
    """Return one PDF of those letters that still apply; None when there is none."""
    waiting = _within(viewer).filter(state=Message.State.PENDING, channel=Message.Channel.LETTER, id__in=keys)
    municipality = Municipality.objects.get(id=current_tenant())
    letters = []
    for message in waiting.select_related("question").order_by("made_at"):
        recipient = recipient_of(message)
        facts = notice_of(message.notice).facts(message.ref_id, recipient) if recipient else None
        if recipient and facts is not None and recipient.address:
            saw(message.to_person, how="exported")
            letters.append(_letter(message, recipient, facts, municipality, today))
    return pdf_of(letters) if letters else None


def _letter(
    message: Message, recipient: Recipient, facts: dict[str, Any], municipality: Municipality, today: dt.date
) -> Letter:
    language = recipient.language or municipality.language
    words = compose(
        notice_of(message.notice), channel="letter", recipient=recipient, facts=facts, municipality=municipality,
        question=message.question,
    )  # fmt: skip
    with translation.override(language):
        return Letter(
            name=recipient.name, address=recipient.address.replace(", ", "\n"), heading=words.heading, text=words.text,
            language=language,
            sender=municipality.shared_name, telephone=spoken(municipality.phone), printed=date_format(today),
            words={
                "title": gettext("Letter from %(sender)s") % {"sender": municipality.shared_name},
                "page": gettext("Page"),
                "qr": gettext("You can also answer with a mobile telephone:"),
                "alt": gettext("Square code that opens the address below"),
            },
            link=link_to(message.question, municipality) if message.question else "", large=recipient.large_print,
        )  # fmt: skip


def needing_a_person(viewer: Viewer) -> list[Row]:
    """Return messages that failed, or of which nobody knows whether they arrived, oldest first."""
    return _rows(_within(viewer).filter(state__in=TROUBLED, settled_at__isnull=True).order_by("made_at"))


def number_waiting_to(persons: Collection[uuid.UUID]) -> int:
    """Return how many messages are on their way to these persons, whoever sends them."""
    states = [Message.State.PENDING, Message.State.SENDING]
    return Message.objects.filter(to_person__in=persons, state__in=states).count()


def inbound_texts(viewer: Viewer) -> list[TextIn]:
    """Return texts that a person must read, oldest first."""
    return _texts_in(viewer, _for_a_person(viewer).order_by("received_at"), how="listed")


def one_text(viewer: Viewer, inbound_id: uuid.UUID) -> TextIn:
    """Return one text, opened. NotYours when it is not one of the viewer's, or has been seen to."""
    found = _texts_in(viewer, _for_a_person(viewer).filter(id=inbound_id), how="opened")
    if not found:
        raise NotYours
    return found[0]


def _for_a_person(viewer: Viewer) -> QuerySet[Inbound]:
    if not viewer.may(Permission.HANDLE_MESSAGES):
        raise NotYours
    return Inbound.objects.filter(owner_id__in=viewer.owners, state=Inbound.State.FOR_A_PERSON)


def _texts_in(viewer: Viewer, waiting: QuerySet[Inbound], *, how: str) -> list[TextIn]:
    texts = list(waiting[:MOST])
    persons = _last_written_to(viewer, {t.phone_hash for t in texts})
    saw(*persons.values(), how=how)
    known = recipients.resolve_many(set(persons.values()))
    found = []
    for text in texts:
        person = known.get(persons[text.phone_hash]) if text.phone_hash in persons else None
        number = spoken(sealed_number(text))
        name = person.name if person else ""
        found.append(TextIn(id=text.id, name=name, number=number, text=sealed_words(text), at=text.received_at))
    return found


def _last_written_to(viewer: Viewer, numbers: Collection[str]) -> dict[str, uuid.UUID]:
    """Return whom the viewer's owners last wrote to at each number."""
    sent = Message.objects.filter(phone_hash__in=numbers, to_person__isnull=False, owner_id__in=viewer.owners)
    last = sent.order_by("phone_hash", "-made_at").distinct("phone_hash")
    return {number: person for number, person in last.values_list("phone_hash", "to_person") if person}


def sent_about(viewer: Viewer, ref: Ref) -> list[Sent]:
    """Return what has been sent about something within the viewer's owners, newest first: for a timeline. No names."""
    found = Message.objects.filter(ref_kind=ref.kind, ref_id=ref.id, owner_id__in=viewer.owners)
    return [
        Sent(
            at=m.sent_at or m.made_at, title=notice_of(m.notice).title or m.notice,
            channel=CHANNEL_WORDS[m.channel], state=STATE_WORDS[m.state],
        )
        for m in found.order_by("-made_at")[:MOST]
    ]  # fmt: skip
