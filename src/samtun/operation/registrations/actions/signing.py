"""Signing up, several at once; saying that one cannot come; the answer of one who was moved up."""

import datetime as dt
import logging
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import OperationalError, transaction

from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.operation.activities.enums import BY_ONESELF, OccurrenceState, SignUp
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations.actions.line import (
    NotThatStepNow,
    free_places,
    go_to,
    holding,
    locked,
    move_up,
)
from samtun.operation.registrations.actions.minimum import tell_if_enough
from samtun.operation.registrations.enums import RegistrationState as State
from samtun.operation.registrations.enums import Via
from samtun.operation.registrations.models import Registration
from samtun.operation.registrations.notices import SignedUp
from samtun.operation.registrations.queries.door import gives_places, may_see
from samtun.operation.registrations.queries.own import are_theirs
from samtun.operation.registrations.queries.standing import target_of
from samtun.operation.registrations.rules import (
    MOST_AT_ONCE,
    closes_at,
    hash_of,
    is_whole,
    own_token,
    sent_hash,
)
from samtun.people.persons.models import Person
from samtun.people.places.models import Village

log = logging.getLogger(__name__)


class ListClosed(Refused):
    """The list is closed. Ring, and hear whether there is room still."""


class NameMissing(Refused):
    """Write the name of each one who comes."""


class TooMany(Refused):
    """So many cannot be signed up at once. Ring, and we find a way."""


class ChildAlone(Refused):
    """A parent or guardian signs up a child. Write their name, and a number we can ring."""


class NotOn(Refused):
    """This time is not held, or it has begun."""


@dataclass(frozen=True, slots=True)
class Comer:
    """One who comes. `person` only when it is the contact themselves, or somebody we know.

    Of a child nothing but the name is known, and the contact is its guardian.
    """

    name: str
    is_first_time: bool = False
    person: Person | None = None
    is_child: bool = False


@dataclass(frozen=True, slots=True)
class Ride:
    """A wish for a ride there and home, and from which part of the municipality."""

    wanted: bool = False
    village: Village | None = None


@dataclass(frozen=True, slots=True)
class Gear:
    """A wish to borrow gear, and which, in a few words."""

    wanted: bool = False
    size: str = ""


NO_RIDE, NO_GEAR = Ride(), Gear()


def sign_up(
    *, occurrence: Occurrence, contact: Person | None, comers: Sequence[Comer], sent_key: str, via: Via, by: Viewer,
    at: dt.datetime, ride: Ride = NO_RIDE, gear: Gear = NO_GEAR, at_short_notice: bool = False,
) -> list[Registration]:  # fmt: skip
    """Sign several up at once, for a time or for the whole activity; the same page sent twice is one.

    There is room for all of them, or they wait in line together, perhaps able to come at short notice. Who rings after
    the list has closed is signed up by those who hold it.
    """
    named = [one for one in comers if one.name.strip()]
    if not named:
        raise NameMissing
    if len(named) > MOST_AT_ONCE:
        raise TooMany
    if any(one.is_child for one in named) and not (contact and contact.phone):
        raise ChildAlone
    with transaction.atomic():
        time = locked(occurrence)
        before = list(Registration.objects.filter(sent_hash=sent_hash(sent_key)).order_by("number"))
        if before:
            return before
        _may(time, via, by, at=at)
        free = free_places(time)
        state = State.COMING if free is None or len(named) <= free else State.WAITING
        rows = _write(time, contact, named, (ride, gear), state, sent_key, via, by=by, at=at)
        if at_short_notice and state == State.WAITING:
            _say_soon(rows, said=True)
        record("registrations.sign_up", Ref("occurrence", time.id), by=by, at=at, number=len(rows), via=via)
        if contact is not None:
            queue(
                notice=SignedUp, ref_kind="registration", ref_id=rows[0].id, to=contact.id,
                owner=time.activity.owner_id, by=by, at=at,
            )  # fmt: skip
        if state == State.COMING:
            tell_if_enough(time, by=by, at=at)
    return rows


