"""One time of an activity: moved, called off and on again, held; and one act for all that is on in bad weather."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.events import Event, publish
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for, queue
from samtun.operation.activities.actions.borrowing import Before, book_again, follow, give_back_for
from samtun.operation.activities.actions.spreading import write_line
from samtun.operation.activities.enums import OccurrenceState
from samtun.operation.activities.events import OccurrenceChanged, OccurrenceHeld, OccurrenceOff, OccurrenceOn
from samtun.operation.activities.models import Occurrence
from samtun.operation.activities.notices import ASKED, IsItHeld
from samtun.operation.activities.queries import writes_for
from samtun.operation.activities.rules import is_odd_hour, moments
from samtun.partners.catalogue.queries import contacts_of
from samtun.people.places.models import Place

LOCKED = ("activity__owner", "place__village", "village", "host")


class SayWhyOff(Refused):
    """Write a few words about why, for those who had meant to come."""


class HasBeen(Refused):
    """This has been already. What was is not changed."""


class NotThatStepNow(Refused):
    """Somebody has changed this meanwhile. Look at what stands now."""


class NotAnHour(Refused):
    """That night the clock is moved, and this hour is missing or comes twice. Choose another time."""


class SayWhyAsked(Refused):
    """Write a few words about why: those who hold it read it, and those who had meant to come."""


class NobodyToAsk(Refused):
    """Nobody who can be told stands for those who hold it. Ring them."""


class NoSuchCount(Refused):
    """The head count is a number from 0 to 5,000."""


def move(
    *, occurrence: Occurrence, on: dt.date, starts: dt.time, ends: dt.time, place: Place | None, where: str, note: str,
    by: Viewer, at: dt.datetime,
) -> Occurrence:  # fmt: skip
    """Move one time to another day, hour or hall. Those who come hear of it, and what is borrowed for it follows."""
    if any(is_odd_hour(on, clock) for clock in (starts, ends)):
        raise NotAnHour
    with transaction.atomic():
        row = _own(occurrence, by)
        begins, end = moments(on, starts, ends)
        if row.state not in {OccurrenceState.PLANNED, OccurrenceState.PENCILLED}:
            raise NotThatStepNow
        if begins < at or row.starts_at < at:
            raise HasBeen
        before = Before.of(row)
        row.on, row.at, row.to, row.starts_at, row.ends_at = on, starts, ends, begins, end
        row.place, row.where = place, "" if place else where.strip()[:80]
        row.village = place.village if place else row.village
        row.note, row.by_hand, row.bus = note.strip()[:200], True, ""
        _asked_no_more(row, by=by, at=at)
        write_line(row, at=at)
        record("activities.move", Ref("occurrence", row.id), by=by, at=at)
        follow([(row, before)], by=by, at=at)
        _tell(row, OccurrenceChanged(occurrence=row.id), at=at)
    return row


def call_off(*, occurrence: Occurrence, because: str, by: Viewer, at: dt.datetime) -> Occurrence:
    """Call one time off, with the reason that stands on the open page. All who come hear it on their own channel."""
    if not because.strip():
        raise SayWhyOff
    with transaction.atomic():
        return _call_off(_own(occurrence, by), because, by=by, at=at)


def _call_off(row: Occurrence, because: str, *, by: Viewer, at: dt.datetime) -> Occurrence:
    if row.state != OccurrenceState.PLANNED:
        raise NotThatStepNow
    if row.ends_at < at:
        raise HasBeen
    row.state, row.note, row.by_hand = OccurrenceState.CALLED_OFF, because.strip()[:200], True
    _asked_no_more(row, by=by, at=at)
    write_line(row, at=at)
    record("activities.call_off", Ref("occurrence", row.id), by=by, at=at)
    give_back_for([row], by=by, at=at)
    _tell(row, OccurrenceOff(occurrence=row.id), at=at)
    return row


def on_again(*, occurrence: Occurrence, by: Viewer, at: dt.datetime) -> Occurrence:
    """Let one that was called off be on again. Those who had meant to come hear it, and what it had is booked again."""
    with transaction.atomic():
        row = _own(occurrence, by)
        if row.state != OccurrenceState.CALLED_OFF or row.ends_at < at:
            raise NotThatStepNow
        row.state, row.note = OccurrenceState.PLANNED, ""
        book_again(row, by=by, at=at)
        write_line(row, at=at)
        record("activities.on_again", Ref("occurrence", row.id), by=by, at=at)
        _tell(row, OccurrenceOn(occurrence=row.id), at=at)
    return row


def note_staff_host(*, occurrence: Occurrence, name: str, by: Viewer, at: dt.datetime) -> Occurrence:
    """Note who of the staff is there (R33); empty is an open line that everyone on the ward sees."""
    with transaction.atomic():
        row = _own(occurrence, by)
        row.staff_host = name.strip()[:60]
        row.save(update_fields=["staff_host"])
        record("activities.staff_host", Ref("occurrence", row.id), by=by, at=at)
    return row


def note_held(*, occurrence: Occurrence, head_count: int | None, by: Viewer, at: dt.datetime) -> Occurrence:
    """Note that it was held, and perhaps how many came. It can be put right afterwards."""
    if head_count is not None and not 0 <= head_count <= 5_000:
        raise NoSuchCount
    with transaction.atomic():
        row = _own(occurrence, by)
        if row.state not in {OccurrenceState.PLANNED, OccurrenceState.HELD} or row.starts_at > at:
            raise NotThatStepNow
        was = row.state
        row.state, row.head_count = OccurrenceState.HELD, head_count
        write_line(row, at=at)
        record("activities.held", Ref("occurrence", row.id), by=by, at=at)
        if was != OccurrenceState.HELD:
            publish(OccurrenceHeld(occurrence=row.id), at=at)
    return row


def call_off_many(
    *, occurrences: Collection[uuid.UUID], because: str, by: Viewer, at: dt.datetime
) -> list[Occurrence]:  # fmt: skip
    """Call off several in one act, as when the weather is bad. Of those that are not one's own none is touched."""
    with transaction.atomic():
        rows = Occurrence.objects.filter(id__in=occurrences, state=OccurrenceState.PLANNED).order_by("id")
        return [call_off(occurrence=row, because=because, by=by, at=at) for row in rows]


