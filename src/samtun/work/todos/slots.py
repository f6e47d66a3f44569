"""How the desk words what waits in rooms below, which know no to-dos: messages, and who publishes."""

import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts
from samtun.work.todos.queries import Wording, register_wording


def _address(_message_id: uuid.UUID) -> str:
    return reverse("messages")


def _one(message_id: uuid.UUID) -> str:
    return reverse("messages_call", args=[message_id])


def _text(inbound_id: uuid.UUID) -> str:
    return reverse("messages_text_read", args=[inbound_id])


register_wording(
    "message",
    Wording(
        sentences={
            "call": (_("Someone to ring"), _("Ring")),
            "letter": (_("Letter to print"), _("Print")),
            "unknown": (_("We do not know if it arrived"), _("Look")),
            "failed": (_("Did not arrive"), _("Look")),
            "inbound": (_("Text message to read"), _("Read")),
        },
        address=_address,
        addresses={"call": _one, "unknown": _one, "failed": _one, "inbound": _text},
        parts={"call": "how"},
    ),
)


def _publisher(publisher_id: uuid.UUID) -> str:
    return reverse("publisher", args=[publisher_id])


register_wording(
    "publisher",
    Wording(sentences={"check": (_("An organisation to check before it is published"), _("Look"))}, address=_publisher),
)


def _offer(offer_id: uuid.UUID) -> str:
    return reverse("offer_reported", args=[offer_id])


register_wording(
    "offer",
    Wording(sentences={"reported": (_("Somebody says something on offer is wrong"), _("Look"))}, address=_offer),
)

acts.register(
    {
        "todos.done": _("Seen to, and crossed off the desk"),
        "todos.put_off": _("Put off to another day"),
        "todos.take_up_again": _("Taken up again"),
    }
)
