"""The verbs of messages. One door for each: put in the outbox, send, answer, receive, decide by hand, recover."""

from samtun.notifications.messages.actions.answering import AlreadyAnswered, TooLate, UnknownAnswer, answer
from samtun.notifications.messages.actions.handling import (
    NotWaiting,
    finish_inbound,
    give_up,
    mark_called,
    mark_letters_sent,
    send_again,
)
from samtun.notifications.messages.actions.hushing import Hushed, hush, unhush
from samtun.notifications.messages.actions.queueing import cancel_for, queue, queue_to_address
from samtun.notifications.messages.actions.receiving import note_receipt, receive_sms
from samtun.notifications.messages.actions.recovering import reap, recover
from samtun.notifications.messages.actions.sending import send_now

__all__ = [
    "AlreadyAnswered", "Hushed", "NotWaiting", "TooLate", "UnknownAnswer", "answer", "cancel_for", "finish_inbound",
    "give_up", "hush", "mark_called", "mark_letters_sent", "note_receipt", "queue", "queue_to_address", "reap",
    "receive_sms", "recover", "send_again", "send_now", "unhush",
]  # fmt: skip
