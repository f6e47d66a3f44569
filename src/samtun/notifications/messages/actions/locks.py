"""What makes acts on one message, or one telephone number, wait for each other. Reliability tests switch these off."""

import uuid

from samtun.foundation.locks import take_turns
from samtun.notifications.messages.models import Message, Question


def locked_message(message_id: uuid.UUID) -> Message | None:
    """Return the message, locked until the end of the transaction."""
    return Message.objects.select_for_update(of=("self",)).filter(id=message_id).first()


def locked_question(question_id: uuid.UUID) -> Question:
    """Return the question, locked until the end of the transaction."""
    return Question.objects.select_for_update(of=("self",)).get(id=question_id)


def lock_number(phone_hash: str) -> None:
    """Let STOPP and the sending of asks to one number take turns, until the end of the transaction."""
    if phone_hash:
        take_turns(f"messages:{phone_hash}")
