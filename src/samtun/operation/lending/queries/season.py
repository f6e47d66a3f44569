"""Seasons: for those who share out, for those who wish, and who has first right to time that is given back."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from samtun.foundation import refs
from samtun.foundation.audit import saw
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import NotYours
from samtun.operation.lending.enums import SeasonState, State
from samtun.operation.lending.models import Booking, Lendable, Season, SeasonClub, SeasonTime
from samtun.operation.lending.queries.times import held_between
from samtun.operation.lending.rules import (
    CHILDREN_FIRST,
    FIRST,
    Slot,
    Span,
    Terrain,
    Weekly,
    Wisher,
    days_within,
    held,
    not_lent_then,
    sees_lent,
)
from samtun.partners.organisations.queries import who_answers_for
from samtun.partners.organisations.rules import public_holidays

RELATED = ("lendable__owner",)


@dataclass(frozen=True, slots=True)
class ClubLine:
    """One club in a season: its wishes with how each went, and what it gets."""

    club: SeasonClub
    wishes: tuple[SeasonTime, ...]
    given: tuple[SeasonTime, ...]

    @property
    def got(self) -> int:
        """How many minutes a week it gets."""
        return sum(weekly(row).minutes for row in self.given)

    @property
    def lacks(self) -> int:
        """How many minutes a week it gets less than it asked for."""
        return max(self.club.minutes - self.got, 0) if self.club.wished_at else 0


@dataclass(frozen=True, slots=True)
class Collision:
    """A time that is given, and the dates of it that another has already, of so many."""

    club: str
    time: Weekly
    lost: tuple[Slot, ...]
    dates: int


def weekly(row: SeasonTime) -> Weekly:
    """Return the time of a row."""
    return Weekly(row.weekday, row.starts, row.ends)


def season_for(viewer: Viewer, season: uuid.UUID) -> Season:
    """Return one for those who share it out; NotYours otherwise."""
    found = Season.objects.select_related(*RELATED).filter(id=season).first()
    if found is None or not sees_lent(viewer, found.lendable.owner_id):
        raise NotYours
    return found


def season_to_wish(viewer: Viewer, season: uuid.UUID) -> Season:
    """Return one for whoever may wish: all who borrow for an organisation; NotYours otherwise."""
    found = Season.objects.select_related(*RELATED).filter(id=season, lendable__owner__left_on=None).first()
    if found is None or not (viewer.is_system or viewer.may(Permission.PUBLISH)):
        raise NotYours
    return found


def seasons_of(viewer: Viewer, *, on: dt.date) -> list[Season]:
    """Return what one shares out, and what one can wish in or has wished in, the next first; one statement."""
    mine = Q(lendable__owner__in=viewer.owners) | Q(clubs__for_owner__in=viewer.owners)
    wanted = mine | Q(state=SeasonState.OPEN, deadline__gte=on, lendable__is_offered=True)
    rows = Season.objects.filter(wanted, ends__gte=on, lendable__owner__left_on=None).select_related(*RELATED)
    return list(rows.order_by("deadline", "name", "id").distinct())


def seasons_to_wish_in(viewer: Viewer, *, on: dt.date) -> list[Season]:
    """Return those one is asked to wish in, or has wished in, while one still can; one statement."""
    rows = Season.objects.filter(state=SeasonState.OPEN, deadline__gte=on, clubs__for_owner__in=viewer.owners)
    return list(rows.select_related(*RELATED).order_by("deadline", "id").distinct())


def open_season_of(lendable: Lendable, *, on: dt.date) -> Season | None:
    """Return the season of a thing in which one can wish now."""
    rows = Season.objects.filter(lendable=lendable, state=SeasonState.OPEN, deadline__gte=on)
    return rows.order_by("deadline", "id").first()


def lines_of(season: Season) -> list[ClubLine]:
    """Return all in a season, by name: those who have wished first, with who is behind each logged as listed."""
    clubs = list(SeasonClub.objects.filter(season=season).select_related("for_owner", "contact"))
    found = _with_times(clubs)
    saw(*(one.contact_id for one in clubs), how="listed")
    return sorted(found, key=lambda line: (line.club.wished_at is None, line.club.for_owner.name, str(line.club.id)))


def lines_for(viewer: Viewer, season: Season) -> list[ClubLine]:
    """Return one's own in a season, and nobody else's."""
    clubs = SeasonClub.objects.filter(season=season, for_owner__in=viewer.owners).select_related("for_owner", "contact")
    return _with_times(list(clubs.order_by("for_owner__name", "id")))


def line_of(club: SeasonClub) -> ClubLine:
    """Return one club's wishes and times."""
    return _with_times([club])[0]


def _with_times(clubs: Sequence[SeasonClub]) -> list[ClubLine]:
    rows = list(SeasonTime.objects.filter(club__in=clubs).order_by("rank", "weekday", "starts", "id"))
    return [
        ClubLine(
            club, tuple(row for row in rows if row.club_id == club.id and not row.is_given),
            tuple(sorted(
                (row for row in rows if row.club_id == club.id and row.is_given), key=lambda r: (r.weekday, r.starts)
            )),
        )
        for club in clubs
    ]  # fmt: skip


def slots_of(season: Season, time: Weekly) -> list[Slot]:
    """Return the dates of a weekly time in a season: without holidays where it says so, and when it is lent out."""
    left_out: set[dt.date] = set()
    if season.leaves_out:
        for year in range(season.starts.year, season.ends.year + 1):
            left_out |= {*public_holidays(year), dt.date(year, 12, 24)}
    days = days_within(season.starts, season.ends, time.weekday, without=left_out)
    slots = [Slot.of(day, time.starts, time.ends) for day in days]
    return [slot for slot in slots if not not_lent_then(season.lendable, slot)]