def _may(time: Occurrence, via: Via, by: Viewer, *, at: dt.datetime) -> None:
    """See that the list takes them: by themselves while it is open, by those who hold it until it is over."""
    own = via == Via.OWN
    how = SignUp(time.activity.sign_up)
    if own and (how not in BY_ONESELF or not time.is_open):
        raise NotYours
    if not own and not may_see(by, time):
        raise NotYours
    gives = gives_places(time.activity)
    if how == SignUp.ALLOCATED and not (by.is_system or gives in by.owners):
        raise NotYours
    if time.state != OccurrenceState.PLANNED or time.ends_at <= at:
        raise NotOn
    if own and at >= closes_at(time.activity, time):
        raise ListClosed


def _write(
    time: Occurrence, contact: Person | None, comers: Sequence[Comer], wishes: tuple[Ride, Gear], state: State,
    sent_key: str, via: Via, *, by: Viewer, at: dt.datetime,
) -> list[Registration]:  # fmt: skip
    group, (ride, gear) = uuid7(), wishes
    borrows = gear.wanted and bool(time.activity.gear)
    wants = ride.wanted or time.activity.sign_up == SignUp.RIDE_ONLY
    return Registration.objects.bulk_create(
        Registration(
            activity=time.activity, occurrence=target_of(time.activity, time), group=group, number=number,
            contact=contact, person=None if one.is_child else one.person, is_child=one.is_child,
            borrows_gear=borrows, gear_size=" ".join(gear.size.split())[:60] if borrows else "",
            name=" ".join(one.name.split())[:80],
            is_first_time=one.is_first_time, wants_ride=wants, ride_from=ride.village if wants else None, state=state,
            line_since=at, via=via, made_by="" if by.is_system or via == Via.OWN else by.who, made_at=at,
            sent_hash=sent_hash(sent_key), own_hash=hash_of(own_token(group)),
        )
        for number, one in enumerate(comers)
    )  # fmt: skip


def _say_soon(rows: Sequence[Registration], *, said: bool) -> None:
    for row in rows:
        row.at_short_notice = said
    Registration.objects.filter(id__in=[row.id for row in rows]).update(at_short_notice=said)


def say_short_notice(
    *, group: uuid.UUID, said: bool, by: Viewer, at: dt.datetime, token: str = ""
) -> list[Registration]:
    """Note that those in line can come at short notice, or not after all. What is free late is then theirs to answer.

    It says how it is: said twice it is one, and nobody loses or wins a place in line by it.
    """
    with transaction.atomic():
        time, rows = _locked_rows(_group(group), token, by, at=at)
        waiting = [row for row in rows if row.state == State.WAITING]
        if not waiting or is_whole(time.activity):
            raise NotThatStepNow
        if any(row.at_short_notice != said for row in waiting):
            _say_soon(waiting, said=said)
            record("registrations.short_notice", Ref("occurrence", time.id), by=by, at=at, number=len(waiting))
            if said:
                move_up(time, by=by, at=at)
    return rows


def cancel(*, registrations: Collection[uuid.UUID], by: Viewer, at: dt.datetime, token: str = "") -> list[Registration]:
    """Note that some cannot come. Their places go to the first in line who fit; nobody asks why.

    Leaving the line moves nobody. Said twice it is one.
    """
    with transaction.atomic():
        time, rows = _locked_rows(registrations, token, by, at=at)
        live = [row for row in rows if row.state != State.CANCELLED]
        frees = any(row.state in {State.COMING, State.OFFERED} for row in live)
        for row in live:
            go_to(row, State.CANCELLED, at=at)
        if live:
            record("registrations.cancel", Ref("occurrence", time.id), by=by, at=at, number=len(live))
        if frees:
            move_up(time, by=by, at=at)
    return rows


