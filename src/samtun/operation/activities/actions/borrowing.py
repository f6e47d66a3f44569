"""Halls and things are booked with what they are needed for, in the same act, and given back when it is called off."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.db.models import Q

from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import Refused
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.operation.activities.enums import OccurrenceState
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.lending.actions.booking import Borrower, Terms, book
from samtun.operation.lending.actions.handing import cancel, give_back
from samtun.operation.lending.enums import OPEN, Kind, State
from samtun.operation.lending.models import Booking, Lendable
from samtun.operation.lending.queries import taken
from samtun.operation.lending.rules import Slot, check_times

MOST_TIMES = 26
"""So many of the coming times are booked at once: half a year of weeks."""


@dataclass(frozen=True, slots=True)
class Before:
    """When and where a time was, before it was moved."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    place: tuple[uuid.UUID | None, str]

    @classmethod
    def of(cls, row: Occurrence) -> "Before":
        """Return it as it stands on the row."""
        return cls(row.starts_at, row.ends_at, (row.place_id, row.where))


def borrow(
    activity: Activity, things: Sequence[Lendable], *, sent_key: uuid.UUID, by: Viewer, at: dt.datetime
) -> None:  # fmt: skip
    """Book things for the coming times of an activity, inside the caller's act: all of it holds, or none.

    `TimeTaken` when another has one of the times.
    """
    ahead = Occurrence.objects.filter(activity=activity, on__gte=wall(at).date(), state__in=["planned", "pencil"])
    rows = list(ahead.order_by("on")[:MOST_TIMES])
    for thing in things:
        _book_all(activity, rows, thing, by, at=at, sent_key=uuid.uuid5(sent_key, str(thing.id)))


def give_back_for(rows: Sequence[Occurrence], *, by: Viewer, at: dt.datetime) -> None:
    """Give back what was booked for times of an activity that are not held after all, and ask no more for the rest."""
    had = [one for row in rows for one in _of(row.activity, row.starts_at, OPEN)]
    _let_go([one for one in had if one.finishes_at > at], by=by, at=at)


def follow(moved: Sequence[tuple[Occurrence, Before]], *, by: Viewer, at: dt.datetime) -> None:
    """Let what was booked for times of an activity follow them, inside the caller's act; what is asked, is asked once.

    Things come along to the new time. A hall does too while it is held there; when it is held elsewhere the old hall is
    given back, and the hall of the new place is booked where it is one that is lent out. `TimeTaken` when another has
    it then.
    """
    wanted: dict[Lendable, list[Occurrence]] = {}
    left: dict[bool, list[Booking]] = {True: [], False: []}
    for row, before in moved:
        for one, thing in _as_it_was(row, before, at=at):
            left[thing is None].append(one)
            if thing and thing.is_offered and row.starts_at > at and row not in wanted.setdefault(thing, []):
                wanted[thing].append(row)
    for is_told, those in left.items():
        _let_go(those, by=by, at=at, is_moved=True, tell=is_told)
    for thing, rows in wanted.items():
        _book_all(rows[0].activity, rows, thing, by, at=at, sent_key=uuid7())


def _as_it_was(row: Occurrence, before: Before, *, at: dt.datetime) -> list[tuple[Booking, Lendable | None]]:
    """Return what was booked for a time as it was and is to go, with what it needs as it is instead, if anything."""
    moved = (before.starts_at, before.ends_at) != (row.starts_at, row.ends_at)
    left = before.place != (row.place_id, row.where)
    if before.starts_at <= at or not (moved or left):
        return []
    found: list[tuple[Booking, Lendable | None]] = []
    now_at = _hall_at(row) if left else None
    for one in _of(row.activity, before.starts_at, OPEN):
        goes = left and one.lendable.kind == Kind.HALL and one.lendable != now_at
        if goes or moved:
            found.append((one, now_at if goes else one.lendable))
    return found


def take_along(
    gone: Sequence[Occurrence], new: Sequence[Occurrence], *, by: Viewer, at: dt.datetime
) -> None:  # fmt: skip
    """Give back what was booked for days that are gone from a series, and book it on those that came instead.

    `TimeTaken` when another has one of them. A hall is booked where the series is held in it, or else the hall of the
    new place, where that is one that is lent out.
    """
    had = {row.id: [one.lendable for one in _of(row.activity, row.starts_at, OPEN)] for row in gone}
    give_back_for(gone, by=by, at=at)
    places = {(row.place_id, row.where, one.id) for row in gone for one in had[row.id]}
    wanted: dict[Lendable, list[Occurrence]] = {}
    for row in sorted(new, key=lambda row: row.starts_at)[:MOST_TIMES]:
        for thing in {one for things in had.values() for one in things}:
            here = thing.kind != Kind.HALL or (row.place_id, row.where, thing.id) in places
            if booked := thing if here else _hall_at(row):
                wanted.setdefault(booked, []).append(row)
    for thing, rows in wanted.items():
        _book_all(gone[0].activity, rows, thing, by, at=at, sent_key=uuid7())


def book_on(activity: Activity, *, by: Viewer, at: dt.datetime) -> None:
    """Book for the coming half year what a series that goes on has booked so far; what another has is waited for.

    Where the owner answers, all of it is asked for at once. What was given back for the last time it was booked for
    is let be.
    """
    of_it = Booking.objects.filter(ref_kind="programme", ref_id=activity.id).order_by("lendable", "-begins_at", "-id")
    last = [one for one in of_it.distinct("lendable").select_related("lendable") if one.state in OPEN]
    ahead = Occurrence.objects.filter(activity=activity, starts_at__gt=at, state=OccurrenceState.PLANNED)
    coming = list(ahead.select_related("activity__owner", "place").order_by("starts_at")[:MOST_TIMES]) if last else []
    for one in last:
        rest = [row for row in coming if row.starts_at > one.begins_at]
        if one.lendable.kind == Kind.HALL:
            rest = [row for row in rest if _hall_at(row) in {one.lendable, None}]
        if one.lendable.is_offered:
            _book_what_can_be(activity, rest, one.lendable, by, at=at)


