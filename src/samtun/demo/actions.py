"""The demo's own writes: what its telephones hold, that a valley was loaded, and the few facts no room writes yet."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction

from samtun.demo.models import Carried, Loaded
from samtun.foundation.models import Municipality
from samtun.foundation.notices import notice_of
from samtun.foundation.scope import current_scope, current_tenant
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.ids import uuid7
from samtun.notifications.messages.actions import receive_sms
from samtun.notifications.messages.models import Inbound, Message
from samtun.notifications.messages.queries import compose, recipient_of
from samtun.operation.help_requests.actions import close_by_time
from samtun.operation.help_requests.enums import RequestState
from samtun.operation.help_requests.models import HelpRequest, Match
from samtun.operation.volunteers.models import Profile

LONGEST_TEXT = 640


def found_municipality(**facts: Any) -> Municipality:
    """Make a municipality that is marked as the demo's."""
    return Municipality.objects.create(is_demo=True, **facts)


def note_loaded(*, seed: int, on: dt.date) -> Loaded:
    """Write down that the open scope's municipality was made by the loader."""
    return Loaded.objects.create(seed=seed, on=on)


def tell_reach(*, person: uuid.UUID, metres: int | None, languages: Collection[str]) -> None:
    """Write how far a volunteer will go, in metres, and which languages they speak."""
    Profile.objects.filter(person=person).update(reach_metres=metres, languages=sorted(languages))


def carry(*, way: str, number: str, heading: str, text: str, reference: str, at: dt.datetime) -> Carried:
    """Show what a gateway was given; the same reference again changes nothing."""
    current_scope()
    row, _ = Carried.objects.get_or_create(
        reference=reference, way=way, defaults={"number": number, "heading": heading[:200], "text": text, "at": at}
    )
    return row


def note_waiting(*, message_id: uuid.UUID, at: dt.datetime) -> None:
    """Show a call somebody is to make, or a letter somebody is to print, with the words as they stand now."""
    message = Message.objects.select_related("question").filter(id=message_id).first()
    recipient = recipient_of(message) if message else None
    if message is None or recipient is None:
        return
    told = notice_of(message.notice)
    facts = told.facts(message.ref_id, recipient)
    if facts is None:
        return
    municipality = Municipality.objects.get(id=current_tenant())
    words = compose(
        told, channel=message.channel, recipient=recipient, facts=facts, municipality=municipality,
        question=message.question,
    )  # fmt: skip
    Carried.objects.get_or_create(
        reference=str(message_id), way=message.channel,
        defaults={
            "number": recipient.phone or recipient.address, "person": recipient.person, "heading": words.heading[:200],
            "text": words.text, "at": max(at, message.not_before),
        },
    )  # fmt: skip


def settle_waiting(*, message_id: uuid.UUID, at: dt.datetime) -> None:
    """Note that a call has been made, a letter posted, or that neither is needed any more."""
    message = Message.objects.filter(id=message_id).first()
    rows = Carried.objects.filter(reference=str(message_id), settled_at=None)
    if message and message.state == Message.State.CANCELLED:
        rows.delete()
    else:
        rows.update(settled_at=at)


def write_back(*, number: str, text: str, at: dt.datetime) -> Inbound:
    """Send a text from one of the demo's telephones: the same as if it had come through a gateway."""
    reference = f"demo-{uuid7()}"
    words = text.strip()[:LONGEST_TEXT]
    with transaction.atomic():
        Carried.objects.create(way=Carried.Way.SMS, number=number, text=words, own=True, reference=reference, at=at)
        return receive_sms(tenant=current_tenant(), gateway_id=reference, phone=number, text=words, at=at)


def let_it_be_over(*, match: Match, by: Viewer, at: dt.datetime) -> bool:
    """Move an agreement so that its time has just passed, and count it as done; False when nothing is agreed.

    The agreement is moved rather than the clock: what follows then belongs to today, also the thanks.
    """
    request = match.request
    start = wall(at) - dt.timedelta(minutes=request.minutes + 1)
    with transaction.atomic():
        moved = HelpRequest.objects.filter(id=request.id, state=RequestState.AGREED)
        if not moved.update(on=start.date(), at=start.time().replace(second=0, microsecond=0)):
            return False
        return close_by_time(match=match, by=by, at=at)
