"""The one door for answers, whichever way they came: SMS, link, telephone, paper."""

import datetime as dt

from django.db import transaction

from samtun.foundation import recipients
from samtun.foundation.audit import record
from samtun.foundation.notices import notice_of
from samtun.foundation.replies import Reply, question_kind
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import locks
from samtun.notifications.messages.actions.queueing import queue
from samtun.notifications.messages.models import Question


class AlreadyAnswered(Refused):
    """This has been answered already. Ring us if you want to change the answer."""


class TooLate(Refused):
    """The time to answer this is over. Ring us if you would still like to."""


class UnknownAnswer(Refused):
    """That is not one of the answers to this question. Choose one of those shown."""


def answer(*, question: Question, answer: str, via: str, by: Viewer, at: dt.datetime) -> bool:
    """Answer a question; True when it counted now, False when the same answer had been given before.

    The first answer wins. The room that asked does what follows, in the same transaction: a Refused of its own leaves
    the question open. The notice it names is queued to the person, except to one who is on the telephone this moment.
    """
    with transaction.atomic():
        asked = locks.locked_question(question.id)
        kind = question_kind(asked.kind)
        if answer not in kind.answers.values():
            raise UnknownAnswer
        if asked.answered_at:
            if asked.answer == answer:
                return False
            raise AlreadyAnswered
        if asked.ends_at <= at:
            raise TooLate
        asked.answer, asked.answered_at, asked.answered_via = answer, at, via
        asked.save(update_fields=["answer", "answered_at", "answered_via"])
        reply = Reply(ref_id=asked.ref_id, person=asked.to_person, answer=answer, via=via, at=at, by=by)
        confirming = kind.handle(reply)
        record("messages.answered", Ref(asked.ref_kind, asked.ref_id), by=by, at=at, answer=answer, via=via)
        if confirming and not _is_being_told(asked, via):
            queue(
                notice=type(notice_of(confirming)), ref_kind=asked.ref_kind, ref_id=asked.ref_id, to=asked.to_person,
                owner=asked.owner_id, by=by, at=at,
            )  # fmt: skip
    return True


def _is_being_told(asked: Question, via: str) -> bool:
    recipient = recipients.resolve(asked.to_person) if via == "call" else None
    return recipient is not None and recipient.channel == "call"
