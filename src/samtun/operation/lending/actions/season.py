"""A season is opened, wished in, proposed, changed by a person and decided: one act books all of it, or nothing."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext

from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.operation.lending.actions.booking import Borrower, Terms, TimeTaken, book
from samtun.operation.lending.actions.telling import KEPT, NotThatStepNow, kept, said
from samtun.operation.lending.actions.wishing import STANDS, changed, check_within, locked_season, write_times
from samtun.operation.lending.actions.wishing import SameWish as TimeTwice
from samtun.operation.lending.enums import SeasonState, Via, Why
from samtun.operation.lending.models import Lendable, Season, SeasonClub, SeasonTime
from samtun.operation.lending.notices import SeasonTold
from samtun.operation.lending.queries import season as queries
from samtun.operation.lending.rules import (
    AHEAD,
    TooFarAhead,
    Weekly,
    days_within,
    drawn,
    explained,
    lends,
    share_out,
)
from samtun.partners.organisations.queries import opening_hours_of
from samtun.work.todos.actions import close_todos, open_todo

PROPOSED_AT = dt.time(6)


class NoDays(Refused):
    """There is no such day between the two dates. Choose other days, or a longer season."""


class EndsBeforeStart(Refused):
    """The season must end after it begins."""


class DeadlineAfterStart(Refused):
    """The last day to wish must be before the season begins."""


class DeadlineHasBeen(Refused):
    """The last day to wish must be today or later."""


class HoursOutside(Refused):
    """Choose hours within those it is lent out."""


class NotYet(Refused):
    """Wishes may still come. It is shared out when the last day to wish has been."""


class GivenToOther(Refused):
    """Another has that time in the proposal. Change theirs first."""


class SomebodyChanged(Refused):
    """Somebody has changed this meanwhile. Look at what stands now."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is shared out, as it is written."""

    name: str
    starts: dt.date
    ends: dt.date
    weekdays: tuple[int, ...]
    opens: dt.time
    closes: dt.time
    deadline: dt.date
    leaves_out: bool = True


def open_season(
    *, lendable: Lendable, plan: Plan, asked: Sequence[Owner], sent_key: uuid.UUID, by: Viewer, at: dt.datetime
) -> Season:  # fmt: skip
    """Open a season for wishes, and tell those who are asked; the same page sent twice is one season."""
    if not lends(by, lendable.owner_id):
        raise NotYours
    name = said(plan.name, 80)
    _check_plan(lendable, plan, today=wall(at).date())
    with transaction.atomic():
        thing = kept(lendable.id)
        before = Season.objects.filter(sent_key=sent_key).first()
        if before:
            return before
        made = Season.objects.create(
            lendable=thing, name=name, starts=plan.starts, ends=plan.ends, weekdays=sorted(set(plan.weekdays)),
            opens=plan.opens, closes=plan.closes, deadline=plan.deadline, leaves_out=plan.leaves_out,
            lot=int(drawn(0, sent_key)[:6], 16) % 1_000_000, made_at=at, sent_key=sent_key,
        )  # fmt: skip
        clubs = [SeasonClub(season=made, for_owner=one, made_at=at) for one in asked]
        SeasonClub.objects.bulk_create(clubs)
        record("lending.season_open", Ref("season", made.id), by=by, at=at, number=len(clubs))
        _tell(made, clubs, by=by, at=at)
        ready = at_wall(made.deadline + dt.timedelta(days=1), PROPOSED_AT)
        defer("lending.propose_season", season_id=made.id, schedule_in=int((ready - at).total_seconds()) + 1)
        _forget_later(made, at=at)
    return made


def _check_plan(lendable: Lendable, plan: Plan, *, today: dt.date) -> None:
    if plan.ends <= plan.starts:
        raise EndsBeforeStart
    if plan.deadline >= plan.starts:
        raise DeadlineAfterStart
    if plan.deadline < today:
        raise DeadlineHasBeen
    if plan.ends - today > AHEAD:
        raise TooFarAhead
    if not any(days_within(plan.starts, plan.ends, day) for day in plan.weekdays):
        raise NoDays
    first, last = lendable.opens or dt.time(), lendable.closes or dt.time.max
    if not first <= plan.opens < plan.closes <= last:
        raise HoursOutside


