"""What a club wishes for in a season: written by itself, or by the office for one that rings or sends paper."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.lending.actions.telling import NotThatStepNow, kept, said
from samtun.operation.lending.enums import SeasonState, Via
from samtun.operation.lending.models import Season, SeasonClub, SeasonTime
from samtun.operation.lending.rules import Weekly, borrows, lends
from samtun.people.persons.models import Person

MOST_WISHES = 3
STANDS = frozenset({SeasonState.OPEN, SeasonState.PROPOSED})


class TooLateToWish(Refused):
    """The last day to wish has been. Ring those who share it out."""


class NoWish(Refused):
    """Write at least one time you wish for."""


class WishOutside(Refused):
    """That time is not among those shared out. Look at the days and hours above."""


class SameWish(Refused):
    """You have written the same time twice."""


class LongerThanAll(Refused):
    """One of the times is longer than what you ask for in a week. Ask for more minutes, or a shorter time."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a club wishes for: times, the dearest first, and how many minutes a week in all."""

    times: tuple[Weekly, ...]
    minutes: int = 0
    for_children: bool = False
    words: str = ""


def wish(
    *, season: Season, owner: Owner, wishes: Wishes, contact: Person | None, by: Viewer, at: dt.datetime,
    via: Via = Via.WEB,
) -> SeasonClub:  # fmt: skip
    """Write down what a club wishes for, instead of what stood there. Those who share out may after the last day."""
    words = said(wishes.words, 300, may_be_empty=True)
    with transaction.atomic():
        found = locked_season(season)
        lent = lends(by, found.lendable.owner_id)
        if not lent and (via == Via.PHONE or not borrows(by, owner.id)):
            raise NotYours
        if found.state not in STANDS:
            raise TooLateToWish
        if not lent and wall(at).date() > found.deadline:
            raise TooLateToWish
        minutes = _check_wishes(found, wishes)
        club, _fresh = SeasonClub.objects.update_or_create(
            season=found, for_owner=owner, create_defaults={
                "contact": contact, "minutes": minutes, "for_children": wishes.for_children, "words": words,
                "via": via, "made_at": at, "wished_at": at,
            }, defaults={
                "contact": contact, "minutes": minutes, "for_children": wishes.for_children, "words": words,
                "via": via, "wished_at": at,
            },
        )  # fmt: skip
        SeasonTime.objects.filter(club=club).delete()
        write_times(club, wishes.times, is_given=False, ranks=range(1, len(wishes.times) + 1))
        changed(found)
        record("lending.season_wish", Ref("season", found.id), by=by, at=at, via=via)
    return club


def take_back_wish(*, club: SeasonClub, by: Viewer, at: dt.datetime) -> None:
    """Take back all a club has wished, as long as nothing is decided."""
    with transaction.atomic():
        season = locked_season(club.season)
        if not lends(by, season.lendable.owner_id) and not borrows(by, club.for_owner_id):
            raise NotYours
        if season.state not in STANDS:
            raise NotThatStepNow
        SeasonTime.objects.filter(club=club).delete()
        SeasonClub.objects.filter(id=club.id).update(wished_at=None, minutes=0, words="", for_children=False)
        changed(season)
        record("lending.season_unwish", Ref("season", season.id), by=by, at=at)


def _check_wishes(season: Season, wishes: Wishes) -> int:
    """Return how many minutes are asked for: the first wish's when nothing is said."""
    if not wishes.times:
        raise NoWish
    if len(wishes.times) > MOST_WISHES or len({(t.weekday, t.starts) for t in wishes.times}) < len(wishes.times):
        raise SameWish
    for time in wishes.times:
        check_within(season, time)
    minutes = wishes.minutes or wishes.times[0].minutes
    if any(time.minutes > minutes for time in wishes.times):
        raise LongerThanAll
    return minutes


def check_within(season: Season, time: Weekly) -> None:
    """See that a time is among those that are shared out."""
    if time.weekday not in season.weekdays or not season.opens <= time.starts < time.ends <= season.closes:
        raise WishOutside


def locked_season(season: Season) -> Season:
    """Return a season as it stands now, its hall kept from others first."""
    thing = kept(season.lendable_id)
    found = Season.objects.select_for_update(of=("self",)).get(id=season.id)
    found.lendable = thing
    return found


def changed(season: Season) -> None:
    """Write down that a season stands otherwise now."""
    season.version += 1
    season.save(update_fields=["version", "state", "answer", "settled_at"])


def write_times(club: SeasonClub, times: Sequence[Weekly], *, is_given: bool, ranks: Sequence[int]) -> None:
    """Write a club's times, each with its rank."""
    SeasonTime.objects.bulk_create(
        SeasonTime(
            club=club, is_given=is_given, rank=rank, weekday=time.weekday, starts=time.starts, ends=time.ends
        )
        for time, rank in zip(times, ranks, strict=True)
    )  # fmt: skip
