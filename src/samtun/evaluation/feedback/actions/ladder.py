"""Not received: somebody rings the professional, then the deputy is told. Every wait counts their opening hours."""

import datetime as dt

from django.db import transaction

from samtun.evaluation.feedback.enums import HeadsUpState
from samtun.evaluation.feedback.models import Contact, HeadsUp
from samtun.evaluation.feedback.notices import ToYou
from samtun.evaluation.feedback.queries import differing
from samtun.evaluation.feedback.rules import RECEIVED_WITHIN
from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.notifications.messages.models import Message
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.consents.queries import consent_stands
from samtun.work.todos.actions import open_todo

GONE_WRONG = {Message.State.FAILED, Message.State.CANCELLED}
LAST_STEP = 2


def goes_on_at(contact: Contact, at: dt.datetime) -> dt.datetime:
    """Return when the ladder goes on, if nobody has received it by then: counted in the unit's opening hours."""
    return opening_hours_of(contact.unit_id).after_hours(wall(at), RECEIVED_WITHIN.read(wall(at).date()))


def tell_next(heads_up: HeadsUp, *, by: Viewer, at: dt.datetime) -> None:
    """Tell the one named that something waits, or the deputy when they are away; else let somebody ring the unit."""
    contact = heads_up.contact
    assert contact is not None  # a constraint: nothing is told without
    person = differing.there_now(contact, on=wall(at).date(), but=heads_up.told_id)
    heads_up.step_at = goes_on_at(contact, at)
    reached = False
    if person is not None:
        heads_up.told = person
        heads_up.save(update_fields=["told", "step_at"])
        sent = queue(
            notice=ToYou, ref_kind="to_you", ref_id=heads_up.id, to=person.id, owner=heads_up.owner_id, by=by, at=at,
            question_ends=at + dt.timedelta(days=14),
        )  # fmt: skip
        reached = sent.state not in GONE_WRONG
    else:
        heads_up.save(update_fields=["step_at"])
    if not reached:
        ring(heads_up, at=at)
    go_on(heads_up, at=at)


def not_received(*, heads_up: HeadsUp, by: Viewer, at: dt.datetime) -> HeadsUp:
    """Take the next step when it is time and nobody has received it: ring, then tell the deputy. Again does nothing."""
    with transaction.atomic():
        rows = HeadsUp.objects.select_for_update(of=("self",)).select_related("contact", "about", "owner")
        found = rows.get(id=heads_up.id)
        waits = found.state == HeadsUpState.WAITS and found.step < LAST_STEP
        if not waits or found.contact is None or not consent_stands(found.contact.consent_id):
            return found
        if found.step_at is None or at < found.step_at:
            return found
        found.step += 1
        found.step_at = goes_on_at(found.contact, at)
        found.save(update_fields=["step", "step_at"])
        record("feedback.not_received", Ref("heads_up", found.id), by=by, at=at, step=found.step)
        ring(found, at=at)
        if found.step < LAST_STEP:
            go_on(found, at=at)
        elif differing.there_now(found.contact, on=wall(at).date(), but=found.told_id):
            tell_next(found, by=by, at=at)
    return found


def end(heads_up: HeadsUp, *, by: Viewer, at: dt.datetime) -> None:
    """End it without anyone having received it: the words go at once."""
    heads_up.state, heads_up.settled_at, heads_up.sealed = HeadsUpState.ENDED, at, b""
    heads_up.step_at = None
    heads_up.save(update_fields=["state", "settled_at", "sealed", "step_at"])


def ring(heads_up: HeadsUp, *, at: dt.datetime) -> None:
    """Put it on the desk of whoever answers for the task: ring the professional, who reads it themselves."""
    open_todo(
        ref=Ref("heads_up", heads_up.id), reason="ring_professional",
        about=heads_up.about.initials if heads_up.about else "", owner=heads_up.owner_id, at=at,
        audience=Permission.HANDLE_REQUESTS, due=opening_hours_of(heads_up.owner_id).after_days(wall(at), 0),
    )  # fmt: skip


def go_on(heads_up: HeadsUp, *, at: dt.datetime) -> None:
    """Let the ladder go on when it is time."""
    assert heads_up.step_at is not None
    seconds = max(int((heads_up.step_at - at).total_seconds()) + 1, 1)
    defer("feedback.not_received", heads_up_id=heads_up.id, schedule_in=seconds)