def accept_place(*, group: uuid.UUID, by: Viewer, at: dt.datetime, token: str = "") -> list[Registration]:
    """Say yes to a place that became free, for all who signed up together."""
    with transaction.atomic():
        time, rows = _locked_rows(_group(group), token, by, at=at)
        offered = [row for row in rows if row.state == State.OFFERED]
        if not offered or any(row.offered_until is None or row.offered_until <= at for row in offered):
            raise NotThatStepNow
        for row in offered:
            go_to(row, State.COMING, at=at)
        record("registrations.accept", Ref("occurrence", time.id), by=by, at=at, number=len(offered))
        tell_if_enough(time, by=by, at=at)
    return rows


def line_up_again(*, group: uuid.UUID, by: Viewer, at: dt.datetime, token: str = "") -> list[Registration]:
    """Put those in line again who did not answer in time, last."""
    with transaction.atomic():
        time, rows = _locked_rows(_group(group), token, by, at=at)
        lapsed = [row for row in rows if row.state == State.LAPSED]
        if not lapsed:
            raise NotThatStepNow
        for row in lapsed:
            go_to(row, State.WAITING, at=at)
            row.line_since = at
            row.save(update_fields=["line_since"])
        record("registrations.line_up", Ref("occurrence", time.id), by=by, at=at, number=len(lapsed))
        move_up(time, by=by, at=at)
    return rows


def pass_on(*, registration: Registration, by: Viewer, at: dt.datetime) -> bool:
    """Let a place go to the next in line when nobody answered in time; return whether it did."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        time = locked(holding(registration, at=at))
        rows = Registration.objects.filter(group=registration.group, state=State.OFFERED, offered_until__lte=at)
        late = list(rows.order_by("number"))
        for row in late:
            go_to(row, State.LAPSED, at=at)
        if late:
            record("registrations.pass_on", Ref("occurrence", time.id), by=by, at=at, number=len(late))
            move_up(time, by=by, at=at)
    return bool(late)


def look_at_lines(*, by: Viewer, at: dt.datetime) -> int:
    """Pass on what nobody answered in time, and move up where there has become more room; return how many lists.

    What breaks for one list stops no other.
    """
    if not by.is_system:
        raise NotYours
    late = Registration.objects.filter(state=State.OFFERED, offered_until__lte=at, number=0)
    for row in late.order_by("id"):
        with _alone(row):
            pass_on(registration=row, by=by, at=at)
    seen = set()
    for row in Registration.objects.filter(state=State.WAITING, number=0, erased_at=None).order_by("id"):
        target = row.occurrence_id or row.activity_id
        if target not in seen:
            seen.add(target)
            with _alone(row):
                move_up(locked(holding(row, at=at)), by=by, at=at)
    return len(seen)


@contextmanager
def _alone(row: Registration) -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except OperationalError:
        raise  # the database was away or two met: the queue tries again
    except Exception:
        log.exception("line_broke", extra={"registration": str(row.id)})


def _group(group: uuid.UUID) -> list[uuid.UUID]:
    return list(Registration.objects.filter(group=group).values_list("id", flat=True))


def _locked_rows(
    registrations: Collection[uuid.UUID], token: str, by: Viewer, *, at: dt.datetime
) -> tuple[Occurrence, list[Registration]]:  # fmt: skip
    """Return the time and the rows as they stand under its lock; NotYours when one is not theirs to change."""
    first = Registration.objects.filter(id__in=registrations, erased_at=None).order_by("id").first()
    if first is None:
        raise NotYours
    time = locked(holding(first, at=at))
    rows = list(Registration.objects.filter(id__in=registrations, erased_at=None).order_by("group", "number"))
    there = (first.activity_id, first.occurrence_id)
    if any((row.activity_id, row.occurrence_id) != there for row in rows):
        raise NotYours
    if not (may_see(by, time) or are_theirs(by, rows, token=token)):
        raise NotYours
    return time, rows