def _book_what_can_be(
    activity: Activity, rows: Sequence[Occurrence], thing: Lendable, by: Viewer, *, at: dt.datetime
) -> None:  # fmt: skip
    """Book those of some times that can be booked, all in one act, and wait for those that another has."""
    slots = {row: _slot(row) for row in rows if _can_be(thing, _slot(row), at=at)}
    lost = taken(thing, list(slots.values()))
    free, alone = [row for row, slot in slots.items() if slot not in lost], list(slots)
    with suppress(Refused):  # some are others' first, or lie over one another: each for itself then
        _book_all(activity, free, thing, by, at=at, sent_key=uuid7())
        alone = [row for row, slot in slots.items() if slot in lost]
    for row in alone:
        with suppress(Refused):
            _book_one(row, thing, by, at=at, waits=True)


def _can_be(thing: Lendable, slot: Slot, *, at: dt.datetime) -> bool:
    """Tell whether a thing is lent out then, and so long ahead, as it would be to anybody."""
    try:
        check_times(thing, [slot], at=at)
    except Refused:
        return False
    return True


def book_again(row: Occurrence, *, by: Viewer, at: dt.datetime) -> None:
    """Book again what was given back when a time was called off; what another has got is waited for."""
    ended = _of(row.activity, row.starts_at, (State.GIVEN_BACK, State.CANCELLED))
    last = [one for one in ended if one.ended_at == ended[0].ended_at]
    for thing in {one.lendable_id: one.lendable for one in last}.values():
        _book_one(row, thing, by, at=at, waits=True)


def lacks(row: Occurrence) -> list[str]:
    """Return the halls and things that somebody else has then, and that are waited for."""
    return [one.lendable.name for one in _of(row.activity, row.starts_at, (State.WAITING,))]


def waited_for(activity: Activity, *, at: dt.datetime) -> list[tuple[str, dt.date]]:
    """Return the halls and things that somebody else has at coming times of an activity, and when."""
    rows = Booking.objects.filter(ref_kind="programme", ref_id=activity.id, begins_at__gt=at, state=State.WAITING)
    return list(rows.order_by("begins_at", "id").values_list("lendable__name", "on"))


def _of(activity: Activity, begins: dt.datetime, states: Collection[State]) -> list[Booking]:
    rows = Booking.objects.filter(ref_kind="programme", ref_id=activity.id, begins_at=begins, state__in=states)
    return list(rows.select_related("lendable__owner", "for_owner", "contact").order_by("-ended_at", "id"))


def _let_go(
    bookings: Iterable[Booking], *, by: Viewer, at: dt.datetime, is_moved: bool = False, tell: bool = True
) -> None:  # fmt: skip
    """Give back what is booked and ask no more for the rest. What is the last of one act goes, and is told, in one."""
    acts: dict[tuple[uuid.UUID, uuid.UUID], list[Booking]] = {}
    for one in sorted(bookings, key=lambda one: one.begins_at):
        acts.setdefault((one.sent_key, one.lendable_id), []).append(one)
    for (key, thing), those in acts.items():
        after = Booking.objects.filter(sent_key=key, lendable=thing, begins_at__gte=those[0].begins_at)
        whole = len({one.state for one in those}) == 1 and after.filter(state__in=OPEN).count() == len(those)
        for one in those[:1] if whole else those:
            if one.state == State.BOOKED:
                give_back(booking=one, whole=whole, by=by, at=at, vouched=True, tell=tell, unties=is_moved)
            elif one.state in {State.ASKED, State.WAITING}:
                cancel(booking=one, words="", whole=whole, by=by, at=at, vouched=True, tell=tell, unties=is_moved)


def _book_one(row: Occurrence, thing: Lendable, by: Viewer, *, at: dt.datetime, waits: bool = False) -> None:
    if row.starts_at > at and thing.is_offered:
        _book_all(row.activity, [row], thing, by, at=at, sent_key=uuid7(), waits=waits)


def _book_all(
    activity: Activity, rows: Sequence[Occurrence], thing: Lendable, by: Viewer, *, at: dt.datetime,
    sent_key: uuid.UUID, waits: bool = False,
) -> None:  # fmt: skip
    """Book a thing for times of an activity, all or none, for its owner: whoever may change it borrows for it."""
    if rows:
        book(
            lendable=thing, slots=[_slot(row) for row in rows], borrower=Borrower(activity.owner, vouched=True), by=by,
            at=at, sent_key=sent_key,
            terms=Terms(what=activity.title, ref=Ref("programme", activity.id), waits=waits),
        )  # fmt: skip


def _slot(row: Occurrence) -> Slot:
    return Slot.of(row.on, row.at, row.to)


def _hall_at(row: Occurrence) -> Lendable | None:
    """Return the hall that is lent out under the name of the place where it is held; None where there is none."""
    rows = Lendable.objects.filter(kind=Kind.HALL, is_offered=True, name__iexact=row.place_name)
    if row.place is not None:
        rows = rows.filter(Q(village=None) | Q(village=row.place.village_id))
    return rows.order_by("id").first() if row.place_name else None
