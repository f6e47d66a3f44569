"""Stopping all messages to some persons, or about some things, at once; and bringing them back after a mistake."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from samtun.foundation.scope import current_scope
from samtun.kernel.refs import Ref
from samtun.notifications.messages import rules
from samtun.notifications.messages.actions.queueing import BY_MACHINE, schedule
from samtun.notifications.messages.actions.telling import tell_change, why_of
from samtun.notifications.messages.enums import Fault
from samtun.notifications.messages.models import Message, Question

State = Message.State
GOING_ON = (State.PENDING, State.SENDING, State.UNKNOWN, State.FAILED)


@dataclass(frozen=True, slots=True)
class Hushed:
    """A message or question that was stopped: `before` is what it was, in codes and ISO moments."""

    kind: str
    id: uuid.UUID
    before: dict[str, Any]


def hush(*, persons: Collection[uuid.UUID] = (), about: Collection[Ref] = (), at: dt.datetime) -> list[Hushed]:
    """Stop every message to these persons or about these things, and close the questions; return what was stopped.

    What the gateway has this moment may have gone: it is never tried again, and nobody is asked to look into it.
    """
    current_scope()
    if not persons and not about:
        return []
    whose = Q(to_person__in=list(persons))
    for kind in {ref.kind for ref in about}:
        whose |= Q(ref_kind=kind, ref_id__in=[ref.id for ref in about if ref.kind == kind])
    stopped = []
    with transaction.atomic():
        open_ones = Question.objects.filter(whose, answered_at__isnull=True, ends_at__gt=at)
        for question in open_ones.select_for_update(of=("self",)).order_by("id"):
            stopped.append(Hushed("question", question.id, {"ends_at": question.ends_at.isoformat()}))
            question.ends_at = at
            question.save(update_fields=["ends_at"])
        rows = Message.objects.filter(whose, state__in=GOING_ON, settled_at__isnull=True)
        for message in rows.select_for_update(of=("self",)).order_by("id"):
            stopped.append(Hushed("message", message.id, {"state": message.state, "fault": message.fault}))
            before = why_of(message)
            maybe_gone = message.state in {State.SENDING, State.UNKNOWN}
            message.state = State.UNKNOWN if maybe_gone else State.CANCELLED
            message.fault, message.settled_at, message.lease_until = Fault.GONE, at, None
            message.save(update_fields=["state", "fault", "settled_at", "lease_until"])
            tell_change(before, message, at=at)
    return stopped


def unhush(stopped: Collection[Hushed], *, at: dt.datetime) -> set[uuid.UUID]:
    """Bring back what was stopped by mistake, where its time has not passed; return the keys of what came back.

    What may have gone when it was stopped is of unknown fate again: a person decides.
    """
    was = {each.id: each for each in stopped}
    back = set()
    with transaction.atomic():
        for question in Question.objects.select_for_update(of=("self",)).filter(id__in=was).order_by("id"):
            ends = dt.datetime.fromisoformat(was[question.id].before["ends_at"])
            if question.answered_at is None and ends > at:
                question.ends_at = ends
                question.save(update_fields=["ends_at"])
                back.add(question.id)
        rows = Message.objects.select_for_update(of=("self",)).filter(id__in=was, fault=Fault.GONE)
        for message in rows.order_by("id"):
            if _bring_back(message, was[message.id].before, at=at):
                back.add(message.id)
    return back


def _bring_back(message: Message, before: dict[str, Any], *, at: dt.datetime) -> bool:
    if message.state not in {State.CANCELLED, State.UNKNOWN} or message.expires_at <= at:
        return False
    state = State(before["state"])
    message.state = State.UNKNOWN if state == State.SENDING else state
    message.fault, message.settled_at = before["fault"], None
    message.save(update_fields=["state", "fault", "settled_at"])
    if message.state == State.PENDING and message.channel in BY_MACHINE:
        message.not_before = max(message.not_before, rules.after_quiet(at))
        message.save(update_fields=["not_before"])
        schedule(message, at=at)
    tell_change(None, message, at=at)
    return True
