"""The calls that a named person makes: rung, a talk on a day, a pause (R113)."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.help_requests.enums import CallKind
from samtun.operation.help_requests.models import PersonalCall
from samtun.operation.help_requests.rules import may_ring
from samtun.operation.volunteers.actions import pause
from samtun.operation.volunteers.models import Volunteer
from samtun.operation.volunteers.rules import may_manage
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.persons.models import Passing
from samtun.work.todos.actions import close_todos, open_todo

MORNING, TALK_AT = dt.time(7), dt.time(12)


class TalkHasBeen(Refused):
    """That day has been. Choose today or a later day for the talk, or leave it empty."""


class NotYoursToPause(Refused):
    """They help through another organisation. Ring it and say that they would like a pause."""


def put_call_on_desk(
    call: PersonalCall, reason: str, initials: str, *, at: dt.datetime, due: dt.datetime | None = None
) -> None:
    """Open the to-do for a call, due as soon as someone is there unless said otherwise."""
    soon = opening_hours_of(call.owner_id).next_opening(wall(at)) or at
    open_todo(
        ref=Ref("personal_call", call.id), reason=reason, about=" · ".join(p for p in (initials, call.rings) if p),
        owner=call.owner_id, at=at, audience=Permission.HANDLE_REQUESTS,
        due=due or soon,
    )  # fmt: skip


def ring_also(
    *, passing: Passing, owner: uuid.UUID, name: str, phone: str, by: Viewer, at: dt.datetime
) -> PersonalCall | None:
    """Put on the desk to ring one more who was near to a person who has died; None when they are to be rung already."""
    if not by.is_system:
        raise NotYours
    if PersonalCall.objects.filter(passing=passing, owner=owner, phone=phone, withdrawn_at=None).exists():
        return None
    row = PersonalCall.objects.create(
        kind=CallKind.ASKER, owner_id=owner, about_id=passing.person_id, passing=passing, name=name[:120], phone=phone,
        rings=passing.rings if str(owner) in passing.owners else "", made_at=at,
    )  # fmt: skip
    put_call_on_desk(row, "ring_near", passing.person.initials, at=at)
    return row


def note_rung(
    *, call: PersonalCall, by: Viewer, at: dt.datetime, talk_on: dt.date | None = None, wants_pause: bool = False,
    pause_until: dt.date | None = None,
) -> PersonalCall:  # fmt: skip
    """Note that they have been rung, and what they would like: a talk on a day, a pause until a day or until they say.

    Again corrects what was noted. Wrong by mistake and rung again: that is noted the same way.
    """
    if not may_ring(by, call):
        raise NotYours
    if talk_on and talk_on < wall(at).date():
        raise TalkHasBeen
    with transaction.atomic():
        row = PersonalCall.objects.select_for_update(of=("self",)).select_related("about").get(id=call.id)
        row.rung_at, row.rung_by = row.rung_at or at, row.rung_by or by.name[:160]
        row.talk_on, row.wants_pause, row.pause_until = talk_on, wants_pause, pause_until
        row.save(update_fields=["rung_at", "rung_by", "talk_on", "wants_pause", "pause_until"])
        ref = Ref("personal_call", row.id)
        close_todos(ref=ref, by=by, at=at)
        record("help_requests.rung", ref, by=by, at=at)
        if talk_on:
            wait = at_wall(talk_on, MORNING) - at
            defer("help_requests.talk_due", call_id=row.id, schedule_in=max(int(wait.total_seconds()), 1))
        if wants_pause and row.volunteer_id:
            _pause(row.volunteer_id, pause_until, by=by, at=at)
    return row


def _pause(volunteer_id: uuid.UUID, until: dt.date | None, *, by: Viewer, at: dt.datetime) -> None:
    volunteer = Volunteer.objects.get(id=volunteer_id)
    if not may_manage(by, volunteer):
        raise NotYoursToPause
    pause(volunteer=volunteer, until=until, by=by, at=at)


def talk_due(*, call: PersonalCall, by: Viewer, at: dt.datetime) -> bool:
    """Put an agreed talk on the desk on its day; False when it has been held, moved or called off."""
    row = PersonalCall.objects.select_related("about").get(id=call.id)
    if row.talked_at or row.withdrawn_at or row.talk_on is None or row.talk_on > wall(at).date():
        return False
    if row.passing and row.passing.undone_at:
        return False
    put_call_on_desk(row, "talk_after", row.about.initials, at=at, due=at_wall(row.talk_on, TALK_AT))
    return True


def note_talked(*, call: PersonalCall, by: Viewer, at: dt.datetime) -> PersonalCall:
    """Note that the talk has been held."""
    if not may_ring(by, call):
        raise NotYours
    with transaction.atomic():
        row = PersonalCall.objects.select_for_update(of=("self",)).get(id=call.id)
        row.talked_at = row.talked_at or at
        row.save(update_fields=["talked_at"])
        ref = Ref("personal_call", row.id)
        close_todos(ref=ref, by=by, at=at, reasons=("talk_after",))
        record("help_requests.talked", ref, by=by, at=at)
    return row
