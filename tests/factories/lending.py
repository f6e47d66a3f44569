"""What the addresses of lending point at, and what its tests stand on."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from samtun.foundation.models import Owner
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.kernel.ids import uuid7
from samtun.operation.lending.actions import booking, season, things, wishing
from samtun.operation.lending.actions.booking import Borrower, Terms
from samtun.operation.lending.actions.season import Plan
from samtun.operation.lending.actions.wishing import Wishes
from samtun.operation.lending.models import Booking, Lendable, Season, SeasonClub
from samtun.operation.lending.rules import Slot, Weekly
from samtun.people.persons.models import Person
from tests.factories.journey import Tun
from tests.factories.world import World, thing

FRIDAY = dt.date(2026, 11, 27)
EVENING = (dt.time(18), dt.time(21))
LENDS = frozenset({Permission.PUBLISH, Permission.OWN_PAGE})


def speaker(tun: Tun, owner: Owner | None = None, person: Person | None = None) -> Viewer:
    """Somebody who lends and borrows for an owner; the centre's when none is given."""
    who = owner or tun.centre
    hat = Hat(f"x:{who.id}", Role.ORGANISATION_REPRESENTATIVE, who.name, frozenset({who.id}), LENDS)
    key = person.id if person else None
    return Viewer(tun.municipality.id, hat, account=who.id, person=key, name="Turid Myklebust", language="nn")


def a_hall(tun: Tun, *, owner: Owner | None = None, **facts: Any) -> Lendable:
    """A hall of the centre's, where one asks first."""
    who = owner or tun.centre
    facts = {"name": "Fjordheim", "kind": "hall", "village": tun.near, "seats": 140, "step_free": True} | facts
    return things.lend_out(owner=who, facts=facts, sent_key=uuid7(), by=speaker(tun, who), at=tun.now)


def an_evening(day: dt.date = FRIDAY, hours: tuple[dt.time, dt.time] = EVENING) -> Slot:
    """Friday from six to nine."""
    return Slot.of(day, *hours)


def booked(
    tun: Tun, hall: Lendable, *slots: Slot, owner: Owner | None = None, by: Viewer | None = None,
    person: Person | None = None, **terms: Any,
) -> list[Booking]:  # fmt: skip
    """The health association borrows, or another: asks where one asks first."""
    who = owner or tun.other
    return booking.book(
        lendable=hall, slots=slots or [an_evening()], borrower=Borrower(None if person else who, person),
        sent_key=terms.pop("sent_key", None) or uuid7(), by=by or speaker(tun, who),
        at=terms.pop("at", None) or tun.now, terms=Terms(**terms),
    )  # fmt: skip


def _for_world(world: World) -> Lendable:
    """A hall of those who speak for an organisation, of whom each role at it sees bookings."""
    return a_hall(world.tun, owner=world.tun.other)


@thing("lendable")
def _lendable(world: World) -> object:
    return _for_world(world).id


@thing("booking")
def _booking(world: World) -> object:
    return booked(world.tun, _for_world(world), owner=world.tun.centre)[0].id


SPRING = Plan(
    "Vår 2027", dt.date(2027, 1, 4), dt.date(2027, 3, 31), (0, 2), dt.time(17), dt.time(22), dt.date(2026, 12, 12)
)
LATER = dt.timedelta(days=21)
"""So long after the tests' moment the last day to wish of SPRING has been."""


def at_hour(day: int, first: int, last: int) -> Weekly:
    """A time each week, on whole hours."""
    return Weekly(day, dt.time(first), dt.time(last))


def a_season(tun: Tun, hall: Lendable, *, asked: Sequence[Owner] = (), plan: Plan = SPRING) -> Season:
    """Mondays and Wednesdays of a spring."""
    return season.open_season(
        lendable=hall, plan=plan, asked=asked, sent_key=uuid7(), by=speaker(tun, hall.owner), at=tun.now
    )


def wished(
    tun: Tun, found: Season, owner: Owner, *times: Weekly, minutes: int = 0, person: Person | None = None, **more: Any
) -> SeasonClub:  # fmt: skip
    """A club wishes by itself, or as it is given."""
    return wishing.wish(
        season=found, owner=owner, wishes=Wishes(times, minutes, more.pop("for_children", False)), contact=person,
        by=more.pop("by", None) or speaker(tun, owner), at=more.pop("at", None) or tun.now, **more,
    )  # fmt: skip


def _shared(world: World) -> SeasonClub:
    """A club's wish in a season of those who speak for an organisation; the same one however often it is asked for."""
    found = SeasonClub.objects.filter(season__state="open").order_by("id").first()
    return found or wished(
        world.tun, a_season(world.tun, _for_world(world)), world.tun.centre, at_hour(0, 18, 20)
    )  # fmt: skip


@thing("season")
def _season(world: World) -> object:
    return _shared(world).season_id


@thing("season_club")
def _season_club(world: World) -> object:
    return _shared(world).id


@thing("season_decided")
def _season_decided(world: World) -> object:
    hall = a_hall(world.tun, name="Nesheim", owner=world.tun.other)
    made = a_season(world.tun, hall)
    by, late = speaker(world.tun, world.tun.other), world.tun.now + LATER
    found = season.propose(season=made, by=by, at=late)
    return season.decide(season=found, version=found.version, by=by, at=late).id