def ask_whether_held(
    *, occurrences: Collection[uuid.UUID], because: str, by: Viewer, at: dt.datetime
) -> list[Occurrence]:  # fmt: skip
    """Ask those who hold several times whether they are held, as when the weather is bad; nothing is called off yet.

    The open page says that it is being asked. One answer settles it: `answer_whether_held`. `NobodyToAsk` when a time
    has nobody; then none is asked about.
    """
    if not because.strip():
        raise SayWhyAsked
    asked = []
    with transaction.atomic():
        for found in Occurrence.objects.filter(id__in=occurrences, state=OccurrenceState.PLANNED).order_by("id"):
            row = _own(found, by)
            if row.ends_at < at:
                raise HasBeen
            to = contacts_of(row.host_id, on=wall(at).date()) or contacts_of(row.activity.owner_id, on=wall(at).date())
            if not to:
                raise NobodyToAsk
            row.asked_because = because.strip()[:200]
            row.save(update_fields=["asked_because"])
            record("activities.ask_whether_held", Ref("occurrence", row.id), by=by, at=at)
            for person in to:
                queue(
                    notice=IsItHeld, ref_kind=ASKED, ref_id=row.id, to=person, owner=row.activity.owner_id, by=by,
                    at=at, question_ends=row.ends_at,
                )  # fmt: skip
            asked.append(row)
    return asked


def answer_whether_held(*, occurrence: Occurrence, is_held: bool, by: Viewer, at: dt.datetime) -> Occurrence:
    """Take the answer of one who was asked: it is held, or it is called off for the reason one was asked."""
    with transaction.atomic():
        row = Occurrence.objects.select_for_update(of=("self",)).select_related(*LOCKED).get(id=occurrence.id)
        if not row.asked_because or row.state != OccurrenceState.PLANNED:
            raise NotThatStepNow
        record("activities.answer_whether_held", Ref("occurrence", row.id), by=by, at=at)
        if not is_held:
            return _call_off(row, row.asked_because, by=by, at=at)
        _asked_no_more(row, by=by, at=at)
        row.save(update_fields=["asked_because"])
    return row


def _asked_no_more(row: Occurrence, *, by: Viewer, at: dt.datetime) -> None:
    if row.asked_because:
        row.asked_because = ""
        cancel_for(ref_kind=ASKED, ref_id=row.id, by=by, at=at)


def take_out(row: Occurrence, *, tell: bool, at: dt.datetime) -> None:
    """Take one time out of the programme, inside the caller's act and under its lock; not what was booked for it."""
    was_on = tell and row.state == OccurrenceState.PLANNED
    row.state = OccurrenceState.DROPPED
    write_line(row, at=at)
    if was_on:
        publish(OccurrenceOff(occurrence=row.id), at=at)


def _own(occurrence: Occurrence, by: Viewer) -> Occurrence:
    row = Occurrence.objects.select_for_update(of=("self",)).select_related(*LOCKED).get(id=occurrence.id)
    if not writes_for(by, row.activity.owner_id, row.host_id):
        raise NotYours
    return row


def _tell(row: Occurrence, event: Event, *, at: dt.datetime) -> None:
    """Let the rooms above hear of what is still to come; a draft concerns nobody yet."""
    if row.state != OccurrenceState.PENCILLED and row.on >= wall(at).date():
        publish(event, at=at)