def spans_in(season: Season) -> list[Span]:
    """Return what others have of the hall in a season; one statement."""
    end = at_wall(season.ends + dt.timedelta(days=1), dt.time())
    return held_between(season.lendable, at_wall(season.starts, dt.time()), end)


def lost_of(season: Season, slots: Sequence[Slot], spans: Sequence[Span]) -> tuple[Slot, ...]:
    """Return which of some dates others have."""
    return tuple(slot for slot in slots if any(held(slot, season.lendable).over(span) for span in spans))


def terrain_of(season: Season, times: Sequence[Weekly], *, on: dt.date) -> Terrain:
    """Return what is shared out of: a time others have on more than half of its dates is not free."""
    spans, busy = spans_in(season), []
    for time in sorted(set(times)):
        slots = slots_of(season, time)
        if 2 * len(lost_of(season, slots, spans)) > len(slots) or not slots:
            busy.append(time)
    return Terrain(season.lendable.buffer_minutes, tuple(busy), season.lot, bool(CHILDREN_FIRST.read(on)))


def wishers_of(season: Season, lines: Sequence[ClubLine]) -> list[Wisher]:
    """Return those who wish, with what each lacked the last time this hall was shared out."""
    lacked = _lacked_last(season)
    return [
        Wisher(
            line.club.for_owner_id, line.club.minutes, tuple(weekly(row) for row in line.wishes),
            line.club.for_children, lacked.get(line.club.for_owner_id, 0),
        )
        for line in lines
        if line.club.wished_at and line.club.for_owner.left_on is None
    ]  # fmt: skip


def _lacked_last(season: Season) -> dict[uuid.UUID, int]:
    before = Season.objects.filter(lendable=season.lendable_id, state=SeasonState.DECIDED, starts__lt=season.starts)
    last = before.order_by("-starts", "-id").first()
    if last is None:
        return {}
    clubs = SeasonClub.objects.filter(season=last, wished_at__isnull=False)
    return {line.club.for_owner_id: line.lacks for line in _with_times(list(clubs))}


def collisions_of(season: Season, lines: Sequence[ClubLine], *, at: dt.datetime) -> list[Collision]:
    """Return what is given that others have some dates of already, before anything is booked; one statement."""
    spans, found = spans_in(season), []
    for line in lines:
        for row in line.given:
            time = weekly(row)
            slots = [slot for slot in slots_of(season, time) if slot.begins_at > at]
            if lost := lost_of(season, slots, spans):
                found.append(Collision(line.club.for_owner.name, time, lost, len(slots)))
    return found


def whom_to_tell_of(club: SeasonClub, *, at: dt.datetime) -> list[uuid.UUID]:
    """Return who hears for a club: the one we talk with, else those who answer for it."""
    return [club.contact_id] if club.contact_id else who_answers_for(club.for_owner_id, on=wall(at).date())


def lacking_of(row: Booking) -> list[ClubLine]:
    """Return who got less than they wished in a booking's season, without its own club; those who lack most first."""
    if row.ref_kind != "season" or row.ref_id is None:
        return []
    clubs = SeasonClub.objects.filter(season=row.ref_id, season__state=SeasonState.DECIDED, wished_at__isnull=False)
    rest = clubs.exclude(for_owner=row.for_owner_id).filter(for_owner__left_on=None).select_related("for_owner")
    lines = [line for line in _with_times(list(rest)) if line.lacks]
    return sorted(lines, key=lambda line: (-line.lacks, str(line.club.for_owner_id)))


def first_until(row: Booking) -> dt.datetime:
    """Return how long those who lacked have first right to a time given back: a day, or half of what is left."""
    ended = row.ended_at or row.begins_at
    return ended + min(FIRST, max(row.begins_at - ended, dt.timedelta()) / 2)


def first_right(lendable: Lendable, slots: Sequence[Slot], *, at: dt.datetime) -> frozenset[uuid.UUID]:
    """Return who alone may have some time just now, since it was given back and they lacked; none for everybody."""
    if not slots:
        return frozenset()
    begins, finishes = min(s.begins_at for s in slots), max(s.finishes_at for s in slots)
    rows = Booking.objects.filter(
        lendable=lendable, ref_kind="season", state=State.GIVEN_BACK, ended_at__gt=at - FIRST,
        begins_at__lt=finishes, finishes_at__gt=begins,
    )  # fmt: skip
    for row in rows.order_by("begins_at", "id"):
        span = Span(row.begins_at, row.finishes_at)
        if first_until(row) > at and any(Span(s.begins_at, s.finishes_at).over(span) for s in slots):
            lacking = lacking_of(row)
            if lacking:
                return frozenset(line.club.for_owner_id for line in lacking)
    return frozenset()


def _find(viewer: Viewer, season: uuid.UUID) -> tuple[str, str] | None:
    found = Season.objects.select_related("lendable").filter(id=season).first()
    if found is None:
        return None
    if sees_lent(viewer, found.lendable.owner_id):
        return f"{found.name}, {found.lendable.name}", reverse("season", args=[found.id])
    wishes = viewer.may(Permission.PUBLISH)
    return (f"{found.name}, {found.lendable.name}", reverse("season_wish", args=[found.id])) if wishes else None


refs.register(refs.RefKind("season", _find))