def propose(*, season: Season, by: Viewer, at: dt.datetime) -> Season:
    """Propose who gets what, by the rule that stands on the page; instead of what was proposed or changed before."""
    with transaction.atomic():
        return _propose(_lender(season, by), by=by, at=at)


def _propose(found: Season, *, by: Viewer, at: dt.datetime) -> Season:
    if wall(at).date() <= found.deadline:
        raise NotYet
    lines = queries.lines_of(found)
    wishers = queries.wishers_of(found, lines)
    times = [time for one in wishers for time in one.wishes]
    terrain = queries.terrain_of(found, times, on=wall(at).date())
    given = share_out(wishers, terrain)
    SeasonTime.objects.filter(club__season=found, is_given=True).delete()
    for line in lines:
        mine, ranked = given.get(line.club.for_owner_id, ()), {queries.weekly(row): row.rank for row in line.wishes}
        write_times(line.club, mine, is_given=True, ranks=[ranked[time] for time in mine])
    found.state = SeasonState.PROPOSED
    changed(found)
    _say_why(found, at=at)
    record("lending.season_propose", Ref("season", found.id), by=by, at=at)
    owner = found.lendable.owner_id
    open_todo(
        ref=Ref("season", found.id), reason="season_proposed", about=found.name,
        due=opening_hours_of(owner).after_days(wall(at), 3), owner=owner, audience=Permission.PUBLISH, at=at,
    )  # fmt: skip
    return found


