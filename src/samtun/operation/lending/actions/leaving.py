"""When one who borrows dies, an organisation leaves, or time is out (R113, ADR 20)."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import hush
from samtun.operation.lending.actions.handing import cancel, give_back
from samtun.operation.lending.actions.season import cancel_season
from samtun.operation.lending.actions.telling import KEPT, desk, go_to, note
from samtun.operation.lending.actions.things import put_away
from samtun.operation.lending.actions.wishing import STANDS, take_back_wish
from samtun.operation.lending.enums import OPEN, State, StepKind
from samtun.operation.lending.models import Booking, BookingStep, Lendable, Season, SeasonClub
from samtun.operation.lending.queries import batch_of
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.persons.actions import bring_back, note_stilled
from samtun.people.persons.models import Passing
from samtun.people.persons.queries import everyone_of, stilled_by
from samtun.work.todos.actions import close_todos, open_todo

RELATED = ("lendable__owner", "for_owner", "contact")


def person_died(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Say nothing more to one who has died, in the transaction of the act.

    What an organisation borrows goes on, and another of its own hears. What they borrowed for themselves waits on the
    owner's desk: a person decides.
    """
    if not by.is_system:
        raise NotYours
    everyone = everyone_of(passing.person_id)
    with transaction.atomic():
        theirs = Booking.objects.filter(contact__in=everyone)
        steps = BookingStep.objects.filter(booking__in=theirs).values_list("id", flat=True)
        note_stilled(passing.id, hushed=hush(about=[Ref("booking_step", key) for key in steps], at=at))
        ahead = theirs.filter(finishes_at__gt=at, state__in=OPEN).select_related(*RELATED).order_by("begins_at", "id")
        before = {row.id: {"contact": str(row.contact_id)} for row in ahead if row.for_owner_id}
        if before:
            note_stilled(passing.id, kind="booking", before=before)
            Booking.objects.filter(id__in=before).update(contact=None)
        clubs = SeasonClub.objects.filter(contact__in=everyone, season__ends__gte=wall(at).date())
        talked = {row.id: {"contact": str(row.contact_id)} for row in clubs}
        if talked:
            note_stilled(passing.id, kind="season_club", before=talked)
            SeasonClub.objects.filter(id__in=talked).update(contact=None)
        seen = set()
        for row in ahead:
            if row.for_owner_id is None and (row.sent_key, row.lendable_id) not in seen:
                seen.add((row.sent_key, row.lendable_id))
                _due(row, "borrower_died", at=at)


def _due(row: Booking, reason: str, *, at: dt.datetime) -> None:
    owner = row.lendable.owner_id
    open_todo(
        ref=Ref("booking", row.id), reason=reason, about=row.lendable.name[:120],
        due=opening_hours_of(owner).after_days(wall(at), 1), owner=owner, audience=Permission.PUBLISH, at=at,
    )  # fmt: skip


def death_taken_back(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Undo a mistake: they are the one we talk with again."""
    if not by.is_system:
        raise NotYours
    everyone, back = everyone_of(passing.person_id), set()
    with transaction.atomic():
        for row in stilled_by(passing.id, "booking"):
            nobody = Booking.objects.filter(id=row.ref_id, contact=None, erased_at=None)
            if nobody.update(contact=row.before["contact"]):
                back.add(row.ref_id)
        for row in stilled_by(passing.id, "season_club"):
            if SeasonClub.objects.filter(id=row.ref_id, contact=None).update(contact=row.before["contact"]):
                back.add(row.ref_id)
        for key in Booking.objects.filter(contact__in=everyone).values_list("id", flat=True):
            close_todos(ref=Ref("booking", key), by=by, at=at, reasons=("borrower_died",))
        bring_back(passing.id, kinds=("booking", "season_club"), back=back)


def owner_left(*, owner: Owner, words: str, by: Viewer, at: dt.datetime) -> int:
    """End what an organisation that has left lends out, shares out, has wished for and has borrowed.

    Whoever borrows or has wished hears it. Return how many bookings it was.
    """
    if not by.is_system:
        raise NotYours
    theirs = Viewer.system(by.tenant, frozenset({owner.id}))
    with transaction.atomic():
        for thing in Lendable.objects.filter(owner=owner, is_offered=True).order_by("id"):
            put_away(lendable=thing, by=theirs, at=at)
        seasons = Season.objects.filter(lendable__owner=owner, state__in=STANDS)
        for season in seasons.order_by("id"):
            cancel_season(season=season, words=words[:400], by=theirs, at=at)
        wished = SeasonClub.objects.filter(for_owner=owner, season__state__in=STANDS)
        for club in wished.select_related("season").order_by("id"):
            take_back_wish(club=club, by=theirs, at=at)
        lent = Booking.objects.filter(lendable__owner=owner, finishes_at__gt=at)
        ended = _end(list(lent.select_related(*RELATED)), words, by=by, at=at)
        own = Booking.objects.filter(for_owner=owner, begins_at__gt=at).exclude(lendable__owner=owner)
        ended += _let_go(list(own.order_by("begins_at", "id")), by=theirs, at=at)
    return ended


def _end(rows: list[Booking], words: str, *, by: Viewer, at: dt.datetime) -> int:
    told, ended = set(), 0
    for row in sorted(rows, key=lambda r: (r.begins_at, r.id)):
        if row.state not in {State.ASKED, State.WAITING, State.BOOKED}:
            continue
        go_to(row, State.CANCELLED, at=at)
        ended += 1
        if (row.sent_key, row.lendable_id) not in told:
            told.add((row.sent_key, row.lendable_id))
            note(row, StepKind.CANCELLED, by=by, at=at, words=words, tell=True)
            record("lending.cancel", Ref("booking", row.id), by=by, at=at)
        desk(batch_of(row), by=by, at=at)
    return ended


def _let_go(rows: list[Booking], *, by: Viewer, at: dt.datetime) -> int:
    """Give back what is booked, and ask no more for the rest, a batch at a time; who waits for the time hears."""
    ended: set[uuid.UUID] = set()
    for row in rows:
        if row.state == State.BOOKED and row.id not in ended:
            ended |= {one.id for one in give_back(booking=row, whole=True, by=by, at=at, tell=False)}
    for row in rows:
        if row.state in {State.ASKED, State.WAITING} and row.id not in ended:
            ended |= {one.id for one in cancel(booking=row, words="", whole=True, by=by, at=at, tell=False)}
    return len(ended)


def erase(*, booking: Booking, by: Viewer, at: dt.datetime) -> bool:
    """Erase who it was and what it was for, of a whole batch, a year after; hours and thing stay for the count.

    Return whether it was time.
    """
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        rows = Booking.objects.filter(sent_key=booking.sent_key, lendable=booking.lendable_id)
        if rows.filter(finishes_at__gt=at - KEPT).exists():
            return False
        keys = list(rows.values_list("id", flat=True))
        rows.update(contact=None, what="", erased_at=at)
        BookingStep.objects.filter(booking__in=keys).update(words="", by_words="")
        record("lending.erase", Ref("booking", booking.id), by=by, at=at)
    return True
