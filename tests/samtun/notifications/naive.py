"""The usual outbox, for comparison: look at the state, send, write `sent`; what is unclear is tried again."""

from samtun.foundation.jobs import defer
from samtun.foundation.scope import open_scope
from samtun.notifications.channels.adapters import registry
from samtun.notifications.channels.adapters.protocol import Accepted, Parcel
from samtun.notifications.messages.models import Message


def naive_send(*, tenant, message_id, clock):
    with open_scope(tenant):
        if Message.objects.get(id=message_id).state != "pending":
            return
    outcome = registry.gateway_for("sms").send(Parcel(tenant, str(message_id), "sms", "+4790000001", "Hei", "nn"))
    with open_scope(tenant):
        if isinstance(outcome, Accepted):
            Message.objects.filter(id=message_id).update(state="accepted")
        else:
            defer("messages.send", message_id=message_id, schedule_in=1)
