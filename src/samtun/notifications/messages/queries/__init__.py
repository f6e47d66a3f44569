"""What can be asked about messages: links, who is reached how, what waits for a person."""

from samtun.notifications.messages.queries.links import (
    address_of,
    link_for,
    link_to,
    make_token,
    opened_by_link,
    read_token,
)
from samtun.notifications.messages.queries.reaching import number_hash, recipient_of, way_to
from samtun.notifications.messages.queries.taking_out import taken_out
from samtun.notifications.messages.queries.texts import Composed, compose
from samtun.notifications.messages.queries.waiting import (
    calls_to_make,
    inbound_texts,
    letters_pdf,
    letters_to_print,
    needing_a_person,
    number_waiting_to,
    one_call,
    one_text,
    sent_about,
)

__all__ = [
    "Composed", "address_of", "calls_to_make", "compose", "inbound_texts", "letters_pdf", "letters_to_print",
    "link_for", "link_to", "make_token", "needing_a_person", "number_hash", "number_waiting_to", "one_call",
    "one_text", "opened_by_link", "read_token", "recipient_of", "sent_about", "taken_out", "way_to",
]  # fmt: skip
