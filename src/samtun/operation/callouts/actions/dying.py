"""When a volunteer dies, or it was a mistake (R113, ADR 20)."""

import datetime as dt

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for
from samtun.operation.callouts.actions.calling import count_out, fill_up, lock, look_on, promise, put_on_desk, tell
from samtun.operation.callouts.enums import LIVE, CallOutState, TurnOut
from samtun.operation.callouts.models import Asked, CallOut
from samtun.operation.callouts.notices import CallOutCancelled, Enough
from samtun.operation.callouts.queries import hands, starts_at
from samtun.people.persons.actions import bring_back, note_stilled
from samtun.people.persons.models import Passing, Stilled
from samtun.people.persons.queries import everyone_of, stilled_by
from samtun.work.todos.actions import close_todos
from samtun.work.todos.queries import is_due

DUE = ("dropped", "missing")


def person_died(*, passing: Passing, by: Viewer, at: dt.datetime) -> int:
    """Count a dead volunteer out, without a word to anyone; the desk hears where hands are missing. Return how many."""
    if not by.is_system:
        raise NotYours
    everyone = everyone_of(passing.person_id)
    with transaction.atomic():
        rows = Asked.objects.filter(volunteer__person__in=everyone, state__in=[TurnOut.SENT, TurnOut.YES])
        found = list(rows.filter(call_out__state__in=LIVE).select_related("volunteer").order_by("id"))
        for one in found:
            call_out = lock(one.call_out_id)
            said = one.answered_at.isoformat() if one.answered_at else ""
            due = [reason for reason in DUE if is_due(Ref("call_out", call_out.id), reason)]
            before = {"state": one.state, "said": said, "via": one.via, "due": due}
            note_stilled(passing.id, kind="call_out_asked", before={one.id: before})
            if one.state == TurnOut.YES:
                count_out(one, call_out, via="", by=by, at=at)
            else:
                one.state = TurnOut.THANKED
                one.save(update_fields=["state"])
                look_on(call_out, at=at)
    return len(found)


def death_taken_back(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Count the volunteer in again where there is room and it is not over; else one who was to come is rung."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        rows = stilled_by(passing.id, "call_out_asked")
        back = {row.ref_id for row in rows if _stands_again(row, by=by, at=at)}
        bring_back(passing.id, kinds=("call_out_asked",), back=back)


def _stands_again(row: Stilled, *, by: Viewer, at: dt.datetime) -> bool:
    asked = Asked.objects.select_related("volunteer").get(id=row.ref_id)
    call_out = lock(asked.call_out_id)
    one = Asked.objects.select_for_update(of=("self",)).select_related("volunteer").get(id=asked.id)
    came = row.before["state"] == TurnOut.YES
    missing, stands = call_out.needed - hands(call_out), call_out.state in LIVE
    if call_out.state == CallOutState.CANCELLED or (stands and missing <= 0) or (came and not stands):
        _say_over(one, call_out, came=came, by=by, at=at)
        return False
    one.state, one.via = row.before["state"], row.before["via"]
    one.answered_at = dt.datetime.fromisoformat(row.before["said"]) if row.before["said"] else None
    one.save(update_fields=["state", "answered_at", "via"])
    ref = Ref("call_out", call_out.id)
    close_todos(ref=ref, by=by, at=at, reasons=tuple(reason for reason in DUE if reason not in row.before["due"]))
    record("callouts.stands_again", ref, by=by, at=at)
    if came:
        promise(one, call_out)
        if one.counts >= missing:
            fill_up(call_out, by=by, at=at)
    return True


def _say_over(one: Asked, call_out: CallOut, *, came: bool, by: Viewer, at: dt.datetime) -> None:
    """Say what the others have been told meanwhile; one who was to come is rung as well."""
    one.state = TurnOut.THANKED
    one.save(update_fields=["state"])
    unsent = cancel_for(ref_kind="call_out_asked", ref_id=one.id, by=by, at=at)
    if starts_at(call_out) > at and (came or not unsent):
        tell(CallOutCancelled if call_out.state == CallOutState.CANCELLED else Enough, one, call_out, by=by, at=at)
    if came:
        put_on_desk(call_out, "not_back", at=at)