def propose_when_ready(*, season: Season, by: Viewer, at: dt.datetime) -> bool:
    """Propose when the last day to wish has been, unless a person has already; return whether it did."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        found = locked_season(season)
        ready = found.state == SeasonState.OPEN and wall(at).date() > found.deadline
        if ready:
            _propose(found, by=by, at=at)
    return ready


def give(*, club: SeasonClub, times: Sequence[Weekly], by: Viewer, at: dt.datetime) -> SeasonClub:
    """Give a club other times than were proposed, as the person who shares out will have it."""
    with transaction.atomic():
        season = _lender(club.season, by)
        if season.state != SeasonState.PROPOSED:
            raise NotThatStepNow
        gap = season.lendable.buffer_minutes
        for number, time in enumerate(times):
            check_within(season, time)
            if any(time.over(other, gap) for other in times[:number]):
                raise TimeTwice
        rows = SeasonTime.objects.filter(club__season=season, is_given=True)
        for row in rows.exclude(club=club).select_related("club__for_owner").order_by("weekday", "starts", "id"):
            if any(time.over(queries.weekly(row), gap) for time in times):
                words = gettext("%(name)s has %(time)s in the proposal. Change theirs first.")
                raise GivenToOther(words % {"name": row.club.for_owner.name, "time": queries.weekly(row)})
        wished = {queries.weekly(row): row.rank for row in SeasonTime.objects.filter(club=club, is_given=False)}
        rows.filter(club=club).delete()
        write_times(club, times, is_given=True, ranks=[wished.get(time, 0) for time in times])
        changed(season)
        _say_why(season, at=at)
        record("lending.season_change", Ref("season", season.id), by=by, at=at)
    return club


def decide(
    *, season: Season, version: int, by: Viewer, at: dt.datetime, words: str = "", leave_out: bool = False
) -> Season:  # fmt: skip
    """Decide: all times are booked for the whole season in this act, and everyone who wished is told what and why.

    TimeTaken says which dates others have; with `leave_out` those are left out. Nothing is booked otherwise.
    """
    answer = said(words, may_be_empty=True)
    with transaction.atomic():
        found = _lender(season, by)
        if found.state != SeasonState.PROPOSED:
            raise NotThatStepNow
        if found.version != version:
            raise SomebodyChanged
        lines = queries.lines_of(found)
        lost = [slot for one in queries.collisions_of(found, lines, at=at) for slot in one.lost]
        if lost and not leave_out:
            raise TimeTaken(sorted(lost))
        for line in lines:
            for row in line.given:
                _book(found, line.club, row, by=by, at=at)
        found.state, found.answer, found.settled_at = SeasonState.DECIDED, answer, at
        changed(found)
        record("lending.season_decide", Ref("season", found.id), by=by, at=at)
        close_todos(ref=Ref("season", found.id), by=by, at=at)
        _tell(found, [line.club for line in lines if line.club.wished_at], by=by, at=at)
    return found


def _book(season: Season, club: SeasonClub, row: SeasonTime, *, by: Viewer, at: dt.datetime) -> None:
    slots = [slot for slot in queries.slots_of(season, queries.weekly(row)) if slot.begins_at > at]
    if len(queries.lost_of(season, slots, queries.spans_in(season))) == len(slots):
        return
    terms = Terms(what=season.name, via=Via(club.via), leave_out=True, quiet=True, ref=Ref("season", season.id))
    book(
        lendable=season.lendable, slots=slots, borrower=Borrower(club.for_owner, club.contact), sent_key=row.id,
        by=by, at=at, terms=terms,
    )  # fmt: skip


def cancel_season(*, season: Season, words: str, by: Viewer, at: dt.datetime) -> Season:
    """Share it out after all not; who was asked or has wished hears why. The record stays."""
    answer = said(words)
    with transaction.atomic():
        found = _lender(season, by)
        if found.state not in STANDS:
            raise NotThatStepNow
        found.state, found.answer, found.settled_at = SeasonState.CANCELLED, answer, at
        changed(found)
        record("lending.season_cancel", Ref("season", found.id), by=by, at=at)
        close_todos(ref=Ref("season", found.id), by=by, at=at)
        _tell(found, list(SeasonClub.objects.filter(season=found)), by=by, at=at)
    return found


def erase_season(*, season: Season, by: Viewer, at: dt.datetime) -> bool:
    """Erase who wished and their words a year after the season, decided or not; how it was shared out stays.

    Return whether it did.
    """
    if not by.is_system:
        raise NotYours
    if at < at_wall(season.ends, dt.time()) + KEPT:
        return False
    with transaction.atomic():
        SeasonClub.objects.filter(season=season).update(contact=None, words="")
        Season.objects.filter(id=season.id).update(erased_at=at)
        record("lending.season_erase", Ref("season", season.id), by=by, at=at)
    return True


def _forget_later(season: Season, *, at: dt.datetime) -> None:
    """See that who wished is erased a year after, whatever becomes of the season until then."""
    after = at_wall(season.ends, dt.time()) + KEPT
    defer("lending.erase_season", season_id=season.id, schedule_in=max(int((after - at).total_seconds()), 0) + 1)


def _lender(season: Season, by: Viewer) -> Season:
    found = locked_season(season)
    if not lends(by, found.lendable.owner_id):
        raise NotYours
    if found.state not in STANDS:
        raise NotThatStepNow
    return found


def _say_why(season: Season, *, at: dt.datetime) -> None:
    """Write on each wish how it went, as the proposal stands now."""
    lines = queries.lines_of(season)
    wishers = {one.key: one for one in queries.wishers_of(season, lines)}
    times = [time for one in wishers.values() for time in one.wishes]
    terrain = queries.terrain_of(season, times, on=wall(at).date())
    given = {line.club.for_owner_id: [queries.weekly(row) for row in line.given] for line in lines}
    rows = []
    for line in lines:
        if line.club.for_owner_id in wishers:
            for row, why in zip(line.wishes, explained(wishers[line.club.for_owner_id], given, terrain), strict=True):
                row.why = Why(why)
                rows.append(row)
    SeasonTime.objects.bulk_update(rows, ["why"])


def _tell(season: Season, clubs: Sequence[SeasonClub], *, by: Viewer, at: dt.datetime) -> None:
    for club in clubs:
        for person in queries.whom_to_tell_of(club, at=at):
            if person != by.person:
                queue(
                    notice=SeasonTold, ref_kind="season_club", ref_id=club.id, to=person,
                    owner=season.lendable.owner_id, by=by, at=at,
                )  # fmt: skip
