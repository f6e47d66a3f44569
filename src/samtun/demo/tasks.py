"""What the demo's telephones are given by the gateway, and letting time pass."""

import datetime as dt
import uuid
from functools import partial
from typing import Any

from samtun.demo import actions
from samtun.foundation import events
from samtun.foundation.jobs import outside_scope
from samtun.foundation.models import EventRow
from samtun.foundation.scope import current_scope, open_scope, retrying
from samtun.kernel import clock
from samtun.notifications.channels.actions import show_in_demo
from samtun.notifications.channels.adapters.protocol import Parcel
from samtun.notifications.messages.actions import send_now
from samtun.notifications.messages.models import Message
from samtun.operation.help_requests.actions import remind
from samtun.operation.help_requests.events import HelpDone
from samtun.operation.help_requests.models import Match

MOST_AT_ONCE = 50


def show(parcel: Parcel) -> None:
    """Put a text or an e-mail on the telephone, or into the mailbox, it was for."""

    def work() -> None:
        with open_scope(parcel.tenant):
            actions.carry(
                way=parcel.channel, number=parcel.to, heading=parcel.subject, text=parcel.text,
                reference=parcel.reference, at=clock.now(),
            )  # fmt: skip

    retrying(work)


show_in_demo(show)


@outside_scope("demo.send_held_back")
def send_held_back(*, tenant: uuid.UUID, **_later: Any) -> None:
    """Send what waits for a later hour, each message as if that hour had come."""
    with open_scope(tenant):
        rows = Message.objects.filter(state=Message.State.PENDING, channel__in=["sms", "email"])
        waiting = list(rows.order_by("not_before").values_list("id", "not_before")[:MOST_AT_ONCE])
    for message_id, not_before in waiting:
        when = max(not_before, clock.now())
        send_now(tenant=tenant, message_id=message_id, clock=partial(_that_hour, when))


def _that_hour(when: dt.datetime) -> dt.datetime:
    return when


@outside_scope("demo.day_before")
def day_before(*, tenant: uuid.UUID, match_id: str, **_later: Any) -> None:
    """Let it be the day before: the volunteer is asked whether it still stands."""
    with open_scope(tenant) as scope:
        remind(match=Match.objects.get(id=uuid.UUID(match_id)), by=scope.viewer, at=clock.now())
    send_held_back(tenant=str(tenant))


@outside_scope("demo.be_over")
def be_over(*, tenant: uuid.UUID, match_id: str, **_later: Any) -> None:
    """Let the agreed time pass, and what follows from it come at once."""
    with open_scope(tenant):
        match = Match.objects.select_related("request").get(id=uuid.UUID(match_id))
        actions.let_it_be_over(match=match, by=current_scope().viewer, at=clock.now())
    with open_scope(tenant):
        for event in EventRow.objects.filter(name=HelpDone.name, payload__match_id=match_id):
            for receiver in events.receivers_of(HelpDone):
                events.deliver(event.id, receiver)
    send_held_back(tenant=str(tenant))
